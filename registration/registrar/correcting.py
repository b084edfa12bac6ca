"""Correcting an entry: the delegate's own correction, and the Secretariat's amendment."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from registration.domain.events import DELEGATE, By, Event, Occasion
from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole
from registration.domain.refusals import (
    NotPermitted,
    PassportMissing,
    ReasonMissing,
    Refusal,
    UnknownRegistration,
    UnknownSegment,
)
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import MOVES, MoveName, State, after_amend
from registration.links.tokens import digest
from registration.meetings.reading import get_meeting
from registration.registrar import lettering
from registration.registrar.attending import Claim, claim, say_full, settle_claim
from registration.registrar.failing import has_failed
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Asked, Refused, Step, make_move
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.writing import papers
from registration.store.writing.registrations import columns_of, lock_registration


def correct(
    office: Office,
    id: RegistrationId,
    particulars: Particulars,
    *,
    version: int,
    arrived_at: datetime,
) -> Moved | Refusal:
    """Take the delegate's correction; a passport that waits under the entry's id replaces the old.

    A changed address is used only once it is confirmed: until then mails go to the old one.
    """
    asked = Asked(move=MoveName.CORRECT, by=DELEGATE, arrived_at=arrived_at, version=version)
    return make_move(office, id, asked, lambda step: _correct(office, step, particulars))


def complete(
    office: Office,
    id: RegistrationId,
    particulars: Particulars,
    *,
    version: int,
    arrived_at: datetime,
    segments: Collection[str] = (),
) -> Moved | Refusal:
    """Take what a nominated delegate adds: data, passport, consent, what to attend. The mailed link
    confirmed the address."""
    asked = Asked(move=MoveName.COMPLETE, by=DELEGATE, arrived_at=arrived_at, version=version)

    def work(step: Step) -> Moved:
        kept = _with_address(particulars, step.registration.particulars.email)
        columns: dict[str, Any] = {**columns_of(kept), **_new_passport(step)}
        passport = columns.get("passport_id", step.registration.passport)
        has_none = passport is None or has_failed(step.session, passport)
        if has_none and step.delegation.asks_passport:
            raise Refused(PassportMissing())
        columns |= {"confirmed_at_utc": arrived_at, "consented_at_utc": arrived_at}
        found = _claim(step, segments)
        registration, line = step.move(State.SUBMITTED, facts=found.facts, **columns)
        settle_claim(step.session, registration.id, found, at=arrived_at)
        tell(step.session, step.meeting, registration, event=Event.COMPLETED, cause_id=line)
        return Moved(registration)

    return make_move(office, id, asked, work)


def amend(
    office: Office,
    id: RegistrationId,
    particulars: Particulars,
    *,
    version: int,
    by: By,
    reason: str,
    arrived_at: datetime,
) -> Moved | Refusal:
    """Correct an entry at the desk. A letter whose words change is drawn anew and replaces the old
    one; an entry that was accepted is then to be accepted again.

    A changed address is in force at once: the desk mends what the delegate could not.
    """
    asked = Asked(move=MoveName.AMEND, by=by, arrived_at=arrived_at, version=version, reason=reason)
    drawn = _draw_if_changed(office, id, particulars, asked)
    result = make_move(office, id, asked, lambda step: _amend(office, step, particulars, drawn))
    if drawn is not None and not isinstance(result, Moved):
        office.vault.destroy(drawn.file.blob)
    return result


def reissue(
    office: Office,
    id: RegistrationId,
    *,
    version: int,
    by: By,
    reason: str,
    arrived_at: datetime,
) -> Moved | Refusal:
    """Issue the entry's letter anew, as the entry and the meeting's file stand now; it replaces the
    one before it, and an acceptance is asked again: it was of that letter.

    What the table of moves calls a correction, by which nothing of the entry is corrected.
    """
    asked = Asked(move=MoveName.AMEND, by=by, arrived_at=arrived_at, version=version, reason=reason)
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
        if seen is None:
            return UnknownRegistration()
        if seen.state not in {State.INVITED, State.ACCEPTED}:
            return NotPermitted(move=MoveName.AMEND, state=seen.state)
        if not reason.strip():
            return ReasonMissing()
        meeting = get_meeting(session, seen.meeting_id)
        issue = len(reading.list_letters(session, id)) + 1
        if not meeting.get_delegation(seen.delegation_key).asks_letter:
            return NotPermitted(move=MoveName.AMEND, state=seen.state)
    drawn = lettering.draw(office, meeting, seen, issue=issue, at=arrived_at)
    result = make_move(
        office, id, asked, lambda step: _amend(office, step, step.registration.particulars, drawn)
    )
    if not isinstance(result, Moved):
        office.vault.destroy(drawn.file.blob)
    return result


def _correct(office: Office, step: Step, particulars: Particulars) -> Moved:
    before = step.registration
    to = MOVES[MoveName.CORRECT].to[before.state]
    kept = _with_address(particulars, before.particulars.email)
    columns: dict[str, Any] = {**columns_of(kept), **_new_passport(step), "reason": None}
    # An address that waited and is not on this form any more is not confirmed by its link.
    columns |= {"new_email": None, "new_email_digest": None}
    is_new = _is_other(particulars.email, before.particulars.email)
    if is_new:
        token = office.tokens.of_new_address(before.id, particulars.email, before.link_generation)
        columns |= {"new_email": particulars.email, "new_email_digest": digest(token)}
    registration, line = step.move(to, details=_changes(before, particulars), **columns)
    if before.state is State.RETURNED:
        tell(step.session, step.meeting, registration, event=Event.CORRECTED, cause_id=line)
    if is_new:
        papers.add_mail(
            step.session,
            cause_id=line,
            occasion=Occasion.CONFIRM_NEW_ADDRESS,
            recipient=particulars.email,
            language=particulars.language,
            at=step.asked.arrived_at,
            registration_id=before.id,
        )
    return Moved(registration)


def _amend(
    office: Office, step: Step, particulars: Particulars, drawn: lettering.DrawnLetter | None
) -> Moved:
    before, asked = step.registration, step.asked
    columns: dict[str, Any] = {**columns_of(particulars), **_new_passport(step)}
    old_address = before.particulars.email
    is_new = _is_other(particulars.email, old_address)
    if is_new:
        columns |= new_generation(office, before)
    to = after_amend(before.state, reissued=drawn is not None)
    details = _changes(before, particulars) | (drawn.details if drawn else {})
    facts = {"address": "changed"} if is_new else {}
    if drawn is not None:
        facts |= drawn.facts
    registration, line = step.move(to, details=details, facts=facts, **columns)
    if drawn is not None:
        lettering.issue(step.session, registration, drawn, asked.arrived_at)
    tell(
        step.session,
        step.meeting,
        registration,
        event=Event.AMENDED,
        cause_id=line,
        letter_id=drawn.id if drawn else None,
        facts={"reason": asked.reason} if asked.reason else {},
        instead=Occasion.LETTER_REISSUED if drawn else None,
    )
    if is_new:
        _tell_of_address(step, registration, old_address, line)
    return Moved(registration)


def _tell_of_address(step: Step, registration: Registration, old: str, line: UUID) -> None:
    """Tell the old address where it was confirmed; else ask the new one what the old was asked."""
    first_mail = {State.UNCONFIRMED: Occasion.CONFIRM_ADDRESS, State.NOMINATED: Occasion.NOMINATED}
    occasion, recipient = Occasion.ADDRESS_CHANGED, old
    if registration.confirmed_at is None:
        occasion = first_mail[registration.state]
        recipient = registration.particulars.email
    papers.add_mail(
        step.session,
        cause_id=line,
        occasion=occasion,
        recipient=recipient,
        language=registration.particulars.language,
        at=step.asked.arrived_at,
        registration_id=registration.id,
    )


def _draw_if_changed(
    office: Office, id: RegistrationId, particulars: Particulars, asked: Asked
) -> lettering.DrawnLetter | None:
    """Draw the letter anew, outside any transaction, if there is one and its words change."""
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
        if seen is None or seen.state not in {State.INVITED, State.ACCEPTED}:
            return None
        meeting = get_meeting(session, seen.meeting_id)
        issue = len(reading.list_letters(session, id)) + 1
    after = replace(seen, particulars=particulars)
    if lettering.says_the_same(meeting, seen, after, asked.arrived_at):
        return None
    return lettering.draw(office, meeting, after, issue=issue, at=asked.arrived_at)


def new_generation(office: Office, registration: Registration) -> dict[str, Any]:
    """Return the columns that revoke the entry's links and open browsers (design, part 7)."""
    generation = registration.link_generation + 1
    return {
        "link_generation": generation,
        "link_digest": digest(office.tokens.of_registration(registration.id, generation)),
        "new_email": None,
        "new_email_digest": None,
    }


