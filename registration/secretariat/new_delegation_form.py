"""The form of a delegation added at the desk: what the meeting's file would say of it."""

import re
from collections.abc import Callable
from typing import Any, cast

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from registration.domain.meeting import Addressee, DelegationKind, Meeting
from registration.domain.names import LONGEST_LINE, clean_line
from registration.language.translator import is_country_code
from registration.secretariat.delegation_forms import ReasonedForm
from registration.secretariat.fields_by_language import make_lines, read_lines
from registration.web.words import gettext

#: More than any delegation has: a typing error is not to make ten thousand seats.
MOST_SEATS = 50
_NAMES: dict[str, Callable[[str], str]] = {
    "name": lambda language: gettext("Name in %(language)s", language=language),
    "official_name": lambda language: gettext("Official name in %(language)s", language=language),
    "of_name": lambda language: gettext("Within a sentence, in %(language)s", language=language),
}

_needed = DataRequired(lazy_gettext("Fill this in."))
_length = Length(
    max=LONGEST_LINE,
    message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_LINE),
)


def _line(text: str | None) -> str:
    return clean_line(text or "")


class NewDelegationForm(ReasonedForm):
    """Key, seats, courtesies; the names are in `make_new_delegation_form`."""

    key = StringField(lazy_gettext("Key"), filters=[_line], validators=[_needed])
    kind = SelectField(lazy_gettext("What it is"))
    country = StringField(lazy_gettext("Country code"), filters=[_line])
    region = SelectField(lazy_gettext("Region"), validators=[_needed])
    seats = IntegerField(
        lazy_gettext("Seats"),
        default=2,
        validators=[
            NumberRange(
                min=1,
                max=MOST_SEATS,
                message=lazy_gettext("Enter a number from 1 to %(most)d.", most=MOST_SEATS),
            )
        ],
    )
    courtesies = SelectMultipleField(
        lazy_gettext("What its delegates receive"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    to_institution = BooleanField(lazy_gettext("Address the letters to the institution"))

    def offer(self, meeting: Meeting, language: str) -> None:
        """Fill the lists with what the meeting has. language: of the page."""
        self.kind.choices = [(each.value, _kind_words(each)) for each in _list_kinds(meeting)]
        if meeting.regions:
            regions = [(each.key, each.name[language]) for each in meeting.regions]
            self.region.choices = [("", gettext("Choose a region")), *regions]
        elif self.region is not None:
            del self.region
        self.courtesies.choices = [
            (each.key, each.name[language]) for each in meeting.courtesies if not each.everybody
        ]

    def validate_key(self, field: StringField) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]{1,30}", field.data or ""):
            raise ValidationError(
                gettext(
                    "Write two or more small letters: the country's code (br), or a short name."
                )
            )
        if self._has_country and field.data != (self.country.data or "").lower():
            raise ValidationError(
                gettext("The key of a country is its two letters in small: br for BR.")
            )

    def validate_country(self, field: StringField) -> None:
        if self._has_country and not re.fullmatch(r"[A-Za-z]{2}", field.data or ""):
            raise ValidationError(gettext("Write the two letters of the country: BR."))
        if self._has_country and not is_country_code(field.data):
            raise ValidationError(gettext("There is no country with these two letters."))

    @property
    def _has_country(self) -> bool:
        kind = self.kind.data
        return kind in set(DelegationKind) and DelegationKind(kind).has_country

    def to_table(self, meeting: Meeting) -> dict[str, Any]:
        """Return the delegation as the file would have it. Only after the form was found good."""
        table: dict[str, Any] = {
            "key": self.key.data,
            "kind": self.kind.data,
            "seats": self.seats.data,
            "courtesies": list(self.courtesies.data or []),
            "addressee": (
                Addressee.INSTITUTION if self.to_institution.data else Addressee.PERSON
            ).value,
        }
        for name in _NAMES:
            table[name] = read_lines(self, name, meeting)
        if self._has_country:
            table["country"] = self.country.data.upper()
        if meeting.regions:
            table["region"] = self.region.data
        return table | _list_asked(meeting)


def _list_kinds(meeting: Meeting) -> list[DelegationKind]:
    """Return what a delegation of this meeting can be: as those that it has, or an organisation."""
    kinds = [each.kind for each in meeting.delegations if each.kind.has_country]
    return [*dict.fromkeys(kinds or [DelegationKind.MEMBER_COUNTRY]), DelegationKind.ORGANISATION]


def _kind_words(kind: DelegationKind) -> str:
    return {
        DelegationKind.MEMBER_COUNTRY: gettext("Member Country"),
        DelegationKind.MEMBER_STATE: gettext("Member State"),
        DelegationKind.ASSOCIATE_MEMBER: gettext("Associate member"),
        DelegationKind.ORGANISATION: gettext("Organisation"),
    }[kind]


def _list_asked(meeting: Meeting) -> dict[str, bool]:
    """Return what no delegation of the meeting is asked for: nor is the new one."""
    return {
        key: False
        for key in ("asks_passport", "asks_letter", "asks_acceptance")
        if not any(getattr(each, key) for each in meeting.delegations)
    }


def make_new_delegation_form(
    meeting: Meeting,
    **initial: Any,  # noqa: ANN401  # WTForms' own
) -> NewDelegationForm:
    """Return the form with its names in each language: "official_name_en". initial: as WTForms
    takes them."""
    lines: dict[str, Field] = {}
    for name, label in _NAMES.items():
        lines |= make_lines(name, meeting, label, [_needed, _length])
    kind = type("NamedDelegationForm", (NewDelegationForm,), lines)
    return cast("NewDelegationForm", kind(**initial))
