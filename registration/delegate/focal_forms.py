"""The forms of focal points: a name, an office and an address; the delegate brings the rest."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import AnyOf

from registration.delegate.forms import EntryForm, check_name, check_words
from registration.domain.registrations import Particulars
from registration.web.particulars import ParticularsForm
from registration.web.words import gettext


class NomineeForm(ParticularsForm):
    """Who is nominated. What only the delegate can say - consent, passport - is not asked here."""

    copy_to = None
    listed = None
    entry = HiddenField(render_kw={"autocomplete": "off"})

    @property
    def chosen_seat(self) -> str | None:
        """Return the label of the seat that was chosen, or None."""
        return None

    def validate_given_names(self, field: StringField) -> None:
        check_name(self, field)

    def validate_surnames(self, field: StringField) -> None:
        super().validate_surnames(field)
        check_name(self, field)

    def validate_institution(self, field: StringField) -> None:
        check_words(self, field)

    def validate_position(self, field: StringField) -> None:
        check_words(self, field)

    def to_particulars(self) -> Particulars:
        """Return what was typed. Only after the form was found good."""
        return Particulars(
            treatment=self.treatment.data,
            given_names=self.given_names.data,
            surnames=self.surnames.data,
            institution=self.institution.data,
            position=self.position.data,
            email=self.email.data,
            copy_to=None,
            language=self.language.data,
        )


class NominateForm(NomineeForm):
    """A new delegate, on a seat with a name where the delegation's seats have names."""

    seat = SelectField(lazy_gettext("Seat"), validate_choice=False)
    must_choose = False

    def offer_seats(self, seats: Iterable[tuple[str, str]], *, must_choose: bool) -> None:
        """Fill the list of seats: labels' keys and names. must_choose: whether they have names."""
        self.must_choose = must_choose
        self.seat.choices = [("", gettext("Choose a seat")), *seats]

    @property
    def chosen_seat(self) -> str | None:
        return self.seat.data or None

    def validate_seat(self, field: SelectField) -> None:
        if self.must_choose and not field.data:
            raise ValidationError(gettext("Choose one of the seats of the delegation."))


class ReplaceForm(EntryForm, NomineeForm):
    """Who comes instead of the delegate of the entry."""


class VouchForm(FlaskForm):
    """The focal point's word of an entry that came by itself."""

    word = HiddenField(validators=[AnyOf(["ours", "not_ours"])])
