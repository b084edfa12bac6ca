"""What delegations answered, side by side: one question at a time, and all of it as a file; drafts
begun at the desk; and what the public may read of it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, SelectField, StringField
from wtforms.validators import Email, InputRequired, Length

from registration.domain.answers import list_answering
from registration.domain.calls import Answering, Call, Question
from registration.domain.exports import ExportFormat
from registration.domain.meeting import Delegation
from registration.domain.names import LONGEST_LINE, clean_line
from registration.domain.submissions import AT_DESK, CURRENT, Sender, Stand, Submission
from registration.language.answers import answer_paragraphs, has_answer, name_sender
from registration.registrar import publishing
from registration.registrar.beginning import Beginning, begin
from registration.registrar.exporting_answers import AnswerFormat, export_answers
from registration.secretariat import blueprint
from registration.secretariat.calls import get_call
from registration.secretariat.exporting import MEDIA_TYPES
from registration.store.database import db
from registration.store.reading.meetings import find_delegation
from registration.store.reading.submissions import find_submission_by_reference, list_submissions
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext

_PDF = "application/pdf"


@dataclass(frozen=True)
class AnswerBeside:
    """What one delegation said to the question. paragraphs: none where it left it out."""

    submission: Submission
    name: str
    paragraphs: tuple[str, ...]


class BeginForm(FlaskForm):
    """Whose draft is begun, and to whom its private link is mailed."""

    entry = HiddenField()
    delegation = SelectField(
        lazy_gettext("Delegation"),
        invalid_choice_message=lazy_gettext("Choose one of the delegations in the list."),
    )
    name = StringField(
        lazy_gettext("Name"),
        [InputRequired(lazy_gettext("Write the name.")), Length(max=LONGEST_LINE)],
        filters=[lambda text: clean_line(text or "")],
    )
    institution = StringField(
        lazy_gettext("Institution"),
        [Length(max=LONGEST_LINE)],
        filters=[lambda t: clean_line(t or "")],
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        [
            InputRequired(lazy_gettext("Write the e-mail address.")),
            Email(lazy_gettext("Write an e-mail address such as name@example.org.")),
        ],
    )
    language = SelectField(lazy_gettext("Language"))


@blueprint.get("/<meeting>/calls/<call>/answers")
def answers_beside(call: str) -> str:
    """Show all answers to one question, with the other questions at hand."""
    found = get_call(call)
    asked = request.args.get("question", "")
    question = found.find_question(asked) or found.questions[0]
    submissions = _list_all(found)
    sent = [each for each in submissions if each.stand in AT_DESK]
    return render_template(
        "secretariat/answers.html",
        call=found,
        question=question,
        answers=[_beside(question, each) for each in sent],
        drafts=[each for each in submissions if each.stand not in AT_DESK],
        silent=_list_silent(found, submissions),
        counts={each.key: sum(has_answer(each, one) for one in sent) for each in found.questions},
        formats=list(AnswerFormat),
        name_of=lambda each: name_sender(get_current_meeting(), each, current_words().language),
    )


@blueprint.post("/<meeting>/calls/<call>/answers")
def export_call_answers(call: str) -> ResponseReturnValue:
    """Answer with all that was submitted, as a file."""
    found = get_call(call)
    asked = request.form.get("format", "")
    if asked not in set(AnswerFormat):
        abort(HTTPStatus.BAD_REQUEST)
    format = AnswerFormat(asked)
    made = export_answers(
        current_office(),
        get_current_meeting(),
        found,
        format,
        current_words().language,
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    is_paper = format is AnswerFormat.PDF
    media_type = _PDF if is_paper else MEDIA_TYPES[ExportFormat(format.value)]
    answer = Response(made.data, mimetype=media_type)
    answer.headers["Content-Disposition"] = attachment(f"{made.name}.{format.value}", media_type)
    return answer


@blueprint.get("/<meeting>/calls/<call>/begin")
def begin_draft(call: str) -> ResponseReturnValue:
    """Show the form that begins a delegation's draft, filled in for its focal point."""
    key = request.args.get("delegation", "")
    row = find_delegation(db.session(), get_current_meeting().id, key)
    focal_point = row.focal_point if row else None
    values = {
        "entry": make_entry_id(),
        "language": focal_point.language if focal_point else current_words().language,
        "delegation": key,
        "name": focal_point.name if focal_point else "",
        "email": focal_point.email if focal_point else "",
    }
    return _show_begin(_get_drafted(call), BeginForm(formdata=None, **values))


