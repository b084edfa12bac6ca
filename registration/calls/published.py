"""What was sent to a call and published: everybody may read it, word for word."""

from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.calls.attaching import send_attachment
from registration.calls.current import get_call
from registration.domain.calls import Call, Publishing
from registration.domain.ids import FileId
from registration.domain.submissions import CURRENT, Submission
from registration.language.answers import answer_paragraphs, has_answer, name_sender
from registration.letters.answers import compose_submission, draw_answers
from registration.store.database import db
from registration.store.reading.submissions import (
    find_submission_by_reference,
    list_attachments,
    list_submissions,
)
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words


@blueprint.get("/<meeting>/calls/<call>/published/<reference>")
def published(call: str, reference: str) -> str:
    """Show one submission with all its answers."""
    found = get_call(call)
    submission = _get_published(found, reference)
    words = current_words()
    return render_template(
        "calls/published.html",
        call=found,
        submission=submission,
        name=name_sender(get_current_meeting(), submission, words.language),
        sections=[
            (
                section,
                [
                    (each, answer_paragraphs(each, submission, words))
                    for each in section.questions
                    if has_answer(each, submission)
                ],
            )
            for section in found.sections
        ],
        attachments=list_attachments(db.session(), submission.id),
        is_foreign=submission.sender.language != words.language,
    )


@blueprint.get("/<meeting>/calls/<call>/published/<reference>.pdf")
def published_paper(call: str, reference: str) -> ResponseReturnValue:
    """Answer with the submission as a PDF."""
    found = get_call(call)
    submission = _get_published(found, reference)
    meeting, words = get_current_meeting(), current_words()
    dated = (submission.published_at or g.arrived_at).astimezone(meeting.zone).date()
    paper = compose_submission(meeting, found, submission, dated, words)
    answer = Response(draw_answers(paper), mimetype="application/pdf")
    name = f"{found.key} {submission.reference}.pdf"
    answer.headers["Content-Disposition"] = attachment(name, "application/pdf")
    return answer


@blueprint.get("/<meeting>/calls/<call>/published/<reference>/<uuid:file>")
def published_file(call: str, reference: str, file: UUID) -> ResponseReturnValue:
    """Answer with a file that was published beside the answers."""
    return send_attachment(_get_published(get_call(call), reference), FileId(file))


@blueprint.app_template_global()
def list_published(call: Call) -> list[tuple[Submission, str]]:
    """Return the call's published submissions, each with whose it is, in the order of the file."""
    if call.publishes is not Publishing.SUBMISSIONS:
        return []
    meeting = get_current_meeting()
    found = list_submissions(db.session(), meeting.id, call.key, stands=CURRENT)
    return [
        (each, name_sender(meeting, each, g.language))
        for each in found
        if each.published_at is not None and each.erased_at is None
    ]


def _get_published(call: Call, reference: str) -> Submission:
    """Return the submission; 404 for every other one alike, and for one taken back or returned."""
    found = find_submission_by_reference(db.session(), reference)
    if (
        found is None
        or found.meeting_id != get_current_meeting().id
        or found.call != call.key
        or call.publishes is not Publishing.SUBMISSIONS
        or found.published_at is None
        or found.erased_at is not None
        or found.stand not in CURRENT
    ):
        abort(HTTPStatus.NOT_FOUND)
    return found
