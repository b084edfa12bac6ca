"""What a paper is to say, from its values: the words in the order in which they are heard.

Written beside the drawing and not from it: what the drawing leaves out, doubles or turns round is
seen by comparing both. A test finds each text of a letter or record that is not here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from registration.domain.ids import Language
from registration.letters.agenda import Agenda
from registration.letters.conditions import Conditions
from registration.letters.courtesies import Courtesies
from registration.letters.erasure import ErasureRecord
from registration.letters.record import Record
from registration.letters.record_page import SIGNATURE_GROUP, read_signature
from registration.letters.wording import Foot, Letter, Letterhead

#: What an element is to those who hear it: a heading, an item, the head of a row or column, a cell.
Role = Literal["heading", "item", "head", "cell", "text"]


@dataclass(frozen=True)
class Said:
    """A text of its own. links: where its parts lead, in order."""

    text: str
    role: Role = "text"
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a paper is to tell, and what its pages may repeat without telling it again.

    said: in order. furniture: each at most once a page. page_of: "Page %(page)d of %(pages)d", or
    an empty text. pictures: their descriptions, in order. fields: the names of fields, such as the
    place of the seal.
    """

    language: Language
    title: str
    said: tuple[Said, ...]
    furniture: tuple[str, ...] = ()
    page_of: str = ""
    pictures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def list_letter_words(letter: Letter) -> Words:
    """Return what the letter is to say."""
    foot = letter.foot
    return Words(
        language=letter.language,
        title=letter.title,
        said=tuple(_list_letter(letter)),
        furniture=(
            *_list_furniture(letter.head, foot),
            *letter.courtesies.columns,
            *letter.agenda.columns,
        ),
        page_of=foot.page_of,
        pictures=(foot.code_alt,) if foot.address else (),
        fields=(letter.head.seal,),
    )


def list_record_words(record: Record) -> Words:
    """Return what the record of an acceptance is to say."""
    drawn = read_signature(record.signature) is not None
    return Words(
        language=record.language,
        title=record.title,
        said=tuple(_list_record(record, drawn=drawn)),
        furniture=tuple(_list_furniture(record.head, record.foot)),
        page_of=record.foot.page_of,
        pictures=(
            *((record.signature_heading,) if drawn else ()),
            *((record.foot.code_alt,) if record.foot.address else ()),
        ),
        fields=(record.head.seal,),
    )


def list_erasure_words(record: ErasureRecord) -> Words:
    """Return what the record of an erasure is to say, one language after the other."""
    return Words(
        language=record.texts[0].language,
        title=record.title,
        said=tuple(_list_erasure(record)),
        furniture=tuple(_list_furniture(record.head, record.foot)),
        page_of=record.foot.page_of,
        fields=(record.head.seal,),
    )


def _list_letter(letter: Letter) -> Iterator[Said]:
    contact = letter.foot.contact
    yield from _list_head(letter.head)
    yield Said(letter.place_and_date)
    yield from _list_plain(letter.addressee)
    yield from _list_linked((letter.salutation, *letter.paragraphs), contact)
    yield from _list_courtesies(letter.courtesies, contact)
    signature = letter.signature
    yield from _list_linked((*letter.closing, signature.farewell), contact)
    yield from _list_plain((signature.how, signature.name, signature.office))
    yield from _list_conditions(letter.conditions, contact)
    yield from _list_agenda(letter.agenda)
    yield from _list_foot(letter.foot)


def _list_record(record: Record, *, drawn: bool) -> Iterator[Said]:
    yield from _list_head(record.head)
    yield Said(record.sentence)
    for index, group in enumerate(record.groups):
        yield Said(group.heading, "heading")
        for label, value in group.facts:
            yield Said(label, "head")
            yield Said(value, "cell")
        if drawn and index == SIGNATURE_GROUP:
            yield Said(record.signature_heading, "head")
    yield Said(record.terms_heading, "heading")
    yield from (Said(each, "item") for each in record.terms)
    yield Said(record.nature_heading, "heading")
    yield Said(record.nature)
    yield from _list_foot(record.foot)


def _list_erasure(record: ErasureRecord) -> Iterator[Said]:
    yield from _list_head(record.head)
    for text in record.texts:
        yield Said(text.sentence)
        yield from _list_pairs(text.facts)
        yield Said(text.erased_heading, "heading")
        yield from _list_pairs(text.erased)
        yield Said(text.remains_heading, "heading")
        yield Said(text.why)
        yield from _list_pairs(text.remains)
        yield Said(text.checked_heading, "heading")
        yield from (Said(each, "item") for each in text.checked)
    yield from _list_foot(record.foot)


def _list_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[Said]:
    for label, value in pairs:
        yield Said(label, "head")
        yield Said(value, "cell")


def _list_head(head: Letterhead) -> Iterator[Said]:
    yield from _list_plain((head.organisation, head.office))
    yield Said(head.kind, "heading")
    yield Said(head.number)
    if head.not_valid_note:
        yield Said(head.not_valid_note)


def _list_courtesies(courtesies: Courtesies, contact: str) -> Iterator[Said]:
    if courtesies.rows:
        yield from _list_linked((courtesies.intro,), contact)
        yield from (Said(each, "head") for each in courtesies.columns)
    for row in courtesies.rows:
        yield Said(row.what, "head")
        yield Said(row.detail, "cell")
        yield Said(row.payer, "cell")
    if courtesies.note:
        yield Said(courtesies.note)


def _list_conditions(conditions: Conditions, contact: str) -> Iterator[Said]:
    if not conditions.is_empty:
        yield Said(conditions.heading, "heading")
    for part in conditions.parts:
        yield Said(part.heading, "heading")
        yield from _list_linked(part.items, contact, "item")
    if conditions.remarks:
        yield Said(conditions.remarks_heading, "heading")
    yield from _list_linked(conditions.remarks, contact)


def _list_agenda(agenda: Agenda) -> Iterator[Said]:
    yield Said(agenda.heading, "heading")
    yield Said(agenda.title)
    yield Said(agenda.place)
    for day in agenda.days:
        yield Said(day.day, "heading")
        yield Said(day.hours)
        yield from (Said(each, "head") for each in agenda.columns)
        for row in day.rows:
            if row.section:
                yield Said(row.section, "head")
            yield Said(row.hours, "head")
            yield Said(row.title, "cell")
            yield from (Said(each, "item") for each in row.details)


def _list_foot(foot: Foot) -> Iterator[Said]:
    yield from _list_plain((foot.heading, foot.advice))
    if foot.address:
        yield Said(foot.address, links=(foot.address,))
    yield Said(foot.contact, links=(f"mailto:{foot.contact}",))


def _list_furniture(head: Letterhead, foot: Foot) -> Iterator[str]:
    yield from (head.organisation, head.office, head.kind, head.number)
    yield from (each for each in (head.not_valid, head.not_valid_note) if each)
    yield from (each for each in (foot.heading, foot.advice, foot.address, foot.contact) if each)


def _list_plain(texts: Iterable[str]) -> Iterator[Said]:
    yield from (Said(each) for each in texts)


def _list_linked(texts: Iterable[str], contact: str, role: Role = "text") -> Iterator[Said]:
    """Yield texts in which each mention of the contact's address leads there."""
    for each in texts:
        times = len(re.findall(re.escape(contact), each))
        yield Said(each, role, (f"mailto:{contact}",) * times)
