"""The way of an entry as its delegate sees it, step by step."""

from datetime import UTC, datetime

from flask import g

from registration.delegate.standing import Papers, list_steps
from registration.domain.states import State
from tests.builders import make_meeting
from tests.mail.builders import make_registration
from tests.sites import Site


def test_who_takes_part_without_a_letter_reads_approved_without_a_day(site: Site) -> None:
    assert _review(site, State.ACCEPTED, "en") == "Approved"
    assert _review(site, State.INVITED, "es") == "Aprobada"
    assert _review(site, State.SUBMITTED, "en") == "In progress"


def _review(site: Site, state: State, language: str) -> str:
    """Return what the step of the review says, of an entry for which no letter was issued."""
    meeting = make_meeting()
    registration = make_registration(state=state)
    with site.app.test_request_context(f"/{language}/"):
        g.language, g.meeting, g.arrived_at = language, meeting, datetime.now(UTC)
        steps = list_steps(
            registration, meeting, meeting.delegations[0], Papers(letter=None, acceptance=None)
        )
    return steps[1].fact
