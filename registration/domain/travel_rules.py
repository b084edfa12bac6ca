"""What a traveller may tell, and until when: pure rules of the travel step."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from registration.domain.meeting import Meeting
from registration.domain.passport_checks import MONTHS_AFTER_MEETING, add_months
from registration.domain.refusals import ChangesClosed, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.domain.travel import TRAVELLING, is_traveller
from registration.domain.travel_refusals import NotTravelling, TicketIssued

#: Nobody who travels was born before; a year typed wrong is seen.
FIRST_YEAR = 1900
# ICAO Doc 9303-4 has nine signs; a longer number goes on in the optional field of fourteen.
_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
_TELEPHONE = re.compile(r"\+?[0-9 ()./-]+")
# ITU-T E.164: fifteen digits at most, country code included.
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was typed of passport and journey, to be judged. born, expires: None for no day."""

    number: str = field(repr=False)
    nationality: str = field(repr=False)
    born: date | None = field(repr=False)
    expires: date | None = field(repr=False)
    city: str = field(repr=False)
    telephone: str = field(repr=False)


class Fault(StrEnum):
    """What is wrong with one thing that was told."""

    NUMBER = "number"
    NATIONALITY = "nationality"
    BORN = "born"
    EXPIRES = "expires"
    EXPIRES_EARLY = "expires_early"
    CITY = "city"
    TELEPHONE = "telephone"


def refuse_travel(
    meeting: Meeting, registration: Registration, *, has_ticket: bool, actor: Actor, now: datetime
) -> Refusal | None:
    """Return why the travel data cannot be told or changed now, or None.

    has_ticket: whether a ticket was issued on what was told. now: aware. The desks may at any time,
    for they are who is asked to once the delegate cannot.
    """
    if not is_traveller(meeting, registration):
        return NotTravelling()
    if actor is Actor.SECRETARIAT:
        return None
    if has_ticket:
        return TicketIssued()
    return ChangesClosed(meeting.changes_until) if now >= meeting.changes_until else None


def refuse_needs(
    meeting: Meeting, registration: Registration, *, actor: Actor, now: datetime
) -> Refusal | None:
    """Return why nobody can say now what the person needs at table and in the house, or None."""
    if registration.state not in TRAVELLING:
        return NotTravelling()
    if actor is Actor.SECRETARIAT or now < meeting.changes_until:
        return None
    return ChangesClosed(meeting.changes_until)


def judge_travel(
    told: Told, meeting: Meeting, *, countries: frozenset[str], today: date
) -> dict[str, Fault]:
    """Return what is wrong with what was told, by the field's name; empty where nothing is.

    countries: the ISO 3166 codes that may be a nationality. today: on the meeting's calendar. A
    passport must be valid to the meeting's last day; whoever must have more is only warned.
    """
    digits = sum(each.isdigit() for each in told.telephone)
    is_telephone = bool(_TELEPHONE.fullmatch(told.telephone))
    wrong = {
        Fault.NUMBER: not _is_number(told.number),
        Fault.NATIONALITY: told.nationality not in countries,
        Fault.BORN: told.born is None or not date(FIRST_YEAR, 1, 1) <= told.born < today,
        Fault.EXPIRES: told.expires is None,
        Fault.EXPIRES_EARLY: told.expires is not None and told.expires < meeting.last_day,
        Fault.CITY: not any(each.isalpha() for each in told.city),
        Fault.TELEPHONE: not is_telephone or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS,
    }
    fields = {Fault.EXPIRES_EARLY: "expires"}
    return {fields.get(each, each.value): each for each in Fault if wrong[each]}


def expires_soon(expires: date, meeting: Meeting) -> bool:
    """Return whether the passport is not valid for six months after the meeting, which many
    countries ask for: its holder is warned."""
    return expires < add_months(meeting.last_day, MONTHS_AFTER_MEETING)


def clean_number(text: str) -> str:
    """Return a passport's number as tickets write it: capitals and digits alone."""
    return re.sub(r"[\s.<-]", "", text).upper()


def read_day(text: str) -> date | None:
    """Return the day that was typed, day first ("9/4/1978") or as ISO 8601; None for no day."""
    found = _DAY_FIRST.fullmatch(text.strip())
    try:
        if found is not None:
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and any(each.isdigit() for each in text)
