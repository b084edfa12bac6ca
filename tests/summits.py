"""A meeting with all that a larger one consists of, for the public pages."""

from datetime import UTC, datetime

from registration.domain.ids import MeetingId
from registration.meetings.definition import Definition
from registration.registrar import meetings
from registration.registrar.office import Office
from tests.additions import speak_all
from tests.builders import make_meeting, read_good
from tests.meetings.shipped import read_source

SUMMIT = MeetingId("summit")
#: Segments that are lines of the workshop's agenda: which day, which line.
_LINES = {"PROGRESS": (0, 3), "ADOPTION": (1, 1)}
#: A day in the middle of the roadmap; the meeting is on 31 March and 1 April 2022.
NOW = datetime(2022, 2, 10, 18, tzinfo=UTC)

_HEAD = """
[[regions]]
key = "central"
name = { en = "Central America", es = "América Central" }

[[regions]]
key = "outside"
name = { en = "Outside the region", es = "Fuera de la región" }
counts = false

"""
_PARTS = """
[[segments]]
key = "hearing"
day = 2022-03-31
starts = 21:00:00
ends = 22:30:00
title = { en = "Hearing; of, many", es = "Audiencia; de, muchas partes" }
place = { en = "Hall 1", es = "Sala 1" }
objectives = [2, 5]

[[segments]]
key = "progress"
day = 2022-03-31
objectives = [7]
title = PROGRESS

[[segments]]
key = "adoption"
day = 2022-04-01
place = { en = "Hall 2", es = "Sala 2" }
objectives = [23]
title = ADOPTION

[[segments]]
key = "closing"
day = 2022-04-02
title = { en = "Closing of all", es = "Cierre de todo" }

[[roadmap]]
key = "briefing"
title = { en = "Briefing for States", es = "Sesión informativa para los Estados" }
place = { en = "By video", es = "En línea" }
first_day = 2022-01-13
last_day = 2022-01-14
link = "https://www.example.org/briefing?a=1&b=2"

[[roadmap]]
key = "consultation"
title = { en = "Consultation of partners", es = "Consulta con partes interesadas" }
place = { en = "By video", es = "En línea" }
month = 2022-02-01
call = "speakers"

[[roadmap]]
key = "hearing"
title = { en = "Hearing of many", es = "Audiencia de muchas partes" }
place = { en = "Mexico City", es = "Ciudad de México" }
first_day = 2022-03-31
segment = "hearing"

[[documents]]
key = "compact"
title = { en = "The Compact & its goals", es = "El Pacto y sus objetivos" }
symbol = "A/RES/73/195"
link = "https://undocs.org/es/A/RES/73/195"
languages = ["es"]

[[documents]]
key = "overview"
title = { en = "Overview of pledges", es = "Panorama de las promesas" }
announced = true
"""
_CALL = """
[[calls]]
key = "{key}"
answering = "{answering}"
title = {{ en = "{en}", es = "{es}" }}
summary = {{ en = "Summary of {en}", es = "Resumen de {es}" }}
{more}

[[calls.sections]]
key = "all"
[[calls.sections.questions]]
key = "why"
kind = "text"
text = {{ en = "Why?", es = "¿Por qué?" }}
"""
_CALLS = (
    ("speakers", "person", "Speakers", "Oradores", "closes = 2022-02-20T00:00:00"),
    (
        "chairs",
        "delegation",
        "Co-chairs",
        "Copresidencias",
        """opens = 2022-02-15T09:00:00
closes = 2022-02-25T00:00:00
kinds = ["member_country"]
regions = ["central"]""",
    ),
    (
        "rapporteur",
        "person",
        "Rapporteur",
        "Relatoría",
        "closes = 2022-01-20T00:00:00\ndecided_on = 2022-01-31\nchoose = 1",
    ),
    ("news", "person", "News by mail", "Noticias por correo", "leaves = true"),
)


def read_summit(*, without: str = "") -> str:
    """Return the file: the workshop's, and the parts of a larger meeting.

    without: the name of a part that is left out: "roadmap", "documents", "calls".
    """
    calls = [
        _CALL.format(key=key, answering=answering, en=en, es=es, more=more)
        for key, answering, en, es, more in _CALLS
    ]
    parts = speak_all(_HEAD + _PARTS + "".join(calls)).split("\n[[")
    kept = [each for each in parts if not (without and each.startswith(without))]
    for name, (day, line) in _LINES.items():
        title = make_meeting().agenda[day].items[line].title
        words = ", ".join(f'{language} = "{title[language]}"' for language in title)
        kept = [each.replace(f"title = {name}", f"title = {{ {words} }}") for each in kept]
    source = read_source().replace("last_day = 2022-04-01", "last_day = 2022-04-02")
    for kind, region in (("member_country", "central"), ("organisation", "outside")):
        source = source.replace(f'kind = "{kind}"', f'kind = "{kind}"\nregion = "{region}"')
    return source + "\n[[".join(kept)


def define_summit(source: str | None = None) -> Definition:
    return read_good(source or read_summit(), SUMMIT)


def load_summit(office: Office, *, source: str | None = None, rolled_weeks: int = 0) -> None:
    """Load it as a meeting of its own, beside the workshop."""
    source = source or read_summit()
    meetings.load(
        office,
        define_summit(source),
        source,
        meeting_id=SUMMIT,
        rolled_weeks=rolled_weeks,
        now=NOW,
    )
