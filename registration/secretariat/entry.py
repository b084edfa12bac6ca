"""The page of one entry: the passport beside the data, the decision, the mails and the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from registration.domain.attendance import refuse_arrival
from registration.domain.days import list_segments
from registration.domain.ids import FileId
from registration.domain.meeting import Delegation, Meeting
from registration.domain.nominations import standing_of
from registration.domain.papers import Acceptance, FileRole, IssuedLetter, LockedFile, MailNotice
from registration.domain.refusals import CameSecond, Refusal
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.segments import list_chosen, list_unmet, may_choose
from registration.domain.states import Actor, MoveName, State, list_moves
from registration.language.translator import get_translator
from registration.registrar.lettering import is_outdated
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import DecisionForm, NoteForm, VersionForm
from registration.secretariat.history_words import ToldLine, tell, tell_openings
from registration.secretariat.passport_reading import read_passport_of
from registration.store import reading
from registration.store.database import db
from registration.store.reading import listing
from registration.store.reading.segments import list_choices
from registration.uploads.pictures import Rotation
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import make_entry_id
from registration.web.staff import find_staff, roles_of
from registration.web.templates import current_words
from registration.web.words import gettext

_TURNS: tuple[Rotation, ...] = (0, 90, 180, 270)


@dataclass(frozen=True)
class Queue:
    """Where the entry stands among those that wait. position: from 1, or 0 for one that does not.

    previous, next: references, or None at the ends.
    """

    position: int
    length: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Papers:
    """What lies in the vault for the entry, and what was mailed about it. The newest first.

    request: the message with which the desk's data came. nomination: the scan of a note verbale.

    is_outdated: whether the newest letter no longer says what the meeting's file says.
    """

    passport: LockedFile | None
    scan: LockedFile | None
    request: LockedFile | None
    nomination: LockedFile | None
    letters: Sequence[IssuedLetter]
    is_outdated: bool
    acceptance: Acceptance | None
    mails: Sequence[MailNotice]
    history: Sequence[ToldLine]
    openings: Sequence[ToldLine]


@blueprint.get("/entry/<reference>/")
def entry(reference: str) -> ResponseReturnValue:
    """Show the entry."""
    return show_entry(get_entry(reference))


def show_entry(
    registration: Registration,
    *,
    decision: DecisionForm | None = None,
    note: NoteForm | None = None,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """Return the page of the entry as it stands now.

    decision: a form that was sent and not carried out; what was typed is shown again. note: one
    that was not kept, alike.
    refusal: why a move was not made; it gives the status.
    """
    if registration.erased_at is not None:
        return _show_erased(registration, refusal, code)
    session = db.session()
    meeting = get_current_meeting()
    read = read_passport_of(registration, meeting, g.arrived_at)
    if decision is None or isinstance(refusal, CameSecond):
        reason = read.message if read is not None and decision is None else ""
        decision = _with_version(decision, registration, reason)
    _name_approval(decision, meeting.find_delegation(registration.delegation_key))
    decision.offer(to=get_translator(registration.particulars.language), by=current_words())
    page = render_template(
        "secretariat/entry.html",
        registration=registration,
        delegation=meeting.find_delegation(registration.delegation_key),
        queue=find_queue(registration),
        papers=_list_papers(registration),
        read=read,
        alike=reading.list_alike(session, registration),
        moves=_list_moves(registration, meeting),
        form=decision,
        note_form=note or NoteForm(formdata=None, note_id=make_entry_id()),
        notes=reading.list_notes(session, registration.id),
        nomination=reading.find_nomination(session, registration.nomination_id),
        standing=standing_of(registration),
        version_form=VersionForm(formdata=None, version=registration.version),
        refusal=refusal,
        turn=read_turn(),
        came_at=reading.find_arrival(session, registration.id),
        may_arrive=refuse_arrival(registration.state) is None,
        may_erase=Role.ADMINISTRATOR in roles_of(find_staff(), registration.meeting_id),
        MoveName=MoveName,
        State=State,
        **_list_attended(registration, meeting),
    )
    return page, code if refusal is None else code_of(refusal)


def _list_attended(registration: Registration, meeting: Meeting) -> dict[str, Any]:
    """Return what the page shows of the parts of the meeting; nothing where there are none."""
    choices = list_choices(db.session(), registration.id) if meeting.segments else []
    return {
        "attended": list_chosen(list_segments(meeting), choices),
        "unmet": list_unmet(list_segments(meeting), choices),
        "may_choose": bool(meeting.segments) and may_choose(registration.state),
    }


def _list_moves(registration: Registration, meeting: Meeting) -> tuple[MoveName, ...]:
    """Return what the table offers the desk; an acceptance only of those who are asked for one."""
    moves = list_moves(registration.state, Actor.SECRETARIAT)
    group = meeting.find_delegation(registration.delegation_key)
    if group is None or group.asks_acceptance:
        return moves
    return tuple(each for each in moves if each is not MoveName.ACCEPT)


def _show_erased(
    registration: Registration, refusal: Refusal | None, code: HTTPStatus
) -> ResponseReturnValue:
    """Return the page of an entry of which nothing personal is left."""
    page = render_template(
        "secretariat/erased.html",
        registration=registration,
        papers=_list_papers(registration),
        refusal=refusal,
    )
    return page, code if refusal is None else code_of(refusal)


def find_queue(registration: Registration) -> Queue:
    """Return the entry's place in the queue of its meeting."""
    references: list[str] = [*listing.list_queue(db.session(), registration.meeting_id)]
    if registration.reference not in references:
        return Queue(0, len(references), None, references[0] if references else None)
    at = references.index(registration.reference)
    return Queue(
        position=at + 1,
        length=len(references),
        previous=references[at - 1] if at > 0 else None,
        next=references[at + 1] if at + 1 < len(references) else None,
    )


