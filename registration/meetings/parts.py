"""The parts of a meeting's file, and the part of the domain that each becomes."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, Strict

from registration.domain.ids import DelegationKey
from registration.domain.meeting import (
    Addressee,
    Admission,
    AgendaDay,
    AgendaItem,
    Courtesy,
    Delegation,
    DelegationKind,
    Desk,
    SeatLabel,
)
from registration.domain.meeting_text import Text, TextSection
from registration.domain.reminder_rules import Before, ReminderRule, Rule

#: Names of drawings that the icon macro has.
Icon = Literal["plane", "bed", "meal", "cup", "headphones", "building"]
T = TypeVar("T")
#: A list of the file. Strict would refuse it, since TOML has no tuples.
Many: TypeAlias = Annotated[tuple[T, ...], Strict(False)]
ItemKind = Literal["session", "break", "meal", "arrival"]
# The blanks that break a line of the file; the no-break space is left as it is.
_BLANKS = re.compile(r"[ \t\r\n]+")


def _fold(text: str) -> str:
    """One line of words: a text of the file may be broken over several lines."""
    folded = _BLANKS.sub(" ", text).strip(" ")
    if not folded:
        raise ValueError(
            "The text is empty. | Write it, or take the key out where it may be absent."
        )
    return folded


def _plain_key(key: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        raise ValueError(
            f"{key!r} cannot be a key. | Write small letters, digits and single hyphens."
        )
    return key


Key = Annotated[str, AfterValidator(_plain_key)]


#: A text of one language, read as one line.
Line = Annotated[str, AfterValidator(_fold)]


class Words(RootModel[dict[str, Line]]):
    """One text in each language, { en = "...", es = "..." }. That none is missing: `rules`."""

    def build(self) -> Text:
        return Text(dict(self.root))


class Part(BaseModel):
    """Each table of the file. A key that is not named here is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Dates(Part):
    """When; local time of the zone. deadline, changes_until: each the first instant refused."""

    zone: str
    first_day: date
    last_day: date
    deadline: datetime
    changes_until: datetime

    @property
    def are_in_order(self) -> bool:
        return self.first_day <= self.last_day


class Names(Part):
    organisation: Words
    organisation_short: Words
    office: Words
    title: Words
    short_title: Words
    city: Words
    venue: Words
    zone_name: Words


class AboutSection(Part):
    heading: Words
    texts: Many[Words] = Field(min_length=1)

    def build(self) -> TextSection:
        return TextSection(heading=self.heading.build(), texts=build_all(self.texts))


class About(Part):
    purpose: Many[Words] = Field(min_length=1)
    product: Words | None = None
    participation_level: Words | None = None
    sovereignty_note: Words | None = None
    sections: Many[AboutSection] = ()


class CourtesyPart(Part):
    key: Key
    icon: Icon
    name: Words
    detail: Words
    payer: Words
    payer_short: Words
    everybody: bool = False
    desk: Annotated[Desk | None, Field(strict=False)] = None

    def build(self) -> Courtesy:
        return Courtesy(
            key=self.key,
            name=self.name.build(),
            detail=self.detail.build(),
            payer=self.payer.build(),
            payer_short=self.payer_short.build(),
            icon=self.icon,
            everybody=self.everybody,
            desk=self.desk,
        )


class ReminderPart(Part):
    rule: Annotated[Rule, Field(strict=False)]
    days_before: Many[Annotated[int, Field(ge=1)]] = Field(min_length=1)
    before: Annotated[Before, Field(strict=False)]

    def build(self) -> ReminderRule:
        return ReminderRule(rule=self.rule, days_before=self.days_before, before=self.before)


class MailPart(Part):
    """One mail. opening: its first paragraph, instead of the usual one."""

    opening: Words


class Paid(Part):
    note: Words
    by_nobody: Many[Words] = Field(min_length=1)


class Label(Part):
    key: Key
    name: Words

    def build(self) -> SeatLabel:
        return SeatLabel(self.key, self.name.build())


class DelegationPart(Part):
    """admission: the meeting's own where it is left out."""

    key: Key
    kind: Annotated[DelegationKind, Field(strict=False)]
    name: Words
    official_name: Words
    of_name: Words
    seats: int = Field(ge=1, le=1000)
    courtesies: Many[str]
    country: str | None = None
    abbreviation: Words | None = None
    labels: Many[Label] = ()
    admission: Annotated[Admission | None, Field(strict=False)] = None
    addressee: Annotated[Addressee, Field(strict=False)] = Addressee.PERSON
    asks_passport: bool = True
    asks_letter: bool = True
    asks_acceptance: bool = True
    is_host: bool = False
    travel_note: Words | None = None
    region: str | None = None

    def build(self, admission: Admission) -> Delegation:
        return Delegation(
            key=DelegationKey(self.key),
            kind=self.kind,
            name=self.name.build(),
            official_name=self.official_name.build(),
            of_name=self.of_name.build(),
            abbreviation=build_maybe(self.abbreviation),
            country=self.country,
            seats=self.seats,
            labels=tuple(label.build() for label in self.labels),
            courtesies=self.courtesies,
            admission=self.admission or admission,
            addressee=self.addressee,
            asks_passport=self.asks_passport,
            asks_letter=self.asks_letter,
            asks_acceptance=self.asks_acceptance,
            is_host=self.is_host,
            travel_note=build_maybe(self.travel_note),
            region=self.region,
        )


class CategoryPart(Part):
    key: Key
    name: Words
    courtesies: Many[str] = ()
    addressee: Annotated[Addressee, Field(strict=False)] = Addressee.PERSON
    asks_passport: bool = False
    asks_letter: bool = False
    asks_acceptance: bool = False
    asks_position: bool = True
    registers_itself: bool = False

    def build(self) -> Delegation:
        name = self.name.build()
        return Delegation(
            key=DelegationKey(self.key),
            kind=DelegationKind.CATEGORY,
            name=name,
            official_name=name,
            abbreviation=None,
            country=None,
            seats=0,
            courtesies=self.courtesies,
            addressee=self.addressee,
            asks_passport=self.asks_passport,
            asks_letter=self.asks_letter,
            asks_acceptance=self.asks_acceptance,
            asks_position=self.asks_position,
            registers_itself=self.registers_itself,
        )


class Item(Part):
    """ends is left out where the source gives no end. section: the heading above this item."""

    starts: time
    kind: ItemKind
    title: Words
    ends: time | None = None
    number: str | None = None
    details: Many[Words] = ()
    section: Words | None = None

    def build(self) -> AgendaItem:
        return AgendaItem(
            starts=self.starts,
            ends=self.ends,
            kind=self.kind,
            number=self.number,
            title=self.title.build(),
            details=tuple(detail.build() for detail in self.details),
            section=build_maybe(self.section),
        )


class Day(Part):
    day: date
    opens: time
    closes: time
    items: Many[Item] = Field(min_length=1)

    def build(self, shift: timedelta) -> AgendaDay:
        items = tuple(item.build() for item in self.items)
        return AgendaDay(self.day + shift, self.opens, self.closes, items)


def build_all(texts: tuple[Words, ...]) -> tuple[Text, ...]:
    """Return each text as the domain's."""
    return tuple(text.build() for text in texts)


def build_maybe(words: Words | None) -> Text | None:
    """Return the domain's text, or None where the file has none."""
    return words.build() if words else None
