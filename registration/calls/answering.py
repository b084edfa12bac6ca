"""Writing a delegation's answers: over days, by several people, saved while one types.

The page works without a script: its button saves all answers at once. With one, each answer is
saved for itself a moment after its writer pauses (`save_answer`). Either way nobody's words are
written over unread, and what could not be saved stands in the page that answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from registration.calls import blueprint
from registration.calls.current import current_call, current_submission
from registration.domain.answers import list_chosen_keys
from registration.domain.call_refusals import (
    AnswerChanged,
    AnswersMissing,
    CallClosed,
    CallRefusal,
)
from registration.domain.calls import AnswerKind, Call, Question
from registration.domain.events import DELEGATE
from registration.domain.names import LONGEST_LINE, clean_line
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import WRITABLE, Answer, Stand, Submission
from registration.registrar import drafting
from registration.registrar.drafting import Saved, Typed
from registration.store.database import db
from registration.store.reading.submissions import get_submission, list_attachments
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.patience import has_expired, leave_tokens_to_views
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext

_keeps_typing = leave_tokens_to_views(blueprint)
#: Under which the browser's session keeps the name of whoever writes in it.
WRITER = "writer"


@dataclass(frozen=True, kw_only=True)
class AnswerBox:
    """One question on the page. typed: what stands in its box. seen: the version that was read, and
    mark: of its words, by which a box that nobody touched is told when the form comes back.

    theirs: what somebody else wrote meanwhile, where that stood against saving. fault: why the
    answer was not saved, or "".
    """

    question: Question
    typed: str
    seen: int
    mark: str
    saved: Answer | None
    fault: str = ""
    theirs: AnswerChanged | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the choices that are ticked."""
        return list_chosen_keys(self.typed)

    @property
    def id(self) -> str:
        return f"answer-{self.question.key}"


@blueprint.get("/submission/<submission>/answers")
def answers() -> ResponseReturnValue:
    """Show the questions with the answers as they stand."""
    _require_drafted()
    return show_answers()


