"""Where an entry stands on its way: the five steps of the path, each with one fact."""

from dataclasses import dataclass
from datetime import datetime

from registration.domain.courtesies import receives
from registration.domain.meeting import Courtesy, Delegation, Meeting
from registration.domain.papers import Acceptance, IssuedLetter
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.web.templates import current_words
from registration.web.words import gettext, pgettext


@dataclass(frozen=True)
class StepShown:
    """One step as its macro draws it. stand: "done", "now" or "next"."""

    title: str
    fact: str
    stand: str
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Papers:
    """What has been issued for the entry so far."""

    letter: IssuedLetter | None
    acceptance: Acceptance | None


#: Which step is the current one, from 0.
_NOW = {
    State.UNCONFIRMED: 0,
    State.NOMINATED: 0,
    State.RETURNED: 0,
    State.SUBMITTED: 1,
    State.RESERVE: 1,
    State.INVITED: 2,
    State.ACCEPTED: 3,
}
#: Which steps somebody does without: who is asked for no signature; whose journey nobody pays then.
_SIGNATURE, _TRAVEL = 2, 3
_ICONS = ("pencil", "clock", "pencil", "plane", "pin")


def list_steps(
    registration: Registration, meeting: Meeting, delegation: Delegation, papers: Papers
) -> list[StepShown]:
    """Return the steps of an entry that lives; without the signature where none is asked for,
    and then without the journey too where nobody but the person has to do with it."""
    now = _NOW[registration.state]
    steps = [
        (gettext("Registration"), _sent_fact(registration, meeting)),
        (_review_title(registration), _review_fact(registration, meeting, papers)),
        (gettext("Your signature"), _signature_fact(registration, meeting, papers)),
        (gettext("Travel"), _travel_fact(meeting, delegation)),
        (gettext("Meeting"), _capital(_days(meeting))),
    ]
    icons = list(_ICONS)
    if not delegation.asks_acceptance:
        last = _SIGNATURE if _received(meeting, delegation) else _TRAVEL
        del steps[_SIGNATURE : last + 1], icons[_SIGNATURE : last + 1]
    return [
        StepShown(
            title,
            fact,
            stand="done" if at < now else "now" if at == now else "next",
            icon=_icon(icons[at], registration),
            kind=_kind(at, now, registration),
        )
        for at, (title, fact) in enumerate(steps)
    ]


def _kind(at: int, now: int, registration: Registration) -> str:
    is_shown = at == now and registration.state in {State.RETURNED, State.RESERVE}
    return registration.state.value if is_shown else ""


def _icon(usual: str, registration: Registration) -> str:
    special = {State.RESERVE: "lines", State.RETURNED: "arrow-back"}
    return special.get(registration.state, usual)


def _sent_fact(registration: Registration, meeting: Meeting) -> str:
    match registration.state:
        case State.NOMINATED:
            return gettext("To be completed")
        case State.RETURNED:
            return gettext("To be corrected")
        case State.UNCONFIRMED:
            return gettext("To be confirmed")
    return gettext("Sent on %(day)s", day=_short(registration.created_at, meeting))


def _review_title(registration: Registration) -> str:
    return (
        gettext("Reserve list")
        if registration.state is State.RESERVE
        else gettext("Review by the Secretariat")
    )


def _review_fact(registration: Registration, meeting: Meeting, papers: Papers) -> str:
    if registration.state is State.RESERVE:
        return gettext("Waiting for a seat")
    if registration.state is State.SUBMITTED:
        return gettext("In progress")
    if registration.state not in {State.INVITED, State.ACCEPTED}:
        return ""
    if papers.letter is None:
        return pgettext("registration", "Approved")
    return gettext("Approved on %(day)s", day=_short(papers.letter.issued_at, meeting))


def _signature_fact(registration: Registration, meeting: Meeting, papers: Papers) -> str:
    if papers.acceptance is not None and registration.state is State.ACCEPTED:
        return gettext("Signed on %(day)s", day=_short(papers.acceptance.accepted_at, meeting))
    if registration.state is State.INVITED:
        last = current_words().last_minute(meeting.changes_until, meeting.zone)
        return gettext("Until %(moment)s", moment=last)
    return ""


def _travel_fact(meeting: Meeting, delegation: Delegation) -> str:
    """Name what this delegation receives for its journey; the rest is its own affair."""
    names = [each.name[current_words().language] for each in _received(meeting, delegation)]
    if not names and delegation.is_category:
        return gettext("Arranged by yourself")
    if not names:
        return gettext("Arranged by your delegation")
    others = [each[:1].lower() + each[1:] for each in names[1:]]
    return current_words().enumerate([names[0], *others])


def _received(meeting: Meeting, delegation: Delegation) -> list[Courtesy]:
    return [each for each in meeting.courtesies if receives(delegation, each.key)]


def _days(meeting: Meeting) -> str:
    return current_words().days(meeting.first_day, meeting.last_day)


def _short(at: datetime, meeting: Meeting) -> str:
    return current_words().short_day(at.astimezone(meeting.zone).date())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
