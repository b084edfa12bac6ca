"""The fields in which somebody tells who takes part: the same at the desk and for delegates.

What is typed is cleaned before it is judged, so that a name of invisible marks is an empty one.
"""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from registration.domain.alphabets import list_unprinted
from registration.domain.meeting import Delegation, Meeting
from registration.domain.names import LONGEST_LINE, clean_line, holds_address, mixes_scripts
from registration.domain.registrations import Particulars
from registration.language.translator import get_translator
from registration.web.words import gettext

#: Characters of an address: RFC 5321, 4.5.3.1.
LONGEST_ADDRESS = 254


def _clean(text: str | None) -> str:
    return clean_line(text or "")


def check_address(_form: FlaskForm, field: EmailField) -> None:
    """Refuse what no mail server takes, and letters that only look Latin (T7)."""
    if mixes_scripts(field.data):
        raise ValidationError(
            gettext("This address mixes letters of two alphabets. Type it again.")
        )
    try:
        validate_email(field.data, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError(
            gettext("Enter a full e-mail address, for example name@institution.org.")
        ) from error


#: How many of the characters that cannot be printed an error names.
_MOST_NAMED = 8


def check_name_letters(_form: FlaskForm, field: Field) -> None:
    """Refuse a name in letters that no paper of ours can show."""
    characters = _say_unprinted(field)
    if characters:
        raise ValidationError(
            gettext(
                "Write the name in Latin letters, as in the two lines at the foot of the passport. "
                "The letter cannot show “%(characters)s”.",
                characters=characters,
            )
        )


def check_name(_form: FlaskForm, field: Field) -> None:
    """Refuse a name that is an address."""
    if holds_address(field.data or ""):
        raise ValidationError(gettext("Write the name alone, without a web or e-mail address."))


def check_letters(_form: FlaskForm, field: Field) -> None:
    """Refuse what no paper of ours can show."""
    characters = _say_unprinted(field)
    if characters:
        raise ValidationError(
            gettext(
                "Write this in Latin letters. The letter cannot show “%(characters)s”.",
                characters=characters,
            )
        )


def _say_unprinted(field: Field) -> str:
    """Return what of the field cannot be printed, for a sentence; its own direction stays in it."""
    found = list_unprinted(field.data or "")
    more = " …" if len(found) > _MOST_NAMED else ""
    return f"\u2068{' '.join(found[:_MOST_NAMED])}\u2069{more}" if found else ""


_too_long = Length(
    max=LONGEST_LINE,
    message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_LINE),
)
_too_long_address = Length(
    max=LONGEST_ADDRESS,
    message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_ADDRESS),
)


class ParticularsForm(FlaskForm):
    """Name, institution, addresses, language. The names are those of the public contract."""

    treatment = SelectField(
        lazy_gettext("Form of address"), filters=[_clean], validators=[_too_long, check_letters]
    )
    given_names = StringField(
        lazy_gettext("Given names"),
        filters=[_clean],
        validators=[_too_long, check_name, check_name_letters],
    )
    surnames = StringField(
        lazy_gettext("Surnames"),
        filters=[_clean],
        validators=[_too_long, check_name, check_name_letters],
    )
    institution = StringField(
        lazy_gettext("Institution"),
        filters=[_clean],
        validators=[
            DataRequired(lazy_gettext("Enter the institution.")),
            _too_long,
            check_letters,
        ],
    )
    position = StringField(
        lazy_gettext("Position"),
        filters=[_clean],
        validators=[
            DataRequired(lazy_gettext("Enter the position.")),
            _too_long,
            check_letters,
        ],
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        filters=[_clean],
        validators=[
            DataRequired(lazy_gettext("Enter an e-mail address.")),
            _too_long_address,
            check_address,
        ],
    )
    copy_to = EmailField(
        lazy_gettext("Copy to an assistant"),
        filters=[_clean],
        validators=[Optional(), _too_long_address, check_address],
    )
    listed = BooleanField(
        lazy_gettext("My name, position and institution may be printed in the list of participants")
    )
    language = SelectField(
        lazy_gettext("Language of the letter and the messages"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )

    def offer(self, meeting: Meeting, language: str) -> None:
        """Fill the lists with what the meeting offers. language: of the page."""
        treatments = (
            [text[self.language.data or language] for text in meeting.treatments]
            if ((self.language.data or language) in meeting.languages)
            else []
        )
        typed = [self.treatment.data] if self.treatment.data else []
        every = dict.fromkeys([*treatments, *typed])
        self.treatment.choices = [("", gettext("None")), *((each, each) for each in every)]
        words = get_translator(language)
        self.language.choices = [
            (each, words.language_name(each).capitalize()) for each in meeting.languages
        ]

    def ask_of(self, group: Delegation | None) -> None:
        """Let the position be empty where the people of the delegation or category have none."""
        if group is not None and not group.asks_position:
            self.position.validators = [Optional(), _too_long, check_letters]

    def validate_surnames(self, field: StringField) -> None:
        """Ask for a name. One part is enough: some passports have a single name."""
        if not field.data and not self.given_names.data:
            raise ValidationError(
                gettext("Enter the name as in the passport or identity document.")
            )

    def to_particulars(self) -> Particulars:
        """Return what was typed. Only after the form was found good."""
        values: dict[str, Any] = {
            name: self[name].data
            for name in ("treatment", "given_names", "surnames", "institution", "position")
        }
        return Particulars(
            **values,
            email=self.email.data,
            copy_to=self.copy_to.data or None,
            language=self.language.data,
            listed=bool(self.listed.data),
        )
