"""The record of an erasure: what was erased and what remains, a page for each language.

It outlives what it is about, so it names nobody: not the person, and of the staff the account's
number alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.retention import Erasure, Kind, Scope
from registration.language.retention import kind_words, reason_words, remaining_words
from registration.language.translator import Translator
from registration.letters.document import draw_document
from registration.letters.erasure_page import list_erasure_blocks
from registration.letters.finishing import Facts
from registration.letters.heads import compose_record_foot
from registration.letters.wording import Arcade, Foot, Letterhead

#: The kinds that are files in the vault; the others are rows of the database.
FILES = frozenset(
    {Kind.PASSPORT, Kind.LETTER, Kind.SIGNATURE, Kind.SIGNED_LETTER, Kind.RECORD, Kind.COLLECTION}
    | {Kind.TICKET_FILE}
)


@dataclass(frozen=True, kw_only=True)
class ErasureText:
    """The record in one language. facts, erased, remains: (label, value) in order."""

    language: Language
    sentence: str
    facts: tuple[tuple[str, str], ...]
    erased_heading: str
    erased: tuple[tuple[str, str], ...]
    remains_heading: str
    remains: tuple[tuple[str, str], ...]
    why: str
    checked_heading: str
    checked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ErasureRecord:
    """The whole record. texts: the meeting's languages, the first one first."""

    title: str
    dated: date
    head: Letterhead
    foot: Foot
    texts: tuple[ErasureText, ...]


def compose_erasure_record(
    meeting: Meeting, erasure: Erasure, reference: str | None, languages: Sequence[Translator]
) -> ErasureRecord:
    """Return the record in these languages. reference: of the entry or the submission, where it is
    of one."""
    first = languages[0]
    kind = first.pgettext("record", "Record of erasure")
    number = f"{meeting.prefix}-{erasure.id.hex[:8].upper()}"
    return ErasureRecord(
        title=f"{kind} {number}",
        dated=erasure.erased_at.astimezone(meeting.zone).date(),
        head=_compose_head(meeting, kind, number, first),
        foot=compose_record_foot(meeting, first),
        texts=tuple(_compose_text(meeting, erasure, reference, words) for words in languages),
    )


def draw_erasure_record(record: ErasureRecord) -> bytes:
    """Return the record as a tagged PDF. Same record, same bytes; safe in threads."""
    facts = Facts(
        title=record.title,
        author=record.head.organisation,
        language=record.texts[0].language,
        dated=record.dated,
        seal=record.head.seal,
    )
    return draw_document(
        record.head, record.foot, facts, lambda body: list(list_erasure_blocks(record.texts, body))
    )


def _compose_text(
    meeting: Meeting, erasure: Erasure, reference: str | None, words: Translator
) -> ErasureText:
    return ErasureText(
        language=words.language,
        sentence=_sentence(meeting, erasure, reference, words),
        facts=_list_facts(meeting, erasure, words),
        erased_heading=words.pgettext("record", "What was erased"),
        erased=tuple((kind_words(each, words), str(n)) for each, n in erasure.erased.items()),
        remains_heading=words.pgettext("record", "What remains"),
        remains=tuple(
            (remaining_words(each, words), str(n)) for each, n in erasure.remains.items() if n
        ),
        why=_why(erasure, words),
        checked_heading=words.pgettext("record", "How it was checked"),
        checked=_list_checks(erasure, words),
    )