@blueprint.post("/submission/<submission>/answers")
@_keeps_typing
def save_answers() -> ResponseReturnValue:
    """Save all answers; with the other button, submit them as well."""
    _require_drafted()
    form, call = FlaskForm(), current_call()
    typed = _read_typed(call)
    if has_expired(form):
        return show_answers(typed, form.form_errors, status=HTTPStatus.BAD_REQUEST)
    writer = _read_writer()
    if not writer:
        sentence = gettext("Write your name first, so that the others know whose words these are.")
        return show_answers(typed, [sentence], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    # A page that stood open for a day brings along what others have changed since.
    touched = {key: each for key, each in typed.items() if _is_touched(key, each)}
    result = drafting.save_answers(
        current_office(), current_submission().id, touched, writer=writer, arrived_at=g.arrived_at
    )
    if not isinstance(result, Saved):
        return _show_refused(typed, result)
    g.submission = result.submission
    if result.refused:
        return show_answers(typed, refused=result.refused, status=HTTPStatus.CONFLICT)
    if "submit" in request.form:
        return _submit()
    flash(gettext("Saved."), "done")
    return _to_answers()


@blueprint.post("/submission/<submission>/answer")
def save_answer() -> ResponseReturnValue:
    """Save one answer while its writer goes on typing, and answer as data."""
    _require_drafted()
    question, writer = request.form.get("question", ""), _read_writer()
    typed = Typed(words=request.form.get("words", ""), seen=_to_version(request.form.get("seen")))
    if not writer:
        sentence = gettext("Write your name first, so that the others know whose words these are.")
        return {"sentence": sentence}, HTTPStatus.UNPROCESSABLE_ENTITY
    result = drafting.save_answers(
        current_office(),
        current_submission().id,
        {question: typed},
        writer=writer,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Saved):
        return {"sentence": refusal_sentence(result)}, HTTPStatus.CONFLICT
    match result.refused.get(question):
        case None:
            at = current_words().moment(g.arrived_at, get_current_meeting().zone)
            return {
                "version": result.versions.get(question, 0),
                "sentence": gettext("Saved: %(moment)s", moment=at),
            }
        case AnswerChanged() as changed:
            return {
                "sentence": refusal_sentence(changed),
                "theirs": changed.theirs,
                "version": changed.version,
            }, HTTPStatus.CONFLICT
        case refusal:
            return {"sentence": refusal_sentence(refusal)}, HTTPStatus.UNPROCESSABLE_ENTITY


def show_answers(
    typed: Mapping[str, Typed] | None = None,
    sentences: Any = (),  # noqa: ANN401  # lists of Flask-WTF's
    *,
    refused: Mapping[str, CallRefusal] | None = None,
    status: int = HTTPStatus.OK,
) -> ResponseReturnValue:
    """Show the page. typed: what came and is not to be lost. refused: by question, why not."""
    found, call = current_submission(), current_call()
    is_open = found.stand in WRITABLE and (
        found.stand is Stand.RETURNED or not call.is_late(g.arrived_at)
    )
    page = render_template(
        "calls/answering.html",
        submission=found,
        call=call,
        delegation=get_current_meeting().find_delegation(found.delegation_key or ""),
        sections=[
            (section, [_make_box(each, found, typed, refused or {}) for each in section.questions])
            for section in call.sections
        ],
        # Also where nothing is taken any more: what was typed is shown, to be copied.
        has_boxes=is_open or typed is not None,
        is_open=is_open,
        sentences=list(sentences),
        writer=session.get(WRITER, ""),
        attachments=list_attachments(db.session(), found.id),
        AnswerKind=AnswerKind,
    )
    return page, status


def remember_writer() -> str:
    """Return the name of whoever writes in this browser, or ""."""
    return str(session.get(WRITER, ""))


def _submit() -> ResponseReturnValue:
    result = drafting.submit(
        current_office(),
        current_submission().id,
        version=current_submission().version,
        by=DELEGATE,
        arrived_at=g.arrived_at,
    )
    match result:
        case Submission():
            flash(gettext("Your answers are submitted. We sent a confirmation by e-mail."), "done")
            return _to_answers()
        case AnswersMissing(questions):
            missing = dict.fromkeys(questions, result)
            return show_answers(refused=missing, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        case refusal:
            return _show_refused(None, refusal)


def _show_refused(
    typed: Mapping[str, Typed] | None, refusal: CallRefusal | ReasonMissing
) -> ResponseReturnValue:
    """Show why nothing was saved, with how things stand now and all that was typed."""
    g.submission = get_submission(db.session(), current_submission().id)
    sentences = [refusal_sentence(refusal)]
    if isinstance(refusal, CallClosed) and typed is not None:
        sentences.append(gettext("What you typed is shown below, so that you can copy it."))
    return show_answers(typed, sentences, status=HTTPStatus.CONFLICT)


def _make_box(
    question: Question,
    found: Submission,
    typed: Mapping[str, Typed] | None,
    refused: Mapping[str, CallRefusal],
) -> AnswerBox:
    saved = found.answers.get(question.key)
    words, version = (saved.words, saved.version) if saved is not None else ("", 0)
    refusal, came = refused.get(question.key), (typed or {}).get(question.key)
    theirs = refusal if isinstance(refusal, AnswerChanged) else None
    mark = _mark(words)
    if came is not None and _mark(came.words) != mark:
        # Sent once more it is meant: its writer has the other text before the eyes.
        words, version, mark = (
            (came.words, theirs.version, _mark(theirs.theirs))
            if theirs is not None
            else (came.words, came.seen, request.form.get(f"was_{question.key}", ""))
        )
    return AnswerBox(
        question=question,
        typed=words,
        seen=version,
        mark=mark,
        saved=saved,
        fault=refusal_sentence(refusal) if refusal is not None else "",
        theirs=theirs,
    )


def _read_typed(call: Call) -> dict[str, Typed]:
    return {
        each.key: Typed(
            words="\n".join(request.form.getlist(f"q_{each.key}")),
            seen=_to_version(request.form.get(f"seen_{each.key}")),
        )
        for each in call.questions
    }


def _is_touched(key: str, typed: Typed) -> bool:
    """Return whether the box holds other words than the page had put into it."""
    return _mark(typed.words) != request.form.get(f"was_{key}")


def _mark(words: str) -> str:
    """Return a mark of the words, whatever a browser makes of their line ends."""
    return sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def _to_version(text: str | None) -> int:
    """Return the version that was read, 0 for none; -1, which nothing has, for what is none."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _read_writer() -> str:
    """Return the name that came with the answers, and remember it for this browser."""
    writer = clean_line(request.form.get("writer", ""))[:LONGEST_LINE]
    if writer:
        session[WRITER] = writer
    return writer


def _require_drafted() -> None:
    if not current_call().is_drafted or current_submission().erased_at is not None:
        abort(HTTPStatus.NOT_FOUND)


def _to_answers() -> ResponseReturnValue:
    there = url_for("calls.answers", submission=current_submission().reference)
    return redirect(there, HTTPStatus.SEE_OTHER)
