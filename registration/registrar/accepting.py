"""The acceptance of a letter, with its evidence, bound to the bytes of the letter shown."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from registration.domain.acceptances import AcceptanceEvidence
from registration.domain.events import By, Event
from registration.domain.ids import LetterId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.names import same_name
from registration.domain.papers import FileRole, IssuedLetter, LockedFile
from registration.domain.refusals import (
    FileMissing,
    LetterReplaced,
    Refusal,
    TermsNotAccepted,
    UnknownRegistration,
    WrongName,
)
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, State
from registration.language.texts import fill
from registration.language.translator import get_translator
from registration.letters.record import compose_record, draw_record
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.receiving import ReceivedFile, lock_file
from registration.registrar.steps import Asked, Refused, Step, make_move
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.writing import papers

#: Longest User-Agent kept, in characters.
LONGEST_BROWSER = 300


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What somebody sends to accept a letter.

    letter_id: the letter that was shown. is_accepted: the box that was ticked.
    signature_png: the drawing, judged and made anew, or None.
    address, browser: of the request. A signed scan waits under the entry's id.
    """

    letter_id: LetterId
    typed_name: str
    is_accepted: bool
    address: str
    browser: str
    signature_png: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class _Prepared:
    letter: IssuedLetter
    evidence: AcceptanceEvidence
    record: LockedFile
    signature: LockedFile | None
    scan: LockedFile | None


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

    The Secretariat accepts on behalf only with the signed scan. A second acceptance of the same
    letter is answered like the first (T55).
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
    done = _find_done(office, id, signing)
    if done is not None:
        return done
    wrong = refuse_signing(signing, letter, by, has_scan=scan is not None)
    if wrong is not None:
        return wrong
    prepared = _prepare(office, seen, letter, scan, signing, asked)
    result = make_move(office, id, asked, lambda step: _accept(step, prepared))
    if isinstance(result, Moved):
        return result
    _destroy(office, prepared)
    # Of a double click the first may have come to its end while this one was drawn.
    return _find_done(office, id, signing) or result


def _find_done(office: Office, id: RegistrationId, signing: Signing) -> Moved | None:
    """Return the entry if the letter that was shown is accepted already, else None."""
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
        acceptance = reading.find_acceptance(session, id)
    if seen is None or seen.state is not State.ACCEPTED or acceptance is None:
        return None
    return Moved(seen) if acceptance.letter_id == signing.letter_id else None


def refuse_signing(
    signing: Signing, letter: IssuedLetter, by: By, *, has_scan: bool
) -> Refusal | None:
    """Return what is wrong with the form: the letter, the box, the name, the scan."""
    if signing.letter_id != letter.id:
        return LetterReplaced()
    if not signing.is_accepted:
        return TermsNotAccepted()
    if not same_name(signing.typed_name, letter.full_name):
        return WrongName(letter.full_name)
    if by.actor is Actor.SECRETARIAT and not has_scan:
        return FileMissing()
    return None


def list_terms(meeting: Meeting, registration: Registration) -> tuple[str, ...]:
    """Return the words that are accepted, in the delegate's language."""
    words = get_translator(registration.particulars.language)
    delegation = meeting.find_delegation(registration.delegation_key)
    return tuple(
        fill(term, meeting, words, delegation=delegation, name=registration.full_name)
        for term in meeting.terms
    )


def _prepare(
    office: Office,
    registration: Registration,
    letter: IssuedLetter,
    scan: LockedFile | None,
    signing: Signing,
    asked: Asked,
) -> _Prepared:
    with office.database.reading() as session:
        meeting = get_meeting(session, registration.meeting_id)
    evidence = AcceptanceEvidence(
        letter_number=letter.number,
        letter_sha256=letter.sha256,
        language=registration.particulars.language,
        terms=list_terms(meeting, registration),
        typed_name=signing.typed_name,
        accepted_at=asked.arrived_at,
        address=signing.address,
        browser=signing.browser[:LONGEST_BROWSER],
        signature_png=signing.signature_png,
        signed_letter=scan is not None,
        by=asked.by.actor,
        entered_by=asked.by.name if asked.by.actor is Actor.SECRETARIAT else None,
    )
    words = get_translator(evidence.language)
    drawn = draw_record(compose_record(meeting, registration, evidence, words))
    record = office.seal.seal(drawn, at=asked.arrived_at)
    return _Prepared(
        letter=letter,
        evidence=evidence,
        record=_lock(office, registration.id, FileRole.RECORD, "application/pdf", record, asked),
        signature=None
        if signing.signature_png is None
        else _lock(
            office,
            registration.id,
            FileRole.SIGNATURE,
            "image/png",
            signing.signature_png,
            asked,
        ),
        scan=scan,
    )


def _lock(
    office: Office, id: RegistrationId, role: FileRole, media_type: str, data: bytes, asked: Asked
) -> LockedFile:
    ending = media_type.rpartition("/")[2]
    file = ReceivedFile(name=f"{role}.{ending}", media_type=media_type, pages=1, data=data)
    return lock_file(office, id, role, file, at=asked.arrived_at)


def _accept(step: Step, prepared: _Prepared) -> Moved:
    newest = reading.find_newest_letter(step.session, step.registration.id)
    if newest is None or newest.id != prepared.letter.id:
        raise Refused(LetterReplaced())
    evidence = prepared.evidence
    details = {"typed_name": evidence.typed_name, "address": evidence.address}
    registration, line = step.move(State.ACCEPTED, details=details)
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


def _write_acceptance(step: Step, prepared: _Prepared) -> UUID:
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
        signature_id=prepared.signature.id if prepared.signature else None,
        signed_letter_id=prepared.scan.id if prepared.scan else None,
        record_id=prepared.record.id,
    )
    return id


def _destroy(office: Office, prepared: _Prepared) -> None:
    for file in (prepared.record, prepared.signature):
        if file is not None:
            office.vault.destroy(file.blob)
