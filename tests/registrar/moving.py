"""Moves as tests make them: in the guide's time, on the entry's newest version."""

from collections import Counter
from dataclasses import replace
from typing import Any

from registration.domain.events import DELEGATE, By
from registration.domain.ids import MeetingId
from registration.domain.papers import FileRole, IssuedLetter
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.registrar import (
    accepting,
    correcting,
    deciding,
    entering,
    receiving,
    withdrawing,
)
from registration.registrar.office import Moved
from registration.store import reading
from tests.offices import REVIEWER, Guide, load_meeting

OTHER = MeetingId("other-2022")


def moved(answer: object) -> Registration:
    """Return the registration of a move that was made."""
    assert isinstance(answer, Moved), answer
    return answer.registration


def withdraw(
    guide: Guide, entry: Registration, *, by: By = DELEGATE, reason: str = ""
) -> Moved | Refusal:
    return withdrawing.withdraw(
        guide.office,
        entry.id,
        version=guide.get(entry.id).version,
        by=by,
        arrived_at=guide.now,
        reason=reason,
    )


def decide(guide: Guide, entry: Registration, decision: str, reason: str) -> Moved | Refusal:
    """decision: "return_" or "decline"."""
    answer: Moved | Refusal = getattr(deciding, decision)(
        guide.office,
        entry.id,
        version=guide.get(entry.id).version,
        by=REVIEWER,
        reason=reason,
        arrived_at=guide.now,
    )
    return answer


def correct(guide: Guide, entry: Registration, **fields: str) -> Moved | Refusal:
    now = guide.get(entry.id)
    wanted = replace(now.particulars, **fields)
    return correcting.correct(
        guide.office, entry.id, wanted, version=now.version, arrived_at=guide.now
    )


def amend(guide: Guide, entry: Registration, reason: str = "", **fields: str) -> Moved | Refusal:
    now = guide.get(entry.id)
    wanted = replace(now.particulars, **fields)
    return correcting.amend(
        guide.office,
        entry.id,
        wanted,
        version=now.version,
        by=REVIEWER,
        reason=reason,
        arrived_at=guide.now,
    )


def accept(
    guide: Guide, entry: Registration, *, by: By = DELEGATE, reason: str = "", **fields: Any
) -> Moved | Refusal:
    """Accept the newest letter; fields: of the signing, where they are to differ."""
    letter = find_letter(guide, entry)
    signing = accepting.Signing(
        letter_id=letter.id,
        typed_name=letter.full_name,
        is_accepted=True,
        address="192.0.2.7",
        browser="A browser",
    )
    return accepting.accept(
        guide.office,
        entry.id,
        replace(signing, **fields),
        version=guide.get(entry.id).version,
        by=by,
        arrived_at=guide.now,
        reason=reason,
    )


def send_scan(guide: Guide, entry: Registration) -> None:
    scan = receiving.ReceivedFile(
        name="carta.pdf", media_type="application/pdf", pages=1, data=b"the signed letter"
    )
    receiving.receive_file(
        guide.office, entry.id, FileRole.SIGNED_LETTER, scan, arrived_at=guide.now
    )


def list_letters(guide: Guide, entry: Registration) -> list[IssuedLetter]:
    """Return the entry's letters, the newest first."""
    with guide.office.database.reading() as session:
        return reading.list_letters(session, entry.id)


def find_letter(guide: Guide, entry: Registration) -> IssuedLetter:
    return list_letters(guide, entry)[0]


def list_blobs(guide: Guide) -> set[str]:
    """Return the names of all that lies in the vault."""
    return {each.name for each in guide.office.vault.blobs()}


def list_new_mails(
    guide: Guide, entry: Registration, before: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return occasion and recipient of the entry's mails but for those before, in order."""
    return sorted((Counter(guide.list_mails(entry.id)) - Counter(before)).elements())


def enter_elsewhere(guide: Guide) -> Registration:
    """Return an entry of another meeting, made by its desk."""
    load_meeting(guide.office, as_id=OTHER)
    application = replace(guide.apply("speakers", with_passport=False), meeting_id=OTHER)
    return moved(
        entering.enter(guide.office, application, by=REVIEWER, reason="Lista", arrived_at=guide.now)
    )
