"""What the public form asks of people, told before they begin."""

from dataclasses import dataclass

from registration.domain.meeting import Meeting


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What at least one of those who can register here is asked for."""

    passport: bool
    letter: bool
    acceptance: bool


def list_asked(meeting: Meeting) -> Asked:
    """Return what a meeting asks of those who fill in its form; whom the desk enters, it tells."""
    forms = [
        *meeting.delegations,
        *(each for each in meeting.categories if each.registers_itself),
    ]
    return Asked(
        passport=any(each.asks_passport for each in forms),
        letter=any(each.asks_letter for each in forms),
        acceptance=any(each.asks_acceptance for each in forms),
    )
