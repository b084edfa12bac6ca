"""A meeting's file, read: `read_definition` gives the checked definition, or its faults."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError

from registration.domain.ids import MeetingId
from registration.domain.meeting import Admission, Meeting, Promotion
from registration.meetings import rules
from registration.meetings.amending import Amendments, lay_over
from registration.meetings.calls import CallPart
from registration.meetings.faults import Fault, Wrong, name_place, read_errors
from registration.meetings.keys import list_keys
from registration.meetings.letter_parts import LetterPart
from registration.meetings.parts import (
    About,
    CategoryPart,
    CourtesyPart,
    Dates,
    Day,
    DelegationPart,
    MailPart,
    Many,
    Names,
    Paid,
    Part,
    ReminderPart,
    Words,
    build_all,
    build_maybe,
)
from registration.meetings.places import find_line, index_lines
from registration.meetings.program import DocumentPart, RegionPart, RoadmapPart, SegmentPart
from registration.meetings.syntax import read_table


def _prefix(prefix: str) -> str:
    if not re.fullmatch(r"[A-Z]{2,6}", prefix):
        raise ValueError(
            f"{prefix!r} cannot begin the references. | Write two to six capital letters: RCM."
        )
    return prefix


class Definition(Part):
    """The whole file. docs/meeting-file.md explains each key."""

    prefix: Annotated[str, AfterValidator(_prefix)]
    languages: Many[str] = Field(min_length=1)
    contact: str
    admission: Annotated[Admission, Field(strict=False)]
    promote: Annotated[Promotion, Field(strict=False)]
    # Ten years at most: a day beyond the calendar would stop the site.
    retention_days: int = Field(ge=1, le=3650)
    passport_retention_days: int = Field(ge=1, le=3650)
    assumptions: Many[str] = ()
    treatments: Many[Words]
    abbreviations: Many[Words] = ()
    dates: Dates
    names: Names
    about: About
    courtesies: Many[CourtesyPart] = ()
    paid: Paid | None = None
    delegations: Many[DelegationPart] = Field(min_length=1)
    categories: Many[CategoryPart] = ()
    agenda: Many[Day]
    letter: LetterPart
    terms: Many[Words] = ()
    privacy: Many[Words] = Field(min_length=1)
    reminders: Many[ReminderPart] = ()
    mails: dict[str, MailPart] = Field(default_factory=dict)
    regions: Many[RegionPart] = ()
    segments: Many[SegmentPart] = ()
    roadmap: Many[RoadmapPart] = ()
    documents: Many[DocumentPart] = ()
    calls: Many[CallPart] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.dates.zone)

    def to_instant(self, local: datetime, *, rolled_weeks: int = 0) -> datetime:
        """Return a local moment of the file, rolled, as an aware UTC one.

        The hour on the clock of the meeting's zone stays the same. One that summer time skips is
        the instant at which the clock is put forward.
        """
        moved = (local + timedelta(weeks=rolled_weeks)).replace(tzinfo=self.zone)
        return moved.astimezone(UTC)

    def to_meeting(self, meeting_id: MeetingId, rolled_weeks: int = 0) -> Meeting:
        """Return the meeting, with all of its dates later by so many whole weeks."""
        shift = timedelta(weeks=rolled_weeks)
        dates, names, about = self.dates, self.names, self.about
        return Meeting(
            id=meeting_id,
            prefix=self.prefix,
            languages=self.languages,
            zone=self.zone,
            zone_name=names.zone_name.build(),
            first_day=dates.first_day + shift,
            last_day=dates.last_day + shift,
            deadline=self.to_instant(dates.deadline, rolled_weeks=rolled_weeks),
            changes_until=self.to_instant(dates.changes_until, rolled_weeks=rolled_weeks),
            rolled_weeks=rolled_weeks,
            organisation=names.organisation.build(),
            organisation_short=names.organisation_short.build(),
            office=names.office.build(),
            title=names.title.build(),
            short_title=names.short_title.build(),
            purpose=build_all(about.purpose),
            product=build_maybe(about.product),
            participation_level=build_maybe(about.participation_level),
            sovereignty_note=build_maybe(about.sovereignty_note),
            about=tuple(each.build() for each in about.sections),
            venue=names.venue.build(),
            city=names.city.build(),
            contact=self.contact,
            promotion=self.promote,
            delegations=tuple(each.build(self.admission) for each in self.delegations),
            categories=tuple(each.build() for each in self.categories),
            courtesies=tuple(each.build() for each in self.courtesies),
            courtesies_note=build_maybe(self.paid.note if self.paid else None),
            not_paid=build_all(self.paid.by_nobody) if self.paid else (),
            agenda=tuple(each.build(shift) for each in self.agenda),
            terms=build_all(self.terms),
            letter=self.letter.build(),
            privacy=build_all(self.privacy),
            treatments=build_all(self.treatments),
            assumptions=self.assumptions,
            retention_days=self.retention_days,
            passport_retention_days=self.passport_retention_days,
            reminders=tuple(each.build() for each in self.reminders),
            openings={occasion: each.opening.build() for occasion, each in self.mails.items()},
            **self._build_program(rolled_weeks),
        )

    def _build_program(self, rolled_weeks: int) -> dict[str, Any]:
        """The parts that a small meeting does without."""
        shift = timedelta(weeks=rolled_weeks)
        to_instant = partial(self.to_instant, rolled_weeks=rolled_weeks)
        return {
            "regions": tuple(each.build() for each in self.regions),
            "segments": tuple(each.build(shift) for each in self.segments),
            "roadmap": tuple(each.build(shift) for each in self.roadmap),
            "documents": tuple(each.build() for each in self.documents),
            "calls": tuple(each.build(shift, to_instant) for each in self.calls),
        }


def read_definition(
    source: str, *, name: str, amendments: Amendments | None = None
) -> Definition | list[Fault]:
    """Return the definition, or every fault found, in the order of the file.

    source: the text of the TOML file. name: the file's name without its ending; it becomes part of
    the addresses of the site. amendments: what the desk changed of it.
    """
    table = read_table(source)
    if isinstance(table, Fault):
        return [table]
    if amendments is not None:
        table = lay_over(table, amendments)
    try:
        definition = Definition.model_validate(table)
    except ValidationError as error:
        known = list_keys(Definition)
        return _locate(source, read_errors(error.errors(), known))
    wrongs = [*rules.check_name(name), *rules.check(definition)]
    return _locate(source, wrongs) if wrongs else definition


def _locate(source: str, wrongs: list[Wrong]) -> list[Fault]:
    lines = index_lines(source)
    faults = [
        Fault(name_place(each.place), find_line(lines, each.place), each.problem, each.remedy)
        for each in wrongs
    ]
    return sorted(faults, key=lambda fault: fault.line or 0)