def _sentence(meeting: Meeting, erasure: Erasure, reference: str | None, words: Translator) -> str:
    values = {
        "meeting": meeting.short_title[words.language],
        "days": words.days(meeting.first_day, meeting.last_day),
    }
    match erasure.scope:
        case Scope.PASSPORTS:
            return words.pgettext(
                "record",
                "The copies of passports of the %(meeting)s (%(days)s) were erased.",
                **values,
            )
        case Scope.MEETING:
            return words.pgettext(
                "record",
                "All personal data of the registrations to the %(meeting)s (%(days)s) were erased.",
                **values,
            )
        case Scope.ENTRY:
            return words.pgettext(
                "record",
                "The personal data of registration %(reference)s to the %(meeting)s (%(days)s)"
                " were erased.",
                reference=reference,
                **values,
            )
        case Scope.SUBMISSION:
            return words.pgettext(
                "record",
                "The personal data of %(reference)s, sent to a call of the %(meeting)s (%(days)s),"
                " were erased.",
                reference=reference,
                **values,
            )
        case Scope.UNNEEDED:
            raise ValueError("no record is made of it: each has its line of history")


def _list_facts(
    meeting: Meeting, erasure: Erasure, words: Translator
) -> tuple[tuple[str, str], ...]:
    local = words.moment(erasure.erased_at, meeting.zone)
    utc = erasure.erased_at.astimezone(UTC)
    return (
        (words.pgettext("record", "Cause"), reason_words(erasure.reason, words)),
        (words.pgettext("record", "Carried out by"), _who(erasure, words)),
        (
            words.pgettext("record", "Time of the meeting's city"),
            f"{local} ({meeting.zone_name[words.language]})",
        ),
        (words.pgettext("record", "Universal time (UTC)"), f"{utc:%Y-%m-%d %H:%M:%S} UTC"),
    )


def _who(erasure: Erasure, words: Translator) -> str:
    if erasure.asked_by is None:
        return words.pgettext("record", "The registration site, without an account of the staff")
    return words.pgettext("record", "The Secretariat, account %(id)d", id=erasure.asked_by)


def _why(erasure: Erasure, words: Translator) -> str:
    if erasure.scope is Scope.PASSPORTS:
        return words.pgettext(
            "record",
            "The other personal data of the registrations are kept until the date set for the"
            " meeting. The numbers below stay after that date too.",
        )
    if erasure.scope is Scope.SUBMISSION:
        return words.pgettext(
            "record",
            "These numbers, moments and digests name nobody. They stay so that it can be shown that"
            " no line of the history was changed.",
        )
    return words.pgettext(
        "record",
        "These numbers, moments and digests name nobody. They stay so that a letter can still be"
        " verified, and so that it can be shown that no line of the history was changed.",
    )


def _list_checks(erasure: Erasure, words: Translator) -> tuple[str, ...]:
    files = _count_files(erasure)
    checks = (
        words.npgettext(
            "record",
            "Its key was deleted first, then the encrypted file. The storage was asked for it"
            " again: it is not there.",
            "Their keys were deleted first, then the %(num)d encrypted files. The storage was asked"
            " for each of them again: none is there.",
            files,
        ),
        words.pgettext(
            "record",
            "The database was asked again: none of these data is in it. Its files were written"
            " anew, so that deleted data do not stay in them.",
        ),
        words.pgettext(
            "record",
            "Not reached from here: messages that were delivered, papers that were printed or"
            " handed on, and backups, which the operator destroys after the time that was set. A"
            " file in a backup opens only with a key kept in a backup of the database.",
        ),
    )
    return checks if files else checks[1:]


def _count_files(erasure: Erasure) -> int:
    if erasure.scope is Scope.SUBMISSION:
        # Its kind counts what was sent and each file beside it.
        return max(0, erasure.erased.get(Kind.SUBMISSION, 0) - 1)
    return sum(number for kind, number in erasure.erased.items() if kind in FILES)


def _compose_head(meeting: Meeting, kind: str, number: str, words: Translator) -> Letterhead:
    return Letterhead(
        organisation=meeting.organisation[words.language],
        office=meeting.office[words.language],
        kind=kind,
        number=number,
        arcade=Arcade(seats=tuple(each.seats for each in meeting.delegations), own=None),
        not_valid=None,
        not_valid_note=words.pgettext("record", "Rehearsal") if meeting.rehearsal else None,
        seal=words.pgettext("letter", "Electronic signature of the Secretariat"),
    )
