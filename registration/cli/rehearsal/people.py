"""The cast: invented delegates in the meeting's languages by turns, with specimen passports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
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

#: Of all their passports.
EXPIRES = date(2031, 5, 2)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One delegate. address: of a mailbox of the demonstration post office alone."""

    delegation: str
    seat: str
    given_names: str
    surnames: str
    email: str
    language: Language
    number: int

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
        is_spanish = self.language == "es"
        return {
            "delegation": self.delegation,
            "seat": self.seat,
            "treatment": "",
            "given_names": self.given_names,
            "surnames": self.surnames,
            "institution": "Dirección General de Migración"
            if is_spanish
            else "Directorate General of Migration",
            "position": "Dirección de Cooperación" if is_spanish else "Head of Cooperation",
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
        )

    def fill(self, delegation: Delegation) -> Iterator[Person]:
        """Yield a person for each seat of the delegation."""
        for index in range(delegation.seats):
            yield self.make(delegation, delegation.labels[index].key if delegation.labels else "")