@blueprint.post("/<meeting>/calls/<call>/begin")
def save_draft(call: str) -> ResponseReturnValue:
    """Begin the draft and mail its link."""
    found, form = _get_drafted(call), BeginForm()
    _offer(found, form)
    entry = find_entry_id(form.entry.data or "")
    if entry is None:
        abort(HTTPStatus.BAD_REQUEST)
    if not form.validate():
        return _show_begin(found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    beginning = Beginning(
        id=UUID(str(entry)),
        meeting_id=get_current_meeting().id,
        call=found.key,
        delegation_key=form.delegation.data,
        sender=Sender(
            name=form.name.data,
            institution=form.institution.data,
            position="",
            email=form.email.data,
            language=form.language.data,
        ),
    )
    result = begin(current_office(), beginning, by=staff_by(), arrived_at=g.arrived_at)
    if not isinstance(result, Submission):
        return _show_begin(
            found, form, refusal=refusal_sentence(result), status=HTTPStatus.CONFLICT
        )
    flash(
        gettext("The link was sent to %(name)s.", name=result.sender.name),
        "done",
    )
    return _to_answers(found)


@blueprint.post("/<meeting>/calls/<call>/answers/<submission>/publish")
def publish_answers(call: str, submission: str) -> ResponseReturnValue:
    """Let the public read a submission that was received."""
    return _change_publication(call, submission, is_public=True)


@blueprint.post("/<meeting>/calls/<call>/answers/<submission>/unpublish")
def unpublish_answers(call: str, submission: str) -> ResponseReturnValue:
    """Take a submission off the public page."""
    return _change_publication(call, submission, is_public=False)


def _change_publication(call: str, reference: str, *, is_public: bool) -> ResponseReturnValue:
    found = get_call(call)
    submission = find_submission_by_reference(db.session(), reference)
    is_here = submission is not None and (
        submission.meeting_id == get_current_meeting().id and submission.call == found.key
    )
    if submission is None or not is_here:
        abort(HTTPStatus.NOT_FOUND)
    change = publishing.publish if is_public else publishing.take_back
    result = change(current_office(), submission.id, by=staff_by(), arrived_at=g.arrived_at)
    if not isinstance(result, Submission):
        flash(refusal_sentence(result), "attention")
    elif is_public:
        flash(gettext("Published: everybody can read it on the page of the call."), "done")
    else:
        flash(gettext("It is no longer on the public page."), "done")
    return _to_answers(found)


def _get_drafted(key: str) -> Call:
    found = get_call(key)
    if not found.is_drafted:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _list_all(call: Call) -> list[Submission]:
    stands = CURRENT - {Stand.UNCONFIRMED}
    found = list_submissions(db.session(), get_current_meeting().id, call.key, stands=stands)
    return [each for each in found if each.erased_at is None]


def _beside(question: Question, submission: Submission) -> AnswerBeside:
    words = current_words()
    name = name_sender(get_current_meeting(), submission, words.language)
    return AnswerBeside(submission, name, answer_paragraphs(question, submission, words))


def _list_silent(call: Call, submissions: list[Submission]) -> list[Delegation]:
    """Return the delegations that may answer and have not begun."""
    if call.answering is not Answering.DELEGATION:
        return []
    begun = {each.delegation_key for each in submissions}
    return [each for each in list_answering(get_current_meeting(), call) if each.key not in begun]


def _show_begin(
    call: Call, form: BeginForm, *, refusal: str = "", status: int = HTTPStatus.OK
) -> ResponseReturnValue:
    _offer(call, form)
    page = render_template("secretariat/begin_draft.html", call=call, form=form, refusal=refusal)
    return page, status


def _offer(call: Call, form: BeginForm) -> None:
    words, meeting = current_words(), get_current_meeting()
    form.delegation.choices = [
        (each.key, each.name[words.language]) for each in list_answering(meeting, call)
    ]
    form.language.choices = [
        (each, words.language_name(each).capitalize()) for each in meeting.languages
    ]


def _to_answers(call: Call) -> ResponseReturnValue:
    values: dict[str, Any] = {"call": call.key}
    if request.form.get("question"):
        values["question"] = request.form["question"]
    there = url_for("secretariat.answers_beside", **values)
    return redirect(there, HTTPStatus.SEE_OTHER)
