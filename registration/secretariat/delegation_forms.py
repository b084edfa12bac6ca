"""The forms about a delegation, and those about the dates and seats of a meeting.

Several stand on one page: each is a part of it, so that no two fields have one id.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from registration.domain.meeting import Meeting
from registration.domain.names import LONGEST_LINE, clean_block, clean_line
from registration.language.translator import get_translator
from registration.secretariat.fields_by_language import make_lines
from registration.secretariat.forms import LONGEST_REASON
from registration.web.current_meeting import get_current_meeting
from registration.web.particulars import LONGEST_ADDRESS, check_address
from registration.web.templates import current_words
from registration.web.words import gettext

_line_length = Length(
    max=LONGEST_LINE,
    message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_LINE),
)


def _line(text: str | None) -> str:
    return clean_line(text or "")


def _block(text: str | None) -> str:
    return clean_block(text or "")


class DayField(DateField):
    """A day; what is no date is told in the page's language."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Enter a date, for example 2025-03-18.")) from error


class PartForm(FlaskForm):
    """A form among others. part: begins the ids of its fields; their names stay as they are."""

    def __init__(self, *args: Any, part: str = "", **values: Any) -> None:  # noqa: ANN401  # WTForms'
        super().__init__(*args, **values)
        for field in self if part else ():
            field.id = field.label.field_id = f"{part}-{field.short_name}"


class FocalPointForm(PartForm):
    """Who speaks for the delegation, and in which language."""

    name = StringField(
        lazy_gettext("Name"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Enter the name of the focal point.")), _line_length],
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        filters=[_line],
        validators=[
            DataRequired(lazy_gettext("Enter an e-mail address.")),
            Length(
                max=LONGEST_ADDRESS,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=LONGEST_ADDRESS
                ),
            ),
            check_address,
        ],
    )
    language = SelectField(
        lazy_gettext("Language of the messages"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )

    def offer(self, meeting: Meeting, language: str) -> None:
        """Fill the list of languages. language: of the page."""
        words = get_translator(language)
        self.language.choices = [
            (each, words.language_name(each).capitalize()) for each in meeting.languages
        ]


class ReasonedForm(PartForm):
    """A change with its reason, told to those whom it concerns where the box is ticked."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[_block],
        validators=[
            DataRequired(lazy_gettext("Write why this changes; it stays in the history.")),
            Length(
                max=LONGEST_REASON,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=LONGEST_REASON
                ),
            ),
        ],
    )
    tell = BooleanField(lazy_gettext("Tell the focal point and the delegates by e-mail"))


class ExtendForm(ReasonedForm):
    """A later last day for one delegation; without one the meeting's own holds again."""

    until = DayField(lazy_gettext("Last day to register"), validators=[Optional()])


class SeatForm(ReasonedForm):
    """Another seat; with a name in each language where the delegation's seats have names."""


def make_seat_form(meeting: Meeting, **initial: Any) -> SeatForm:  # noqa: ANN401  # WTForms' own
    """Return the form with the lines of the name: "label_en". initial: as WTForms takes them."""
    lines = make_lines(
        "label",
        meeting,
        lambda language: gettext("Name of the seat in %(language)s", language=language),
        [_line_length],
    )
    return cast("SeatForm", type("NamedSeatForm", (SeatForm,), lines)(**initial))


class SwapForm(ReasonedForm):
    """Which two delegates exchange their seats. A choice is an entry's id and its version."""

    one = SelectField(
        lazy_gettext("Delegate"),
        validators=[InputRequired(lazy_gettext("Choose a delegate."))],
        invalid_choice_message=lazy_gettext("Choose a delegate."),
    )
    other = SelectField(
        lazy_gettext("Changes places with"),
        validators=[InputRequired(lazy_gettext("Choose a delegate."))],
        invalid_choice_message=lazy_gettext("Choose a delegate."),
    )

    def validate_other(self, field: SelectField) -> None:
        if field.data == self.one.data:
            raise ValidationError(gettext("Choose two different delegates."))


class DatesForm(ReasonedForm):
    """The last days of the whole meeting."""

    deadline = DayField(
        lazy_gettext("Last day to register"),
        validators=[InputRequired(lazy_gettext("Enter a date."))],
    )
    changes_until = DayField(
        lazy_gettext("Last day for corrections and signatures"),
        validators=[InputRequired(lazy_gettext("Enter a date."))],
    )

    def validate_changes_until(self, field: DayField) -> None:
        """Say the meeting's own rule of its dates before its file's checker does."""
        meeting = get_current_meeting()
        if self.deadline.data is not None and field.data < self.deadline.data:
            raise ValidationError(gettext("This day comes before the last day to register."))
        if end_of(field.data).date() > meeting.first_day:
            day = current_words().day(meeting.first_day)
            raise ValidationError(
                gettext("Choose a day before the meeting begins, on %(day)s.", day=day)
            )


def end_of(day: date) -> datetime:
    """Return the first instant after the day, local, without zone: what a deadline is."""
    return datetime.combine(day + timedelta(days=1), time())


def last_day_before(at: datetime, meeting: Meeting) -> date:
    """Return the last day before a first instant refused, in the meeting's zone."""
    return (at - timedelta(minutes=1)).astimezone(meeting.zone).date()
