"""The forms about accounts of the staff."""

from collections.abc import Collection

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from registration.domain.ids import MeetingId
from registration.domain.names import clean_line
from registration.domain.roles import EVERY_MEETING, HeldRole, Role
from registration.language.translator import list_languages
from registration.secretariat.account_words import all_meetings
from registration.web.sign_in_forms import LONGEST_PASSWORD, SHORTEST_PASSWORD
from registration.web.templates import current_words

LONGEST_NAME, LONGEST_ADDRESS = 100, 254
_needed = DataRequired(lazy_gettext("Enter the name."))
_too_long = lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_NAME)


def _line(text: str | None) -> str:
    return clean_line(text or "")


class RolesForm(FlaskForm):
    """Which roles are held at which meetings: a tick for each."""

    roles = SelectMultipleField(lazy_gettext("Roles"), validate_choice=False)

    def read(self) -> list[HeldRole] | None:
        """Return the roles that were ticked, or None where one is none of those offered."""
        offered = {str(each): each for each in list_offered()}
        ticked = list(dict.fromkeys(self.roles.data or []))
        return [offered[each] for each in ticked] if set(ticked) <= set(offered) else None

    def tick(self, roles: Collection[HeldRole]) -> None:
        self.roles.data = [str(each) for each in roles]


class OwnForm(FlaskForm):
    """How one is called, and in which language the site writes."""

    name = StringField(
        lazy_gettext("Name, as histories are to show it"),
        filters=[_line],
        validators=[_needed, Length(max=LONGEST_NAME, message=_too_long)],
    )
    language = SelectField(
        lazy_gettext("Language of messages"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )

    def offer_languages(self) -> None:
        """Fill the list of languages. Before the form is looked at."""
        words = current_words()
        self.language.choices = [
            (each, words.language_name(each).capitalize()) for each in list_languages()
        ]


class InvitationForm(OwnForm, RolesForm):
    """A new account."""

    email = EmailField(lazy_gettext("E-mail address"), filters=[_line])

    def validate_email(self, field: EmailField) -> None:
        address = (field.data or "").casefold()
        try:
            validate_email(address, check_deliverability=False)
        except EmailNotValidError:
            raise ValidationError(
                gettext("Enter a full e-mail address, for example name@institution.org.")
            ) from None
        field.data = address

    def validate_roles(self, _field: SelectMultipleField) -> None:
        if not self.read():
            raise ValidationError(gettext("Tick one role or more."))


class PasswordForm(FlaskForm):
    """The first password of an account."""

    password = PasswordField(
        lazy_gettext("New password"),
        validators=[
            InputRequired(lazy_gettext("Enter the password.")),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=lazy_gettext("Choose a password of 12 to 200 characters."),
            ),
        ],
    )
    again = PasswordField(
        lazy_gettext("New password once more"),
        validators=[EqualTo("password", message=lazy_gettext("The two passwords differ."))],
    )


def list_offered() -> list[HeldRole]:
    """Return every role at every meeting, those for all of them first."""
    places = [EVERY_MEETING, *(MeetingId(each.id) for each in all_meetings())]
    return [HeldRole(role, place) for place in places for role in Role]
