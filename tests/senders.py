"""Calls as tests use them: the shipped workshop with a few calls, and what is sent to them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from registration.domain.ids import MeetingId
from registration.domain.submissions import Sender, Submission
from registration.meetings.rolling import weeks_to_roll
from registration.registrar import meetings, sending, submitting
from registration.registrar.office import CheckYourEmail, Office
from registration.store.reading.submissions import (
    find_of_address,
    find_submission,
    get_submission,
)
from tests.additions import speak_all
from tests.builders import RCM, read_good
from tests.offices import MEETINGS, OPEN_DAY
from tests.pages import Pages
from tests.sites import Site

#: Which sub-region each delegation is given; Canada's is none from which calls choose.
REGIONS = {
    **dict.fromkeys(("bz", "cr", "sv", "gt", "hn", "ni", "pa"), "central"),
    **dict.fromkeys(("mx",), "north"),
    **dict.fromkeys(("do",), "caribbean"),
    **dict.fromkeys(("ca", "us", "rncom", "sacm"), "outside"),
}

_CALLS = Path(__file__).with_suffix(".toml")


def source_with_calls() -> str:
    """Return the workshop's file with sub-regions and calls."""
    source = (MEETINGS / f"{RCM}.toml").read_text(encoding="utf-8")
    for key, region in REGIONS.items():
        source = source.replace(
            f'[[delegations]]\nkey = "{key}"\n',
            f'[[delegations]]\nkey = "{key}"\nregion = "{region}"\n',
        )
    return source + speak_all(_CALLS.read_text(encoding="utf-8"))


def load_calls(office: Office, *, now: datetime | None = None) -> None:
    """Give the workshop its calls. now: so that registration is open then; else as it was."""
    source = source_with_calls()
    definition = read_good(source, RCM)
    # By its own dates alone: one of the calls is to have closed long ago.
    plain = definition.model_copy(update={"calls": ()})
    weeks = 0 if now is None else weeks_to_roll(plain, now)
    meetings.load(
        office,
        definition,
        source,
        meeting_id=MeetingId(RCM),
        rolled_weeks=weeks,
        now=now or OPEN_DAY,
    )


def make_sender(email: str = "marta@example.org", **changes: str) -> Sender:
    values = {
        "name": "Marta Solís",
        "institution": "Red de Mujeres",
        "position": "Coordinadora",
        "email": email,
        "language": "es",
    }
    return Sender(**(values | changes))


ANSWERS = {
    "rapporteur": {"group": "youth", "tongues": "en\nes", "motto": "", "letter": "Porque sí."},
    "co-chairs": {"why": "Queremos presidir."},
    "news": {"interests": "documents"},
    "late": {"why": ""},
    "early": {"why": ""},
}


def make_sending(
    call: str = "rapporteur", email: str = "marta@example.org", **changes: object
) -> sending.Sending:
    values: dict[str, object] = {
        "id": uuid4(),
        "meeting_id": RCM,
        "call": call,
        "sender": make_sender(email),
        "answers": ANSWERS.get(call, {}),
        **changes,
    }
    return sending.Sending(**values)  # type: ignore[arg-type]  # the test names fields of the form


def send_to_call(
    office: Office,
    call: str = "rapporteur",
    email: str = "marta@example.org",
    *,
    at: datetime | None = None,
    **changes: object,
) -> Submission:
    """Send to a call and confirm it; or return what this address has sent there already."""
    at = at or datetime.now(UTC) - timedelta(hours=1)
    with office.database.reading() as session:
        key = str(changes.get("delegation", "")) or None
        known = find_of_address(session, RCM, call, email, delegation=key)
    if known is not None:
        return known
    form = make_sending(call, email, **changes)
    answer = sending.send(office, form, arrived_at=at)
    assert answer == CheckYourEmail(), answer
    return confirm(office, form.id, at=at)


def confirm(office: Office, id: UUID, *, at: datetime) -> Submission:
    confirmed = submitting.confirm_submission(
        office, id, version=read(office, id).version, arrived_at=at
    )
    assert isinstance(confirmed, Submission), confirmed
    return confirmed


def read(office: Office, id: UUID) -> Submission:
    with office.database.reading() as session:
        return get_submission(session, id)


def find(office: Office, id: UUID) -> Submission | None:
    with office.database.reading() as session:
        return find_submission(session, id)


def link_of(site: Site, submission: Submission) -> str:
    """Return the path of the newest private link of what was sent."""
    token = site.office.tokens.of_submission(submission.id, submission.link_generation)
    return f"/l/{token}"


def submission_path(submission: Submission, *rest: str, language: str = "es") -> str:
    """Return the address of the sender's page, or of one below it."""
    return f"/{language}/submission/{submission.reference}/" + "/".join(rest)


def leave_path(site: Site, submission: Submission, language: str = "es") -> str:
    """Return the path at which the sender leaves by one click."""
    token = site.office.tokens.of_leaving(submission.id, submission.link_generation)
    return f"/{language}/leave/{submission.reference}/{token}"


def open_link(pages: Pages, site: Site, submission: Submission) -> str:
    """Open the private link in this browser; return where it leads."""
    answer = pages.client.get(link_of(site, submission), base_url=site.url)
    assert answer.status_code == 303
    return str(answer.location)
