"""Papers for many: badges, nameplates, the list of participants, certificates, each in one file."""

from collections.abc import Callable
from dataclasses import dataclass

from registration.domain.batches import (
    Batch,
    BatchKind,
    BatchStatus,
    ItemStatus,
    list_card_languages,
    takes_part,
)
from registration.domain.ids import Language, RegistrationId
from registration.domain.meeting import Delegation, Meeting
from registration.domain.papers import FileRole, LockedFile
from registration.domain.registrations import Registration
from registration.domain.states import SEATED
from registration.language.translator import get_translator
from registration.letters.attendance import draw_certificates
from registration.letters.badges import draw_badges
from registration.letters.nameplates import draw_nameplates
from registration.letters.participants import compose_participants, draw_participants
from registration.meetings.reading import get_meeting
from registration.registrar.batching import Hands
from registration.registrar.printing import compose_own_badge
from registration.registrar.receiving import ReceivedFile, lock_file
from registration.store import reading
from registration.store.writing import batches, papers

# Entries read at a time, and drawn between two marks of progress.
_PAGE = 25
# What others are shown as the Secretariat's word; a badge or a nameplate proves nothing.
_SEALED = frozenset({BatchKind.PARTICIPANTS, BatchKind.CERTIFICATES})
#: What "both" means in a batch's details: the two languages that a card of the meeting has.
BOTH = "both"


class Stopped(Exception):
    """The worker was told to stop; the paper is drawn anew by whoever comes next."""


@dataclass(frozen=True)
class Paper:
    """What was drawn. name: of the file, without its ending."""

    name: str
    data: bytes


def make_paper(hands: Hands) -> None:
    """Draw the batch's paper, lock it and end the batch. A paper begun by a worker that died is
    drawn from its beginning: it is one file, and takes seconds."""
    with hands.office.database.writing() as session:
        hands.hold(session)
        batches.begin_anew(session, hands.batch.id)
        meeting = get_meeting(session, hands.batch.meeting_id)
    people = _list_people(hands)
    try:
        paper = _draw(hands, meeting, people)
    except Stopped:
        return
    file = _lock(hands, paper)
    try:
        with hands.office.database.writing() as session:
            hands.hold(session)
            batches.mark_drawn(session, hands.batch.id, through=hands.batch.total, at=hands.clock())
            papers.add_file(session, file, kept=True)
            batches.end(
                session,
                hands.batch.id,
                token=hands.token,
                status=BatchStatus.DONE,
                at=hands.clock(),
                file_id=file.id,
            )
    except BaseException:
        hands.office.vault.destroy(file.blob)
        raise


def list_languages(meeting: Meeting, batch: Batch) -> tuple[Language, ...]:
    """Return the languages of the batch's paper, the one that stands first before the others."""
    asked = batch.details.get("language", BOTH)
    return (asked,) if asked in meeting.languages else list_card_languages(meeting)


def _list_people(hands: Hands) -> list[tuple[int, Registration]]:
    """Return the entries of the batch with their numbers, as they stand now. Who takes part no more
    is left out, and the batch says so."""
    batch, people = hands.batch, []
    after = 0
    with hands.office.database.reading() as session:
        arrived = reading.list_arrived(session, batch.meeting_id)
        while page := reading.list_of_items(session, batch.id, after=after, limit=_PAGE):
            people += [(item.number, each) for item, each in page]
            after = page[-1][0].number
    return [
        (number, each)
        for number, each in people
        if takes_part(batch.whose, each.state, has_arrived=each.id in arrived)
        or _leave_out(hands, number)
    ]


def _leave_out(hands: Hands, number: int) -> bool:
    with hands.office.database.writing() as session:
        batches.mark_item(
            session,
            hands.batch.id,
            number,
            status=ItemStatus.REFUSED,
            at=hands.clock(),
            refusal="NotExpected",
        )
    return False


def _draw(hands: Hands, meeting: Meeting, people: list[tuple[int, Registration]]) -> Paper:
    batch, dated = hands.batch, hands.batch.asked_at.astimezone(meeting.zone).date()
    languages = list_languages(meeting, batch)
    everybody = [each for _, each in people]
    drawn = _progress(hands, [number for number, _ in people])
    match batch.kind:
        case BatchKind.BADGES:
            badges = (
                compose_own_badge(hands.office, meeting, each, languages) for each in everybody
            )
            data = draw_badges(meeting, badges, languages, dated, drawn=drawn)
        case BatchKind.NAMEPLATES:
            chosen = _list_delegations(hands, meeting)
            data = draw_nameplates(meeting, chosen, languages, dated)
        case BatchKind.PARTICIPANTS:
            words = get_translator(languages[0])
            data = draw_participants(compose_participants(meeting, everybody, dated, words))
        case BatchKind.CERTIFICATES:
            data = draw_certificates(meeting, everybody, drawn=drawn)
        case _:
            raise ValueError(f"{batch.kind} is no paper")
    if batch.kind in _SEALED:
        data = hands.office.seal.seal(data, at=hands.clock())
    return Paper(f"{batch.meeting_id}-{batch.kind.value}.pdf", data)


def _list_delegations(hands: Hands, meeting: Meeting) -> list[Delegation]:
    """Return the delegations that get a nameplate: those with somebody seated, or all."""
    if hands.batch.details.get("delegations") == "all":
        return list(meeting.delegations)
    with hands.office.database.reading() as session:
        seated = reading.list_registrations(session, meeting.id, states=SEATED)
    keys = {each.delegation_key for each in seated}
    return [each for each in meeting.delegations if each.key in keys]


def _progress(hands: Hands, numbers: list[int]) -> Callable[[int], None]:
    """Return what is told after each card how many are drawn; it marks them, now and then."""

    def tell(count: int) -> None:
        if count % _PAGE:
            return
        if hands.should_stop():
            raise Stopped
        with hands.office.database.writing() as session:
            hands.hold(session)
            batches.mark_drawn(
                session, hands.batch.id, through=numbers[count - 1], at=hands.clock()
            )
        hands.between()

    return tell


def _lock(hands: Hands, paper: Paper) -> LockedFile:
    file = ReceivedFile(name=paper.name, media_type="application/pdf", pages=1, data=paper.data)
    entry = RegistrationId(hands.batch.id)
    return lock_file(hands.office, entry, FileRole.COLLECTION, file, at=hands.clock())
