"""A file of a form on its way to the vault: taken whole, made anew, locked under its entry's id."""

from flask import g, request

from registration.domain.ids import RegistrationId
from registration.domain.papers import Condition, FileRole, LockedFile
from registration.domain.refusals import FileFault, FileMissing, FileUnreadable
from registration.registrar.receiving import (
    ReceivedFile,
    find_newest,
    make_anew,
    receive_file,
)
from registration.web.office import current_office
from registration.web.receiving import ReceivedUpload, take_file


def take_upload(field: str, entry: RegistrationId, role: FileRole) -> LockedFile | FileFault:
    """Return the file that the form brought, or one that came with an earlier try of the same form.

    A good file is kept locked for two hours, whatever else is wrong with the form. FileMissing:
    neither came. FileUnreadable: also for a file of an earlier try that the worker could not make
    anew since. Raises StorageFailed where the fault is ours.
    """
    file = take_new_upload(field, entry, role)
    if not isinstance(file, FileMissing):
        return file
    earlier = find_newest(current_office(), entry, role)
    if earlier is not None and earlier.condition is Condition.FAILED:
        return FileUnreadable()
    return earlier or file


def take_new_upload(field: str, entry: RegistrationId, role: FileRole) -> LockedFile | FileFault:
    """Return the file that the form brought, kept as `take_upload` keeps it. FileMissing: none
    came. Raises StorageFailed where the fault is ours."""
    match take_file(request, field):
        case ReceivedUpload(name=name, data=data):
            file = make_anew(name, data)
            if not isinstance(file, ReceivedFile):
                return file
            return receive_file(current_office(), entry, role, file, arrived_at=g.arrived_at)
        case fault:
            return fault
