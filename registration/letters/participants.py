"""The list of participants: by delegation in the order of the file, with its official name.

Printed are the names of those who agreed; the others are counted. Treatments are left out: nobody
was asked about them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm

from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.registrations import Registration
from registration.language.translator import Translator
from registration.letters.blocks import Block, Cell, Row
from registration.letters.breaking import Style
from registration.letters.document import draw_document
from registration.letters.finishing import Facts
from registration.letters.heads import compose_plain_foot, compose_plain_head
from registration.letters.lists import paragraph
from registration.letters.styles import (
    BODY,
    CELL,
    CELL_2,
    CELL_HEAD,
    CELL_STRONG,
    HEADING,
    INK,
    LEFT,
    TEXT_WIDTH,
    TITLE,
)
from registration.letters.tagging import Element
from registration.letters.wording import Foot, Letterhead, as_typed

_NAME_WIDTH = 62 * mm
_OFFICE_LEFT, _OFFICE_WIDTH = LEFT + _NAME_WIDTH, TEXT_WIDTH - _NAME_WIDTH
_GAP = 3 * mm


@dataclass(frozen=True)
class Listed:
    """One who agreed to be printed."""

    name: str
    position: str
    institution: str


@dataclass(frozen=True)
class Group:
    """A delegation. unnamed: a sentence that counts those who did not agree, or None."""

    name: str
    people: tuple[Listed, ...]
    unnamed: str | None


@dataclass(frozen=True, kw_only=True)
class Participants:
    """The list in words. facts: lines below the title. columns: the head of the table."""

    language: Language
    title: str
    dated: date
    head: Letterhead
    heading: str
    facts: tuple[str, ...]
    columns: tuple[str, str]
    groups: tuple[Group, ...]
    foot: Foot


def compose_participants(
    meeting: Meeting, people: Sequence[Registration], dated: date, words: Translator
) -> Participants:
    """Return the list in the language of `words`. people: in any order of delegations."""
    kind = words.pgettext("participants", "List of participants")
    groups = [_group(each, people, words) for each in meeting.groups]
    return Participants(
        language=words.language,
        title=f"{kind}: {meeting.short_title[words.language]}",
        dated=dated,
        head=compose_plain_head(meeting, kind=kind, number=words.day(dated), words=words),
        heading=meeting.title[words.language],
        facts=(
            f"{meeting.city[words.language]}, {words.days(meeting.first_day, meeting.last_day)}",
            _count(meeting, people, words),
        ),
        columns=(
            words.pgettext("participants", "Name"),
            words.pgettext("participants", "Position and institution"),
        ),
        groups=tuple(group for group in groups if group.people or group.unnamed),
        foot=compose_plain_foot(
            meeting,
            words.pgettext(
                "participants",
                "Printed are the names of those who agreed to it; others are counted.",
            ),
            words,
        ),
    )


def draw_participants(participants: Participants) -> bytes:
    """Return the list as a tagged PDF. Same list, same bytes."""
    facts = Facts(
        title=participants.title,
        author=participants.head.organisation,
        language=participants.language,
        dated=participants.dated,
        seal=participants.head.seal,
    )
    return draw_document(
        participants.head,
        participants.foot,
        facts,
        lambda body: list(_list_blocks(participants, body)),
    )


def _group(delegation: Delegation, people: Sequence[Registration], words: Translator) -> Group:
    own = [each for each in people if each.delegation_key == delegation.key]
    listed = [each for each in own if each.particulars.listed]
    hidden = len(own) - len(listed)
    return Group(
        delegation.official_name[words.language],
        tuple(
            Listed(
                as_typed(each.full_name),
                as_typed(each.particulars.position),
                as_typed(each.particulars.institution),
            )
            for each in sorted(listed, key=_by_seat)
        ),
        _unnamed(hidden, bool(listed), words) if hidden else None,
    )


def _by_seat(registration: Registration) -> tuple[int, str]:
    return registration.seat_number or 0, registration.reference


def _unnamed(hidden: int, is_more: bool, words: Translator) -> str:  # of one call
    if is_more:
        return words.npgettext(
            "participants",
            "and %(num)d more participant",
            "and %(num)d more participants",
            hidden,
        )
    return words.npgettext("participants", "%(num)d participant", "%(num)d participants", hidden)


def _count(meeting: Meeting, people: Sequence[Registration], words: Translator) -> str:
    present = {each.delegation_key for each in people}
    delegations = sum(each.key in present for each in meeting.delegations)
    participants = words.npgettext(
        "participants", "%(num)d participant", "%(num)d participants", len(people)
    )
    of_delegations = words.npgettext(
        "participants", "%(num)d delegation", "%(num)d delegations", delegations
    )
    return f"{participants}, {of_delegations}"


def _list_blocks(participants: Participants, body: Element) -> Iterator[Block]:
    yield paragraph(participants.heading, body, TITLE, tag="H2", before=0)
    for index, fact in enumerate(participants.facts):
        yield paragraph(fact, body, BODY, before=0 if index else 2 * mm)
    table = Element("Table", body)
    yield _head(participants.columns, Element("TR", Element("THead", table)))
    rows = Element("TBody", table)
    for group in participants.groups:
        yield _section(group.name, rows)
        for index, person in enumerate(group.people):
            is_last = index == len(group.people) - 1
            yield _person(person, rows, keep=is_last and group.unnamed is not None)
        if group.unnamed:
            yield _across(Element("TD", Element("TR", rows), columns=2), group.unnamed, CELL_2)


def _head(columns: tuple[str, str], line: Element) -> Row:
    cells = [Element("TH", line, scope="Column") for _ in columns]
    return Row(
        cells=[
            _cell(columns[0], cells[0], CELL_HEAD, LEFT, _NAME_WIDTH),
            _cell(columns[1], cells[1], CELL_HEAD, _OFFICE_LEFT, _OFFICE_WIDTH),
        ],
        padding=0.8 * mm,
        before=5 * mm,
        keep=True,
        rule_below=(0.35 * mm, INK),
    )


def _section(name: str, rows: Element) -> Row:
    cell = Element("TH", Element("TR", rows), scope="Row", columns=2)
    row = _across(cell, name, HEADING)
    row.before, row.keep = 3 * mm, True
    return row


def _across(cell: Element, text: str, style: Style) -> Row:
    return Row(cells=[_cell(text, cell, style, LEFT, TEXT_WIDTH)], padding=1.3 * mm)


def _person(person: Listed, rows: Element, *, keep: bool) -> Row:
    line = Element("TR", rows)
    name, office = Element("TH", line, scope="Row"), Element("TD", line)
    texts = ((person.position, CELL), (person.institution, CELL_2))
    blocks = [
        paragraph(text, office, style, left=_OFFICE_LEFT, width=_OFFICE_WIDTH, before=0)
        for text, style in texts
        if text
    ]
    cells = [_cell(person.name, name, CELL_STRONG, LEFT, _NAME_WIDTH - _GAP), Cell(blocks=blocks)]
    return Row(cells=cells, padding=1.3 * mm, keep=keep)


def _cell(text: str, element: Element, style: Style, left: float, width: float) -> Cell:
    return Cell(blocks=[paragraph(text, element, style, left=left, width=width, before=0)])
