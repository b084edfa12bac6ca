"""The table of courtesies: what the delegate receives, and who provides it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from registration.domain.courtesies import list_courtesies
from registration.domain.meeting import Courtesy, Delegation, Meeting
from registration.domain.meeting_text import Text
from registration.language.translator import Translator


@dataclass(frozen=True)
class CourtesyRow:
    """One line of the table of courtesies."""

    what: str
    detail: str
    payer: str


@dataclass(frozen=True, kw_only=True)
class Courtesies:
    """What the delegate receives. columns: the table's head. note: what it does not, or None."""

    intro: str
    columns: tuple[str, str, str]
    rows: tuple[CourtesyRow, ...]
    note: str | None


def compose_courtesies(
    meeting: Meeting, delegation: Delegation, said: Callable[[Text], str], words: Translator
) -> Courtesies:
    """Return the table in the language of `words`. said: fills a text of the meeting's file."""
    intro = meeting.letter.courtesies_intro
    return Courtesies(
        intro=said(intro) if intro else "",
        columns=(
            words.pgettext("letter", "Courtesy"),
            words.pgettext("letter", "Detail"),
            words.pgettext("letter", "Provided by"),
        ),
        rows=tuple(_courtesy_rows(list_courtesies(meeting, delegation), said, words)),
        note=said(delegation.travel_note) if delegation.travel_note else None,
    )


def _courtesy_rows(
    courtesies: Sequence[Courtesy], said: Callable[[Text], str], words: Translator
) -> Iterator[CourtesyRow]:
    """Yield a row for each personal courtesy, then one for each giver of what is for everybody."""
    for each in courtesies:
        if not each.everybody:
            yield CourtesyRow(
                what=said(each.name), detail=said(each.detail), payer=said(each.payer_short)
            )
    shared = [each for each in courtesies if each.everybody]
    for payer in dict.fromkeys(said(each.payer_short) for each in shared):
        first, *others = [said(each.name) for each in shared if said(each.payer_short) == payer]
        yield CourtesyRow(
            what=", ".join([first, *(_within(each) for each in others)]),
            detail=words.pgettext("letter", "For every participant"),
            payer=payer,
        )


def _within(name: str) -> str:
    """Return a name as it is written within a sentence: "Coffee breaks", but "IOM" stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
