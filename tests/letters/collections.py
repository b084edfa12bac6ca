"""Papers for many with people whose names are hard to set."""

from dataclasses import replace
from datetime import date
from functools import cache

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.language.translator import get_translator
from registration.letters.attendance import draw_certificates
from registration.letters.badges import compose_badge, draw_badges
from registration.letters.nameplates import draw_nameplates
from registration.letters.participants import compose_participants, draw_participants
from tests.builders import make_meeting, make_particulars, make_registration

#: Names of the papers that `draw_collection` makes.
COLLECTIONS = ("badges", "nameplates", "participants", "certificates", "certificates-rehearsal")
DAY = date(2022, 3, 20)
ADDRESS = "https://inscripcion.example.org/es/secretariat/door/RCM-7K2M4QX{}-" + "7K" * 13

#: Given names, surnames, delegation: diacritics of the Americas, Europe and Viet Nam, Guarani,
#: markup, a script that no font of ours has, very long, one letter, one part.
PEOPLE = (
    ("Ana Lucía", "Morales Vargas", "cr"),
    ("Łukasz Nuñez", "Ó'Brien", "mx"),
    ("Ỹvytu G̃uahẽ", "M̃aria", "gt"),
    ("Nguyễn Thị Hồng", "Đặng", "us"),
    ("Ọbáfẹ́mi", "Awólọ́wọ̀", "ca"),
    ("<b>Zoë</b>", "&amp; {{ 7*7 }} %s", "pa"),
    ("王", "小明", "sv"),
    ("X", "", "bz"),
    (
        "María de los Ángeles Guadalupe Concepción",
        "Fernández-Villavicencio y Rodríguez de la Torre Echeverría",
        "do",
    ),
    ("W" * 120, "Z" * 80, "rncom"),
    ("José", "Ñandú", "cr"),
)


@cache
def list_people(language: Language = "es") -> tuple[Registration, ...]:
    """Return the people, each second of whom agreed to be listed."""
    seats: dict[str, int] = {}
    people = []
    for number, (given, surnames, key) in enumerate(PEOPLE, start=1):
        seats[key] = seats.get(key, 0) + 1
        person = make_particulars(
            treatment="Sra." if number % 3 else "",
            given_names=given,
            surnames=surnames,
            institution="Ministerio de Relaciones Exteriores " * (5 if number == 9 else 1),
            language=language,
        )
        people.append(
            make_registration(
                replace(person, listed=number % 2 == 1),
                delegation=key,
                seat_number=seats[key],
                reference=f"RCM-7K2M4QX{number:X}",
                number=number,
            )
        )
    return tuple(people)


def draw_collection(name: str, language: Language = "es") -> bytes:
    """Return the paper of this name with all the people."""
    meeting = make_meeting(rolled_weeks=250 if name.endswith("rehearsal") else 0)
    people = list_people(language)
    match name.partition("-")[0]:
        case "badges":
            return draw_all_badges(meeting, people, (language, *_others(meeting, language)))
        case "nameplates":
            languages = (language, *_others(meeting, language))
            return draw_nameplates(meeting, meeting.delegations, languages, DAY)
        case "participants":
            words = get_translator(language)
            return draw_participants(compose_participants(meeting, people, DAY, words))
        case _:
            return draw_certificates(meeting, people)


def draw_all_badges(
    meeting: Meeting, people: tuple[Registration, ...], languages: tuple[Language, ...]
) -> bytes:
    badges = (
        compose_badge(meeting, each, ADDRESS.format(each.reference[-1]), languages)
        for each in people
    )
    return draw_badges(meeting, badges, languages, DAY)


def _others(meeting: Meeting, language: Language) -> tuple[Language, ...]:
    """Return the one that stands beside it: a card has room for two."""
    return tuple(each for each in meeting.languages if each != language)[:1]
