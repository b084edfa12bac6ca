"""The acceptance of a letter, with its evidence, bound to the bytes of the letter shown."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from registration.domain.door_refusals import SignatureMissing
from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.names import same_name
from registration.domain.papers import Condition, FileRole, IssuedLetter, LockedFile
from registration.domain.refusals import (
    FileMissing,
    FileNotReady,
    LetterReplaced,
    Refusal,
    TermsChanged,
    TermsNotAccepted,
    UnknownRegistration,
    WrongName,
)
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, State
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.signing import (
    PreparedAcceptance,
    Signing,
    destroy,
    digest_of_shown,
    prepare,
)
from registration.registrar.steps import Asked, Refused, Step, make_move, refuse
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.writing import papers


def accept(
    office: Office,
    id: RegistrationId,
    signing: Signing,
    *,
    version: int,
    by: By,
    arrived_at: datetime,
    reason: str = "",
) -> Moved | Refusal:
    """Accept the newest letter; the signed record is drawn and locked before the transaction.

    The Secretariat accepts on behalf only with the signed scan, made anew so that it can be read;
    or at the door, where the person reads the letter and draws the signature before its eyes.
    A second acceptance of the same letter changes nothing: Moved, `repeated` (T55).
    """
    asked = Asked(
        move=MoveName.ACCEPT, by=by, arrived_at=arrived_at, version=version, reason=reason
    )
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
        letter = reading.find_newest_letter(session, id)
        scan = reading.find_waiting_file(session, id, FileRole.SIGNED_LETTER)
        if seen is None or letter is None:
            return UnknownRegistration()
        answered = _find_answer(session, id, signing)
        if answered is not None:
            return answered
        if scan is not None and (scan.condition is Condition.FAILED or signing.at_the_door):
            scan = None
        wrong = _find_wrong(session, seen, letter, signing, asked, has_scan=scan is not None)
    if wrong is None and by.actor is Actor.SECRETARIAT and _waits(scan):
        wrong = FileNotReady()
    if wrong is not None:
        return wrong
    prepared = prepare(office, seen, letter, scan, signing, asked)
    result = make_move(office, id, asked, lambda step: _accept(step, prepared))
    if isinstance(result, Moved):
        return result
    destroy(office, prepared)
    # The other click of a double click, or a newer letter, may have come while this was drawn.
    with office.database.reading() as session:
        return _find_answer(session, id, signing) or result


def _waits(scan: LockedFile | None) -> bool:
    return scan is not None and scan.condition is Condition.WAITING


def _find_answer(
    session: Session, id: RegistrationId, signing: Signing
) -> Moved | LetterReplaced | None:
    """Return what is true of the letter that was shown, whatever else the form says: it is accepted
    already, or a newer one replaces it."""
    seen = reading.get_registration(session, id)
    letter = reading.find_newest_letter(session, id)
    acceptance = reading.find_acceptance(session, id)
    if seen.state not in {State.INVITED, State.ACCEPTED} or letter is None:
        return None
    if letter.id != signing.letter_id:
        return LetterReplaced()
    is_accepted = acceptance is not None and acceptance.letter_id == letter.id
    return Moved(seen, repeated=True) if seen.state is State.ACCEPTED and is_accepted else None


def _find_wrong(
    session: Session,
    seen: Registration,
    letter: IssuedLetter,
    signing: Signing,
    asked: Asked,
    *,
    has_scan: bool,
) -> Refusal | None:
    """Return why it cannot be accepted now, or what is wrong with the form."""
    meeting = get_meeting(session, seen.meeting_id)
    row = reading.get_delegation(session, seen.delegation_id)
    refusal = refuse(session, seen, asked, meeting, row)
    if refusal is not None:
        return refusal
    if signing.terms_sha256 not in {None, digest_of_shown(meeting, seen)}:
        return TermsChanged()
    if not signing.is_accepted:
        return TermsNotAccepted()
    if not same_name(signing.typed_name, letter.full_name):
        return WrongName(letter.full_name)
    if signing.at_the_door:
        return None if signing.signature_png else SignatureMissing()
    if asked.by.actor is Actor.SECRETARIAT and not has_scan:
        return FileMissing()
    return None


def _accept(step: Step, prepared: PreparedAcceptance) -> Moved:
    newest = reading.find_newest_letter(step.session, step.registration.id)
    if newest is None or newest.id != prepared.letter.id:
        raise Refused(LetterReplaced())
    registration, line = step.move(State.ACCEPTED, details=prepared.details, facts=prepared.facts)
    acceptance_id = _write_acceptance(step, prepared)
    tell(
        step.session,
        step.meeting,
        registration,
        event=Event.ACCEPTED,
        cause_id=line,
        letter_id=prepared.letter.id,
        acceptance_id=acceptance_id,
    )
    return Moved(registration)


def _write_acceptance(step: Step, prepared: PreparedAcceptance) -> UUID:
    evidence, id = prepared.evidence, uuid4()
    for file in (prepared.record, prepared.signature):
        if file is not None:
            papers.add_file(step.session, file, kept=True)
    if prepared.scan is not None and not papers.keep_file(step.session, prepared.scan.id):
        raise Refused(FileMissing())
    papers.add_acceptance(
        step.session,
        id=id,
        letter_id=prepared.letter.id,
        registration_id=step.registration.id,
        letter_sha256=evidence.letter_sha256,
        language=evidence.language,
        terms=list(evidence.terms),
        typed_name=evidence.typed_name,
        address=evidence.address,
        browser=evidence.browser,
        by=evidence.by.value,
        entered_by=evidence.entered_by,
        accepted_at_utc=evidence.accepted_at,
        confirmed_how=evidence.confirmation.how.value,
        confirmed_at_utc=evidence.confirmation.at,
        signature_id=prepared.signature.id if prepared.signature else None,
        signed_letter_id=prepared.scan.id if prepared.scan else None,
        record_id=prepared.record.id,
    )
    return id
