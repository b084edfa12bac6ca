"""The cast: invented people, as many of them in each language, with specimen passports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.program import Segment
from registration.letters.specimen import draw_specimen_passport

_GIVEN = (
    "Ana Lucía",
    "José Ángel",
    "María Fernanda",
    "Łukasz",
    "Zoë",
    "Íñigo",
    "Ștefania",
    "Nuñú",
    "Esperança",
    "Gábor",
    "Ğülşen",
    "Renée",
    "Đorđe",
)
_SURNAMES = (
    "Morales Vargas",
    "Núñez Peña",
    "O'Brien",
    "Güell Ibáñez",
    "Țepeș Ionescu",
    "Hernández Paz",
    "Nowak-Żółć",
    "Erdoğan",
    "Szabó Kővári",
    "de la Cruz y Ávila",
    "Ñandutí",
    "Brontë",
    "Ortega Luna",
)

_INSTITUTIONS = {
    "en": "Directorate General of Migration",
    "es": "Dirección General de Migración",
    "fr": "Direction générale des migrations",
    "pt": "Direção-Geral de Migração",
}
_POSITIONS = {
    "en": "Head of Cooperation",
    "es": "Dirección de Cooperación",
    "fr": "Direction de la coopération",
    "pt": "Direção de Cooperação",
}

#: Of all their passports.
EXPIRES = date(2031, 5, 2)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One who takes part. email: of a mailbox of the demonstration post office alone. delegation:
    the key of the delegation or category. segments: keys of those to attend."""

    delegation: str
    seat: str
    given_names: str
    surnames: str
    email: str
    language: Language
    number: int
    segments: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.surnames}"

    @property
    def born(self) -> date:
        return date(1970 + self.number % 25, 1 + self.number % 12, 1 + self.number % 28)

    @property
    def passport_number(self) -> str:
        return f"X{10_000_000 + self.number}"

    def fields(self) -> dict[str, str]:
        """Return what the person fills in, by the names of the form's fields."""
        return {
            "delegation": self.delegation,
            "seat": self.seat,
            "treatment": "",
            "given_names": self.given_names,
            "surnames": self.surnames,
            "institution": _INSTITUTIONS.get(self.language, _INSTITUTIONS["en"]),
            "position": _POSITIONS.get(self.language, _POSITIONS["en"]),
            "email": self.email,
            "copy_to": f"asistente.{self.number}@example.org" if self.number % 3 == 0 else "",
            "language": self.language,
            "consent": "y",
        }

    def draw_passport(self) -> bytes:
        """Return a specimen of the person's passport, JPEG."""
        return draw_specimen_passport(
            given_names=self.given_names,
            surnames=self.surnames,
            number=self.passport_number,
            born=self.born,
            sex="FMX"[self.number % 3],
            issued=date(2021, 5, 3),
            expires=EXPIRES,
        )


class Cast:
    """Makes people whom nobody else is."""

    def __init__(self, meeting: Meeting) -> None:
        self._languages = meeting.languages
        self._numbers = count()
        self._limited = find_limited(meeting)
        self._unlimited = [each.key for each in meeting.segments if each.capacity is None]

    def make(self, delegation: Delegation, seat: str = "") -> Person:
        """Return one more person. seat: the label's key, where the delegation's seats bear them."""
        number = next(self._numbers)
        given = _GIVEN[number % len(_GIVEN)]
        surnames = _SURNAMES[(number // len(_GIVEN) + number) % len(_SURNAMES)]
        return Person(
            delegation=delegation.key,
            seat=seat,
            given_names=given,
            surnames=surnames,
            email=f"delegate.{number}@example.org",
            language=self._languages[number % len(self._languages)],
            number=number,
            segments=self._choose(number),
        )

    def _choose(self, number: int) -> tuple[str, ...]:
        """Everybody would like to be where places are few, and somewhere else as well."""
        chosen = [] if self._limited is None else [self._limited.key]
        if self._unlimited:
            chosen.append(self._unlimited[number % len(self._unlimited)])
        return tuple(chosen)

    def fill(self, delegation: Delegation) -> Iterator[Person]:
        """Yield a person for each seat of the delegation."""
        for index in range(delegation.seats):
            yield self.make(delegation, delegation.labels[index].key if delegation.labels else "")


def find_limited(meeting: Meeting) -> Segment | None:
    """Return the segment of the meeting that is full first, or None where none has a limit."""
    limited = [each for each in meeting.segments if each.capacity is not None]
    return min(limited, key=lambda each: each.capacity or 0, default=None)
