"""The travel step's forms. Days are typed day first; what was typed stays, whatever is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from registration.delegate.forms import EntryForm
from registration.domain.journeys import Diet, Needs, PassportKind, TravelData
from registration.domain.meeting import Meeting
from registration.domain.names import LONGEST_LINE, clean_block, clean_line
from registration.domain.travel import Visa
from registration.domain.travel_rules import Fault, Told, clean_number, judge_travel, read_day
from registration.language import travel
from registration.registrar.proposing import Proposal
from registration.web.templates import current_words
from registration.web.words import gettext

#: Characters of what is said in free words.
LONGEST_WORDS = 1000


def _line(text: str | None) -> str:
    return clean_line(text or "")


def _block(text: str | None) -> str:
    return clean_block(text or "")


def _number(text: str | None) -> str:
    return clean_number(clean_line(text or ""))


def _shorter(most: int) -> Length:
    return Length(
        max=most,
        message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=most),
    )


_REQUIRED: dict[str, Any] = {"render_kw": {"autocomplete": "off"}}


class TravelForm(EntryForm):
    """Passport and journey of somebody whose flight is paid."""

    passport_kind = RadioField(
        lazy_gettext("Kind of passport"),
        validate_choice=False,
        validators=[InputRequired(lazy_gettext("Choose the kind of your passport."))],
    )
    number = StringField(
        lazy_gettext("Passport number"),
        filters=[_number],
        validators=[DataRequired(lazy_gettext("Write the number of the passport."))],
        **_REQUIRED,
    )
    nationality = SelectField(
        lazy_gettext("Nationality"),
        validate_choice=False,
        validators=[DataRequired(lazy_gettext("Choose the nationality from the list."))],
    )
    born = StringField(
        lazy_gettext("Date of birth"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Write the date of birth."))],
    )
    expires = StringField(
        lazy_gettext("Date of expiry of the passport"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Write the date on which the passport expires."))],
    )
    city = StringField(
        lazy_gettext("City of departure"),
        filters=[_line],
        validators=[
            DataRequired(lazy_gettext("Write the city from which you will fly.")),
            _shorter(LONGEST_LINE),
        ],
    )
    telephone = StringField(
        lazy_gettext("Telephone"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Write a telephone for the days of the journey."))],
    )
    visa = RadioField(
        lazy_gettext("Do you need a visa to enter the country of the meeting?"),
        validate_choice=False,
        validators=[InputRequired(lazy_gettext("Say whether you need a visa."))],
    )
    wishes = TextAreaField(
        lazy_gettext("Wishes for the journey"),
        filters=[_block],
        validators=[_shorter(LONGEST_WORDS)],
    )

    def validate_passport_kind(self, field: RadioField) -> None:
        if field.data not in {each.value for each in PassportKind}:
            raise ValidationError(gettext("Choose the kind of your passport."))

    def validate_visa(self, field: RadioField) -> None:
        if field.data not in {each.value for each in Visa}:
            raise ValidationError(gettext("Say whether you need a visa."))

    def offer(self) -> None:
        """Fill the lists in the page's language."""
        words = current_words()
        self.passport_kind.choices = [
            (each.value, travel.passport_kind(each, words)) for each in PassportKind
        ]
        self.visa.choices = [(each.value, travel.visa(each, words)) for each in Visa]
        self.nationality.choices = [("", gettext("Choose a country"))]
        self.nationality.choices += list(travel.list_countries(words.language).items())

    def judge(self, meeting: Meeting, *, today: date) -> TravelData | None:
        """Return the data, or None with what is wrong said at each field."""
        is_whole = self.validate()
        told = Told(
            number=self.number.data,
            nationality=self.nationality.data,
            born=read_day(self.born.data),
            expires=read_day(self.expires.data),
            city=self.city.data,
            telephone=self.telephone.data,
        )
        countries = frozenset(travel.list_countries(current_words().language))
        faults = judge_travel(told, meeting, countries=countries, today=today)
        for name, fault in faults.items():
            self._say(self[name], fault, meeting)
        return self._read(told) if is_whole and not faults else None

    def _read(self, told: Told) -> TravelData:
        assert told.born is not None
        assert told.expires is not None
        return TravelData(
            passport_kind=PassportKind(self.passport_kind.data),
            number=told.number,
            nationality=told.nationality,
            born=told.born,
            expires=told.expires,
            city=told.city,
            telephone=told.telephone,
            visa=Visa(self.visa.data),
            wishes=self.wishes.data,
        )

    def _say(self, field: Field, fault: Fault, meeting: Meeting) -> None:
        if not field.errors:
            field.errors = [travel.fault_sentence(fault, meeting, current_words())]


class NeedsForm(EntryForm):
    """Diet and accessibility: all of it optional."""

    diet = SelectField(lazy_gettext("Diet"), validate_choice=False)
    diet_words = TextAreaField(
        lazy_gettext("Allergies, and what else the kitchen should know"),
        filters=[_block],
        validators=[_shorter(LONGEST_WORDS)],
    )
    accessibility = TextAreaField(
        lazy_gettext("Accessibility"), filters=[_block], validators=[_shorter(LONGEST_WORDS)]
    )

    def offer(self) -> None:
        """Fill the list in the page's language."""
        words = current_words()
        self.diet.choices = [(each.value, travel.diet(each, words)) for each in Diet]

    def read(self) -> Needs:
        """Return what is asked for; a diet that is not in the list is another one."""
        known = {each.value for each in Diet}
        diet = Diet(self.diet.data) if self.diet.data in known else Diet.OTHER
        return Needs(
            diet=diet if self.diet.data else Diet.NONE,
            diet_words=self.diet_words.data,
            accessibility=self.accessibility.data,
        )


def fields_of(data: TravelData | None, proposal: Proposal) -> Mapping[str, str]:
    """Return what the form shows at first: what was told before, else what was read."""
    if data is None:
        return {
            "number": proposal.number,
            "nationality": proposal.nationality,
            "born": _day(proposal.born),
            "expires": _day(proposal.expires),
        }
    told = {name: str(value) for name, value in vars(data).items()}
    return {**told, "born": _day(data.born), "expires": _day(data.expires)}


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"