def read_turn() -> Rotation:
    """Return the degrees clockwise by which the address asks to turn the passport."""
    asked = request.args.get("turn", 0, type=int)
    return next((turn for turn in _TURNS if turn == asked), 0)


def _with_version(
    decision: DecisionForm | None, registration: Registration, reason: str
) -> DecisionForm:
    """Return a form for the entry as it stands now, with what was typed before, or the reason."""
    if decision is not None:
        reason = decision.reason.data
    return DecisionForm(formdata=None, version=registration.version, reason=reason)


def _name_approval(form: DecisionForm, group: Delegation | None) -> None:
    """Say what an approval does where no letter is written."""
    if group is not None and not group.asks_letter:
        words = gettext("Approve and confirm the participation")
        first, *others = form.decision.choices
        form.decision.choices = [SelectChoice(first.value, words), *others]


def _find_file(id: FileId | None) -> LockedFile | None:
    return None if id is None else reading.find_file(db.session(), id)


def _list_papers(registration: Registration) -> Papers:
    session = db.session()
    acceptance = reading.find_acceptance(session, registration.id)
    nomination = reading.find_nomination(session, registration.nomination_id)
    lines = reading.list_history(session, reading.chain_of_registration(registration.id))
    letters = reading.list_letters(session, registration.id)
    is_in_force = registration.state in {State.INVITED, State.ACCEPTED} and letters
    return Papers(
        passport=_find_file(registration.passport),
        scan=_find_file(acceptance.signed_letter_id if acceptance else None),
        request=reading.find_kept_file(session, registration.id, FileRole.REQUEST),
        nomination=_find_file(nomination.file_id if nomination else None),
        letters=letters,
        is_outdated=bool(
            is_in_force and is_outdated(get_current_meeting(), registration, letters[0])
        ),
        acceptance=acceptance,
        mails=reading.list_mails(session, registration.id),
        history=tell(lines),
        openings=tell_openings(lines),
    )
