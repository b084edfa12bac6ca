"""A meeting as its file describes it. Part 2 of the design names the traps in the two real ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from registration.domain.calls import Call
from registration.domain.ids import DelegationKey, Language, MeetingId
from registration.domain.letter_texts import LetterTexts
from registration.domain.meeting_text import Text, TextSection
from registration.domain.program import Document, Region, RoadmapItem, Segment
from registration.domain.reminder_rules import ReminderRule


class Admission(StrEnum):
    """Who may register for a delegation: anybody, or whoever came through its link (T61)."""

    OPEN = "open"
    LINK = "link"


class Promotion(StrEnum):
    """How a person leaves the reserve list; NONE: the meeting keeps no reserve list."""

    NONE = "none"
    BY_HAND = "hand"
    AUTO = "auto"


class Addressee(StrEnum):
    """To whom the letter is written: the person, or the institution with the person named."""

    PERSON = "person"
    INSTITUTION = "institution"


class Desk(StrEnum):
    """A desk of the site that arranges a courtesy, and sees those who receive it. TRAVEL: with
    their passports. HOST: their names and nights."""

    TRAVEL = "travel"
    HOST = "host"


class DelegationKind(StrEnum):
    """What a delegation is; it decides how pages group and name it."""

    MEMBER_COUNTRY = "member_country"
    #: Of the United Nations or one of its commissions.
    MEMBER_STATE = "member_state"
    ASSOCIATE_MEMBER = "associate_member"
    ORGANISATION = "organisation"
    #: People without a delegation's seat (organisers, hosts, speakers), entered at the desk.
    CATEGORY = "category"

    @property
    def has_country(self) -> bool:
        """Whether it is known by the code of a country or territory."""
        return self in {self.MEMBER_COUNTRY, self.MEMBER_STATE, self.ASSOCIATE_MEMBER}


@dataclass(frozen=True)
class SeatLabel:
    """The name of one particular seat ("PPT", "Technical Secretariat"), chosen by the delegate."""

    key: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Delegation:
    """Who may send how many delegates, as the file says it; or a category of participants.

    seats: how many, at least 1; 0 of a category, which has no limit.
    labels: one for each seat, in the order of the seats' numbers, or empty.
    courtesies: keys of the meeting's courtesies that each of its delegates receives.
    country: ISO 3166 alpha-2 in upper case for a country, else None.
    official_name: for lists, nameplates and addresses ("Republic of Costa Rica").
    of_name: the same within a sentence, with what the language puts before it ("of the Republic
    of Costa Rica", "de la República de Costa Rica").
    travel_note: what this delegation must know beside its courtesies, as a sentence.
    asks_passport, asks_letter, asks_acceptance, asks_position: what each of its people is asked
    for. Who gets no letter signs nothing either.
    region: the key of the meeting's region that it belongs to, or None.
    registers_itself: of a category, whether its people fill in the public form; else the desk
    enters them.
    """

    key: DelegationKey
    kind: DelegationKind
    name: Text
    official_name: Text
    abbreviation: Text | None
    country: str | None
    seats: int
    labels: tuple[SeatLabel, ...] = ()
    courtesies: tuple[str, ...] = ()
    admission: Admission = Admission.OPEN
    addressee: Addressee = Addressee.PERSON
    asks_passport: bool = True
    asks_letter: bool = True
    asks_acceptance: bool = True
    asks_position: bool = True
    is_host: bool = False
    travel_note: Text | None = None
    of_name: Text | None = None
    region: str | None = None
    registers_itself: bool = False

    @property
    def is_category(self) -> bool:
        return self.kind is DelegationKind.CATEGORY

    @property
    def takes_forms(self) -> bool:
        """Whether its people fill in the public form: a category only where the file says so."""
        return self.registers_itself or not self.is_category

    @property
    def asks_nothing(self) -> bool:
        """Whether whoever the desk enters needs no decision: there is nothing to look at."""
        return not (self.asks_passport or self.asks_letter)


@dataclass(frozen=True, kw_only=True)
class Courtesy:
    """One thing that somebody pays: what it is, the detail for the letter, and who provides it.

    everybody: whether each participant has it (venue, interpretation, coffee breaks).
    desk: the desk that arranges it, and for that opens the passports of those who receive it.
    payer_short: the payer's abbreviation for narrow tables ("IOM").
    icon: the name of a drawing in the icon macro ("plane", "bed", "meal", "cup", "headphones",
    "building").
    """

    key: str
    name: Text
    detail: Text
    payer: Text
    payer_short: Text
    icon: str
    everybody: bool = False
    desk: Desk | None = None


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One line of the agenda. ends is None where the source gives no end ("17:50 Open dinner").

    section: the heading that stands above this item, or None.
    kind: "session", "break", "meal", "arrival".
    """

    starts: time
    ends: time | None
    kind: str
    number: str | None
    title: Text
    details: tuple[Text, ...] = ()
    section: Text | None = None


@dataclass(frozen=True)
class AgendaDay:
    """One day: its date in the meeting's city and its items in the order of the source."""

    day: date
    opens: time
    closes: time
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A checked meeting.

    deadline, changes_until: aware UTC, each the first instant refused; always
    deadline <= changes_until <= midnight of first_day in the meeting's zone.
    retention_days, passport_retention_days: so many days after last_day personal data, and already
    the copies of passports, are erased.
    reminders: on which days people are reminded of what.
    openings: by occasion, the first paragraph of a mail where it is not the usual one.
    rehearsal: whether the dates were rolled forward (rolled_weeks > 0), so that nothing is valid.
    """

    id: MeetingId
    prefix: str
    languages: tuple[Language, ...]
    zone: ZoneInfo
    zone_name: Text
    first_day: date
    last_day: date
    deadline: datetime
    changes_until: datetime
    rolled_weeks: int
    organisation: Text
    organisation_short: Text
    office: Text
    title: Text
    short_title: Text
    purpose: tuple[Text, ...]
    product: Text | None
    participation_level: Text | None
    sovereignty_note: Text | None
    venue: Text
    city: Text
    contact: str
    promotion: Promotion
    delegations: tuple[Delegation, ...]
    categories: tuple[Delegation, ...]
    courtesies: tuple[Courtesy, ...]
    courtesies_note: Text | None
    not_paid: tuple[Text, ...]
    agenda: tuple[AgendaDay, ...]
    terms: tuple[Text, ...]
    letter: LetterTexts
    privacy: tuple[Text, ...]
    treatments: tuple[Text, ...]
    assumptions: tuple[str, ...]
    about: tuple[TextSection, ...] = ()
    retention_days: int = 90
    passport_retention_days: int = 30
    reminders: tuple[ReminderRule, ...] = ()
    openings: Mapping[str, Text] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    segments: tuple[Segment, ...] = ()
    roadmap: tuple[RoadmapItem, ...] = ()
    documents: tuple[Document, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def rehearsal(self) -> bool:
        return self.rolled_weeks > 0

    @property
    def keeps_reserve_list(self) -> bool:
        return self.promotion is not Promotion.NONE

    @property
    def erased_on(self) -> date:
        """The day, in the meeting's zone, at whose beginning what is left of it is erased."""
        return self.last_day + timedelta(days=self.retention_days)

    @property
    def passports_erased_on(self) -> date:
        """The day at whose beginning the copies of passports are erased: they are needed no longer
        than until the journey is settled."""
        return self.last_day + timedelta(days=self.passport_retention_days)

    def choose_language(self, wanted: Language) -> Language:
        """Return the language in which this meeting is told to a reader of the wanted one: that
        one where its file has it, else its first."""
        return wanted if wanted in self.languages else self.languages[0]

    def list_treatments(self, language: Language) -> tuple[str, ...]:
        """Return the forms of address to offer; two of one language may be one of another."""
        return tuple(dict.fromkeys(treatment[language] for treatment in self.treatments))

    @property
    def groups(self) -> tuple[Delegation, ...]:
        """All for whom somebody takes part: the delegations with seats, then the categories."""
        return (*self.delegations, *self.categories)

    @property
    def groups_taking_forms(self) -> tuple[Delegation, ...]:
        """Those for whom people register by themselves."""
        return tuple(each for each in self.groups if each.takes_forms)

    @property
    def asks_passports(self) -> bool:
        """Whether anybody at all is asked for the copy of a passport."""
        return any(each.asks_passport for each in self.groups)

    def find_call(self, key: str) -> Call | None:
        """Return the call with this key, or None."""
        return next((each for each in self.calls if each.key == key), None)

    def find_segment(self, key: str) -> Segment | None:
        """Return the segment with this key, or None."""
        return next((each for each in self.segments if each.key == key), None)

    def find_delegation(self, key: str) -> Delegation | None:
        """Return the delegation or category with this key, or None."""
        return next((each for each in self.groups if each.key == key), None)

    def get_delegation(self, key: str) -> Delegation:
        """Return the delegation or category with this key. Raises KeyError."""
        found = self.find_delegation(key)
        if found is None:
            raise KeyError(key)
        return found
