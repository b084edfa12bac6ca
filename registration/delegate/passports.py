"""The copy of the passport on its way in, and as a form shows what is here already."""

from http import HTTPStatus

from flask import current_app

from registration.delegate.forms import PersonForm
from registration.delegate.refusing import add_error, tell
from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import FileMissing, PassportMissing
from registration.registrar.receiving import find_received
from registration.vault.storage import StorageFailed
from registration.web.office import current_office
from registration.web.uploading import take_upload
from registration.web.words import gettext


def take_passport(form: PersonForm, entry: RegistrationId) -> None:
    """Take what the form brought, before anything else is judged: a good file is never lost.

    Where the fault is ours (no storage) the form comes back with all that was typed.
    """
    try:
        form.passport_file = take_upload("passport", entry, FileRole.PASSPORT)
    except StorageFailed:
        current_app.logger.exception("a passport could not be taken in")
        form.could_not_be_taken = True


def refuse_passport(
    form: PersonForm, *, is_asked: bool, has_one: bool = False
) -> HTTPStatus | None:
    """Say at the field what is wrong with the passport; return the page's status, or None.

    is_asked: whether the delegation's delegates send one. has_one: whether the entry has one.
    """
    if form.could_not_be_taken:
        sentence = gettext("The file could not be taken in just now. Try again in a few minutes.")
        add_error(form.passport, sentence)
        return HTTPStatus.SERVICE_UNAVAILABLE
    match form.passport_file:
        case LockedFile() | None:
            return None
        case FileMissing() if has_one or not is_asked:
            return None
        case FileMissing():
            return tell(form, PassportMissing())
        case fault:
            return tell(form, fault, "passport")


def find_shown(form: PersonForm, entry: RegistrationId) -> LockedFile | None:
    """Return the file that the form shows as received: this one, or that of an earlier try."""
    if isinstance(form.passport_file, LockedFile):
        return form.passport_file
    return find_received(current_office(), entry, FileRole.PASSPORT)
