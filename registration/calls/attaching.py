"""Files beside what was sent to a call: put there, taken away, opened again."""

from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, current_app, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.calls.answering import remember_writer, show_answers
from registration.calls.current import current_call, current_submission
from registration.calls.submitted import show_submitted
from registration.domain.ids import FileId, RegistrationId
from registration.domain.papers import Condition, FileRole, LockedFile
from registration.domain.refusals import FileMissing
from registration.domain.submissions import CURRENT, Submission
from registration.language.refusals import file_sentence
from registration.registrar import attaching
from registration.registrar.receiving import unlock_file
from registration.store.database import db
from registration.store.reading.submissions import find_attachment
from registration.uploads.names import attachment as as_attachment
from registration.vault.storage import StorageFailed
from registration.web.office import current_office
from registration.web.templates import current_words, refusal_sentence
from registration.web.uploading import take_new_upload
from registration.web.words import gettext


@blueprint.post("/submission/<submission>/attachments")
def attach() -> ResponseReturnValue:
    """Take a file in."""
    _require_attachments()
    there = attaching.refuse_file(
        current_office(), current_submission().id, arrived_at=g.arrived_at
    )
    if not isinstance(there, Submission):
        return _show(refusal_sentence(there), HTTPStatus.CONFLICT)
    entry = RegistrationId(current_submission().id)
    try:
        file = take_new_upload("attachment", entry, FileRole.ATTACHMENT)
    except StorageFailed:
        current_app.logger.exception("an attachment could not be taken in")
        sentence = gettext("The file could not be taken in just now. Try again in a few minutes.")
        return _show(sentence, HTTPStatus.SERVICE_UNAVAILABLE)
    if not isinstance(file, LockedFile):
        sentence = (
            gettext("Choose a file first.")
            if isinstance(file, FileMissing)
            else file_sentence(file, current_words())
        )
        return _show(sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = attaching.attach(
        current_office(),
        current_submission().id,
        file.id,
        writer=_name_writer(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Submission):
        return _show(refusal_sentence(result), HTTPStatus.CONFLICT)
    flash(gettext("The file is attached."), "done")
    return _to_answers()


@blueprint.post("/submission/<submission>/attachments/<uuid:file>/remove")
def detach(file: UUID) -> ResponseReturnValue:
    """Take a file away."""
    _require_attachments()
    result = attaching.detach(
        current_office(),
        current_submission().id,
        FileId(file),
        writer=_name_writer(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Submission):
        return _show(refusal_sentence(result), HTTPStatus.CONFLICT)
    flash(gettext("The file is removed."), "done")
    return _to_answers()


@blueprint.get("/submission/<submission>/attachments/<uuid:file>")
def attached(file: UUID) -> ResponseReturnValue:
    """Answer with the file, to those who write in the draft, and to whoever sent it for as long as
    it counts."""
    if not current_call().is_drafted and current_submission().stand not in CURRENT:
        abort(HTTPStatus.NOT_FOUND)
    return send_attachment(current_submission(), FileId(file))


def send_attachment(submission: Submission, file_id: FileId) -> ResponseReturnValue:
    """Answer with a file of the submission; 404 for one that it has not, or that is not clean."""
    found = find_attachment(db.session(), submission.id, file_id)
    if found is None or found.file.condition is not Condition.CLEAN:
        abort(HTTPStatus.NOT_FOUND)
    answer = Response(unlock_file(current_office(), found.file), mimetype=found.file.media_type)
    answer.headers["Content-Disposition"] = as_attachment(found.file.name, found.file.media_type)
    return answer


def _name_writer() -> str:
    """Return the name that whoever writes in a draft gives; a form's sender gives none again."""
    return remember_writer() if current_call().is_drafted else ""


def _show(sentence: str, status: HTTPStatus) -> ResponseReturnValue:
    """Say why nothing was done, on the page that the form stands on."""
    if current_call().is_drafted:
        return show_answers(sentences=[sentence], status=status)
    return show_submitted(current_submission(), status, sentence)


def _require_attachments() -> None:
    if not current_call().attachments or current_submission().erased_at is not None:
        abort(HTTPStatus.NOT_FOUND)


def _to_answers() -> ResponseReturnValue:
    page = "calls.answers" if current_call().is_drafted else "calls.submission"
    there = url_for(page, submission=current_submission().reference)
    return redirect(f"{there}#attachments", HTTPStatus.SEE_OTHER)