def _claim(step: Step, keys: Collection[str]) -> Claim:
    """Find the places of somebody who has a seat already. Raises Refused where one is full."""
    if any(step.meeting.find_segment(key) is None for key in keys):
        raise Refused(UnknownSegment())
    found = claim(step.session, step.meeting.id, step.registration.id, keys)
    if found.full:
        raise Refused(say_full(step.meeting, found.full))
    return found


def _new_passport(step: Step) -> dict[str, Any]:
    # The registration's row before the file's, as the worker holds them that makes files anew.
    lock_registration(step.session, step.registration.id)
    waiting = reading.find_waiting_file(step.session, step.registration.id, FileRole.PASSPORT)
    is_unasked = step.asked.by == DELEGATE and not (
        step.delegation.asks_passport or step.registration.passport
    )
    if waiting is None or is_unasked or not papers.keep_file(step.session, waiting.id):
        return {}
    return {"passport_id": waiting.id}


def _changes(before: Registration, particulars: Particulars) -> dict[str, str]:
    """Return the particulars that change, as they were: the history tells what stood there."""
    old, new = asdict(before.particulars), asdict(particulars)
    changed = {key: _told(old[key]) for key in old if old[key] != new[key]}
    return {f"old_{key}": value for key, value in changed.items()}


def _told(value: object) -> str:
    """Return the value as the history keeps it; of a consent both answers are told."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value or "")


def _is_other(one: str, other: str) -> bool:
    """Return whether mail to the one may reach another mailbox: a "+tag" may, case may not."""
    return one.casefold() != other.casefold()


def _with_address(particulars: Particulars, address: str) -> Particulars:
    return replace(particulars, email=address)
