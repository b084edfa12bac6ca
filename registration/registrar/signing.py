"""What an acceptance is made of: the evidence gathered, its record drawn and locked. Slow: all of
it comes before the transaction."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC

from registration.domain.acceptances import AcceptanceEvidence, Confirmation, find_confirmation
from registration.domain.ids import LetterId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.papers import FileRole, IssuedLetter, LockedFile
from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.language.texts import fill
from registration.language.translator import get_translator
from registration.letters.record import compose_record, draw_record
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, lock_file
from registration.registrar.steps import Asked
from registration.store import reading
from registration.store.chains import digest_of_terms

#: Longest User-Agent kept, in characters.
LONGEST_BROWSER = 300
#: What the line of history binds of a signature that was drawn before the staff of the door.
AT_THE_DOOR = "at the door"


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What somebody sends to accept a letter.

    letter_id: the letter that was shown. is_accepted: the box that was ticked.
    signature_png: the drawing, judged and made anew, or None. terms_sha256: of the words that were
    shown (`digest_of_shown`), or None where the form does not say.
    address, browser: of the request. A signed scan waits under the entry's id.
    at_the_door: the person stands at the door and draws the signature before somebody of the staff,
    who sends the form; no scan is asked for then.
    """

    letter_id: LetterId
    typed_name: str
    is_accepted: bool
    address: str
    browser: str
    terms_sha256: str | None = None
    at_the_door: bool = False
    signature_png: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class PreparedAcceptance:
    """An acceptance whose papers lie in the vault and have no rows yet."""

    letter: IssuedLetter
    evidence: AcceptanceEvidence
    record: LockedFile
    record_sha256: str
    signature: LockedFile | None
    scan: LockedFile | None

    @property
    def facts(self) -> dict[str, str]:
        """Return what the line of history binds of the evidence; nothing personal."""
        evidence, at = self.evidence, self.evidence.confirmation.at
        facts = {
            "letter": evidence.letter_number,
            "letter_sha256": evidence.letter_sha256,
            "terms_sha256": digest_of_terms(evidence.language, evidence.terms),
            "record": str(self.record.id),
            "record_sha256": self.record_sha256,
            "confirmed_how": evidence.confirmation.how.value,
            "confirmed_at": "" if at is None else at.astimezone(UTC).isoformat(),
        }
        if self.signature is not None and evidence.signature_png is not None:
            facts["signature"] = str(self.signature.id)
            facts["signature_sha256"] = hashlib.sha256(evidence.signature_png).hexdigest()
        if self.scan is not None:
            facts["scan"] = str(self.scan.id)
        if evidence.at_the_door:
            facts["signed"] = AT_THE_DOOR
        return facts

    @property
    def details(self) -> dict[str, str]:
        """Return what that line binds until the entry is erased."""
        evidence = self.evidence
        return {
            "typed_name": evidence.typed_name,
            "address": evidence.address,
            "browser": evidence.browser,
        }


def list_terms(meeting: Meeting, registration: Registration) -> tuple[str, ...]:
    """Return the words that are accepted, in the delegate's language."""
    words = get_translator(registration.particulars.language)
    delegation = meeting.find_delegation(registration.delegation_key)
    return tuple(
        fill(term, meeting, words, delegation=delegation, name=registration.full_name)
        for term in meeting.terms
    )


def digest_of_shown(meeting: Meeting, registration: Registration) -> str:
    """Return what a form carries of the words that it shows."""
    return digest_of_terms(registration.particulars.language, list_terms(meeting, registration))


def prepare(
    office: Office,
    registration: Registration,
    letter: IssuedLetter,
    scan: LockedFile | None,
    signing: Signing,
    asked: Asked,
) -> PreparedAcceptance:
    """Return the acceptance with its record and drawing in the vault, no row written yet. Whoever
    does not write the rows calls `destroy`."""
    with office.database.reading() as session:
        meeting = get_meeting(session, registration.meeting_id)
        lines = reading.list_history(session, reading.chain_of_registration(registration.id))
    confirmation = find_confirmation(lines)
    evidence = _gather(registration, meeting, letter, confirmation, signing, asked, scan)
    words = get_translator(evidence.language)
    drawn = draw_record(compose_record(meeting, registration, evidence, words))
    record = office.seal.seal(drawn, at=asked.arrived_at)
    return PreparedAcceptance(
        letter=letter,
        evidence=evidence,
        record=_lock(office, registration.id, FileRole.RECORD, "application/pdf", record, asked),
        record_sha256=hashlib.sha256(record).hexdigest(),
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


def _gather(
    registration: Registration,
    meeting: Meeting,
    letter: IssuedLetter,
    confirmation: Confirmation,
    signing: Signing,
    asked: Asked,
    scan: LockedFile | None,
) -> AcceptanceEvidence:
    return AcceptanceEvidence(
        letter_number=letter.number,
        letter_sha256=letter.sha256,
        letter_issued_at=letter.issued_at,
        email=registration.particulars.email,
        confirmation=confirmation,
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
        at_the_door=signing.at_the_door,
    )


def _lock(
    office: Office, id: RegistrationId, role: FileRole, media_type: str, data: bytes, asked: Asked
) -> LockedFile:
    ending = media_type.rpartition("/")[2]
    file = ReceivedFile(name=f"{role}.{ending}", media_type=media_type, pages=1, data=data)
    return lock_file(office, id, role, file, at=asked.arrived_at)


def destroy(office: Office, prepared: PreparedAcceptance) -> None:
    """Destroy what was locked for an acceptance that was not made."""
    for file in (prepared.record, prepared.signature):
        if file is not None:
            office.vault.destroy(file.blob)
