"""A registrar's office over a real database, with the shipped meeting loaded, and a guide that
walks entries through their journey."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from registration.domain.events import By
from registration.domain.ids import DelegationKey, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.papers import FileRole
from registration.domain.refusals import Refusal
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import Actor
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.meetings.definition import Definition
from registration.meetings.reading import get_meeting
from registration.registrar import confirming, deciding, entering, meetings, receiving, registering
from registration.registrar.office import CheckYourEmail, Moved, Office
from registration.store import reading
from registration.store.database import Database
from registration.vault.boxes import Vault, make_key
from registration.vault.storage import open_storage
from tests.builders import RCM, make_particulars, read_good
from tests.seals import make_seal

#: A day on which the workshop's registration is open.
OPEN_DAY = datetime(2022, 2, 14, 15, 12, tzinfo=UTC)
REVIEWER = By(actor=Actor.SECRETARIAT, staff_id=1, name="Luisa Pérez")
OTHER_REVIEWER = By(actor=Actor.SECRETARIAT, staff_id=2, name="Tomás Rivas")
FOCAL_POINT = By(actor=Actor.FOCAL_POINT)

MEETINGS = Path(__file__).parents[1] / "meetings"
_KEY = make_key()


def make_office(url: str) -> Office:
    """Return an office with a vault in memory; the bell rings for nobody."""
    return Office(
        database=Database(url),
        vault=Vault([_KEY], open_storage("memory://")),
        tokens=Tokens(b"k" * 32),
        addresses=Addresses("https://registration.example.org"),
        seal=make_seal(),
    )


def load_workshop(url: str) -> None:
    """Load the RCM workshop as `load_meeting` does: into a database that is then copied."""
    office = make_office(url)
    load_meeting(office)
    office.database.dispose()


def load_meeting(
    office: Office,
    meeting_id: MeetingId = RCM,
    *,
    as_id: MeetingId | None = None,
    rolled_weeks: int = 0,
    **changes: str,
) -> None:
    """Load a shipped meeting, under another id if one is given. changes: keys of the file's top
    with another text, as promote="auto"."""
    source, definition = read_shipped(meeting_id, tuple(sorted(changes.items())))
    meetings.load(
        office,
        definition,
        source,
        meeting_id=as_id or meeting_id,
        rolled_weeks=rolled_weeks,
        now=OPEN_DAY,
    )


@cache
def read_shipped(
    meeting_id: str, changes: tuple[tuple[str, str], ...] = ()
) -> tuple[str, Definition]:
    """Return a shipped file and what it says, read once in a process of tests."""
    source = (MEETINGS / f"{meeting_id}.toml").read_text(encoding="utf-8")
    for key, value in changes:
        lines = source.splitlines(keepends=True)
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{key} = "))
        lines[at] = f'{key} = "{value}"\n'
        source = "".join(lines)
    definition = read_good(source, meeting_id)
    return source, definition


@dataclass
class Guide:
    """Walks entries through their journey; `now` moves on only when a test says so."""

    office: Office
    now: datetime = OPEN_DAY
    names: list[str] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting:
        with self.office.database.reading() as session:
            return get_meeting(session, RCM)

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def apply(
        self,
        delegation: str = "cr",
        *,
        particulars: Particulars | None = None,
        with_passport: bool = True,
        **choices: object,
    ) -> entering.Application:
        """Return a filled form, its passport received."""
        entry = RegistrationId(uuid4())
        if with_passport:
            self.send_passport(entry)
        return entering.Application(
            entry=entry,
            meeting_id=RCM,
            delegation_key=DelegationKey(delegation),
            particulars=particulars or self.make_person(),
            **choices,  # type: ignore[arg-type]  # the test names fields of the form
        )

    def send_passport(self, entry: RegistrationId, data: bytes = b"a passport's picture") -> None:
        file = receiving.ReceivedFile(
            name="pasaporte.jpg", media_type="image/jpeg", pages=1, data=data
        )
        receiving.receive_file(self.office, entry, FileRole.PASSPORT, file, arrived_at=self.now)

    def make_person(self, **fields: str) -> Particulars:
        """Return a person whom nobody else is."""
        number = len(self.names)
        self.names.append(f"Persona {_in_letters(number)}")
        given = {"given_names": self.names[-1], "email": f"p{number}@example.org", **fields}
        return make_particulars(**given)

    def register(self, application: entering.Application) -> CheckYourEmail | Refusal:
        return registering.register(self.office, application, arrived_at=self.now)

    def confirm(self, id: RegistrationId, **choices: str) -> Moved | Refusal:
        version = self.get(id).version
        return confirming.confirm(self.office, id, version=version, arrived_at=self.now, **choices)

    def submit(self, delegation: str = "cr", **choices: object) -> Registration:
        """Register and confirm somebody; return the entry as it then is."""
        application = self.apply(delegation, **choices)  # type: ignore[arg-type]  # as above
        answer = self.register(application)
        assert answer == CheckYourEmail(), answer
        moved = self.confirm(application.entry)
        assert isinstance(moved, Moved), moved
        return moved.registration

    def approve(self, registration: Registration) -> Registration:
        moved = deciding.approve(
            self.office,
            registration.id,
            version=registration.version,
            by=REVIEWER,
            arrived_at=self.now,
        )
        assert isinstance(moved, Moved), moved
        return moved.registration

    def get(self, id: RegistrationId) -> Registration:
        with self.office.database.reading() as session:
            return reading.get_registration(session, id)

    def list_mails(self, id: RegistrationId) -> list[tuple[str, str]]:
        """Return occasion and recipient of the entry's mails, the oldest first, then by name."""
        with self.office.database.reading() as session:
            mails = reading.list_mails(session, id)
        ordered = sorted(mails, key=lambda each: (each.made_at, each.occasion))
        return [(each.occasion, each.recipient) for each in ordered]

    def list_events(self, id: RegistrationId) -> list[str]:
        """Return the events of the entry's history, the oldest first."""
        chain = reading.chain_of_registration(id)
        with self.office.database.reading() as session:
            return [line.event.value for line in reversed(reading.list_history(session, chain))]


def _in_letters(number: int) -> str:
    letters = ""
    while True:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
        if number < 0:
            return letters
