"""A meeting with a call that delegations answer over days, and somebody who writes in it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from registration.domain.call_refusals import CallRefusal
from registration.domain.calls import Call
from registration.domain.ids import MeetingId
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Sender, Submission
from registration.meetings.reading import get_meeting
from registration.meetings.rolling import weeks_to_roll
from registration.registrar import beginning, drafting, meetings
from registration.registrar.office import Office
from registration.store.reading.submissions import get_submission, list_submissions
from tests.additions import speak_all
from tests.builders import read_good
from tests.offices import MEETINGS, OPEN_DAY, REVIEWER

REVIEW = MeetingId("review")
CALL = "guiding-questions"

#: Added to the workshop's file: one call of three questions, closed at the end of February.
_CALLS = """
[[calls]]
key = "guiding-questions"
answering = "delegation"
kinds = ["member_country"]
is_sole = true
attachments = 2
closes = 2022-02-28T00:00:00
publishes = "submissions"
title = { en = "Guiding questions", es = "Preguntas orientadoras" }
summary = { en = "Each Member Country answers once.", es = "Cada País Miembro responde una vez." }

[[calls.sections]]
key = "collaboration"
title = { en = "Regional collaboration", es = "Colaboración regional" }

[[calls.sections.questions]]
key = "gaps"
kind = "text"
required = true
most = 20000
text = { en = "What are the main gaps?", es = "¿Cuáles son las principales brechas?" }

[[calls.sections.questions]]
key = "pledges"
kind = "text"
text = { en = "What would you pledge?", es = "¿Qué compromisos formularía?" }

[[calls.sections]]
key = "plan"
title = { en = "National plan", es = "Plan nacional" }

[[calls.sections.questions]]
key = "has-plan"
kind = "choice"
text = { en = "Is there a plan?", es = "¿Existe un plan?" }
choices = [
    { key = "yes", name = { en = "Yes", es = "Sí" } },
    { key = "no", name = { en = "No", es = "No" } },
]
"""


def read_review() -> str:
    """Return the file: the workshop's, and a call."""
    return (MEETINGS / "rcm-imrf-2022.toml").read_text(encoding="utf-8") + speak_all(_CALLS)


def load_review(office: Office, *, now: datetime | None = None) -> None:
    """Load the workshop with a call, as a meeting of its own. now: so that it is open then."""
    source = read_review()
    definition = read_good(source, REVIEW)
    weeks = 0 if now is None else weeks_to_roll(definition, now)
    meetings.load(
        office, definition, source, meeting_id=REVIEW, rolled_weeks=weeks, now=now or OPEN_DAY
    )


@dataclass
class Drafters:
    """People who write in the drafts of delegations."""

    office: Office
    now: datetime = OPEN_DAY

    def begin(self, delegation: str = "cr", email: str = "ana@example.org") -> Submission:
        """Begin a delegation's draft at the desk."""
        found = self.try_begin(delegation, email)
        assert isinstance(found, Submission), found
        return found

    def try_begin(
        self, delegation: str = "cr", email: str = "ana@example.org"
    ) -> Submission | CallRefusal | ReasonMissing:
        wanted = beginning.Beginning(
            id=uuid4(),
            meeting_id=REVIEW,
            call=CALL,
            delegation_key=delegation,
            sender=Sender(
                name="Ana Morales",
                institution="Dirección General de Migración",
                position="Directora",
                email=email,
                language="es",
            ),
        )
        return beginning.begin(self.office, wanted, by=REVIEWER, arrived_at=self.now)

    def save(
        self, id: UUID, question: str, words: str, *, seen: int = 0, writer: str = "Ana"
    ) -> drafting.Saved | CallRefusal | ReasonMissing:
        typed = {question: drafting.Typed(words, seen)}
        return drafting.save_answers(self.office, id, typed, writer=writer, arrived_at=self.now)

    def get(self, id: UUID) -> Submission:
        with self.office.database.reading() as session:
            return get_submission(session, id)

    def list_all(self) -> list[Submission]:
        with self.office.database.reading() as session:
            return list_submissions(session, REVIEW, CALL)

    @property
    def call(self) -> Call:
        """The call as its meeting stands."""
        with self.office.database.reading() as session:
            call = get_meeting(session, REVIEW).find_call(CALL)
        assert call is not None
        return call
