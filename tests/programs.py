"""A meeting of another kind: the workshop's file with categories that register themselves, and
with segments where a test says so."""

from collections.abc import Mapping
from datetime import UTC, datetime

from registration.domain.ids import MeetingId
from registration.meetings.rolling import weeks_to_roll
from registration.registrar import meetings
from registration.registrar.office import Office
from tests.builders import RCM, read_good
from tests.offices import MEETINGS, OPEN_DAY

#: Categories of the workshop whose people fill in the form here, and what is asked of them.
SELF_REGISTERING: Mapping[str, str] = {
    "speakers": "registers_itself = true",
    "organisers": "registers_itself = true\nasks_letter = true",
}

SEGMENTS = """
[[segments]]
key = "hearing"
day = 2022-03-31
title.en = "Hearing of the stakeholders"
title.es = "Audiencia de las partes interesadas"
title.fr = "Audition multipartite"
title.pt = "Audiência das partes interessadas"
place = { en = "Hall 1", es = "Sala 1", fr = "Salle 1", pt = "Sala 1" }
starts = 10:00:00
ends = 13:00:00
capacity = 2
objectives = [1, 3]

[[segments]]
key = "panel"
day = 2022-03-31
title.en = "Panel on regular pathways"
title.es = "Panel sobre vías regulares"
title.fr = "Panel sur les voies régulières"
title.pt = "Painel sobre vias regulares"
capacity = 1

[[segments]]
key = "closing"
day = 2022-04-01
title = { en = "Closing", es = "Clausura", fr = "Clôture", pt = "Encerramento" }
summary.en = "The way ahead."
summary.es = "Los pasos siguientes."
summary.fr = "La suite."
summary.pt = "Os próximos passos."
"""


def make_source(*, segments: str = "", categories: Mapping[str, str] = SELF_REGISTERING) -> str:
    """Return the workshop's file, changed. segments: TOML."""
    source = (MEETINGS / f"{RCM}.toml").read_text(encoding="utf-8")
    for key, lines in categories.items():
        head = f'[[categories]]\nkey = "{key}"\n'
        assert head in source, key
        source = source.replace(head, f"{head}{lines}\n")
    return source + segments


def load_program(
    office: Office,
    *,
    segments: str = "",
    categories: Mapping[str, str] = SELF_REGISTERING,
    rolled_weeks: int = 0,
    as_id: MeetingId = RCM,
) -> None:
    """Load the meeting in place of the workshop."""
    source = make_source(segments=segments, categories=categories)
    definition = read_good(source, as_id)
    meetings.load(
        office, definition, source, meeting_id=as_id, rolled_weeks=rolled_weeks, now=OPEN_DAY
    )


def load_open_program(office: Office, *, segments: str = "") -> None:
    """Load it as a rehearsal that is open today, for tests of pages."""
    definition = read_good(make_source(), RCM)
    weeks = weeks_to_roll(definition, datetime.now(UTC))
    load_program(office, segments=segments, rolled_weeks=weeks)
