"""The forms of delegates; the names of their fields are the public contract's."""

import unicodedata
from collections.abc import Iterator

from flask import g
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FileField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from registration.domain.asking import Asks, Extent
from registration.domain.grouping import group_delegations
from registration.domain.meeting import Delegation, Meeting
from registration.domain.names import clean_block, clean_line
from registration.domain.papers import LockedFile
from registration.domain.refusals import FileFault
from registration.language import groups
from registration.language.translator import get_translator
from registration.web.particulars import LONGEST_ADDRESS, ParticularsForm, check_address
from registration.web.segments import make_field
from registration.web.signing_fields import SigningFields
from registration.web.words import gettext

#: Characters of the reason for withdrawing.
LONGEST_REASON = 1000


def _line(text: str | None) -> str:
    return clean_line(text or "")


def _block(text: str | None) -> str:
    return clean_block(text or "")


def check_name(_form: FlaskForm, field: Field) -> None:
    """Refuse a number in a name, and a name without a letter. One letter is a name."""
    text = field.data or ""
    if any(each.isdigit() for each in text.split()):
        raise ValidationError(gettext("A name has no digits. Write it as in the passport."))
    if text and not _has_letter(text):
        raise ValidationError(gettext("Write the name in letters, as in the passport."))


def check_words(_form: FlaskForm, field: Field) -> None:
    """Refuse numbers where words belong."""
    if not _has_letter(field.data or ""):
        raise ValidationError(gettext("Write this in words."))


def _has_letter(text: str) -> bool:
    return any(unicodedata.category(each).startswith("L") for each in text)


#: The order of the page, which the summary of errors keeps.
_PAGE_ORDER = (
    "delegation",
    "seat",
    "treatment",
    "surnames",
    "given_names",
    "institution",
    "position",
    "email",
    "copy_to",
    "language",
    "segments",
    "passport",
    "consent",
    "listed",
)


class PersonForm(ParticularsForm):
    """What a delegate tells of themselves, with the copy of the passport.

    passport_file: what came of the passport, once `take_passport` has looked.
    could_not_be_taken: whether the fault was ours.
    """

    def __iter__(self) -> Iterator[Field]:
        """Give the fields in the order of the page."""
        first = [self[name] for name in _PAGE_ORDER if name in self]
        return iter([*first, *(each for each in super().__iter__() if each not in first)])

    passport = FileField(lazy_gettext("Copy of the passport"))
    passport_file: LockedFile | FileFault | None = None
    could_not_be_taken = False

    def ask(self, asks: Asks) -> None:
        """Word the fields after what is asked of whoever fills them in, and written to them."""
        if asks.letter is Extent.NONE:
            self.language.label.text = gettext("Language of the messages")
        if "consent" not in self:
            return
        if asks.letter is Extent.NONE:
            self.consent.label.text = gettext(
                "I agree that the Secretariat uses this information to register me and to prepare "
                "my participation"
            )
        elif asks.letter is Extent.SOME:
            self.consent.label.text = gettext(
                "I agree that the Secretariat uses this information to register me and, where they "
                "are provided for me, to issue the letter and to arrange the travel"
            )

    def validate_given_names(self, field: StringField) -> None:
        check_name(self, field)

    def validate_surnames(self, field: StringField) -> None:
        super().validate_surnames(field)
        check_name(self, field)

    def validate_institution(self, field: StringField) -> None:
        check_words(self, field)

    def validate_position(self, field: StringField) -> None:
        check_words(self, field)


class RegisterForm(PersonForm):
    """A new entry. labelled: the keys of the delegations whose seats bear labels."""

    labelled: set[str] = set()  # noqa: RUF012  # each form is given its own by `offer_places`

    entry = HiddenField(render_kw={"autocomplete": "off"})
    delegation = SelectField(
        lazy_gettext("Delegation"),
        validate_choice=False,
        validators=[DataRequired(lazy_gettext("Choose the delegation."))],
    )
    seat = SelectField(lazy_gettext("Seat"), validate_choice=False)
    join_reserve = BooleanField()
    segments = make_field()
    consent = BooleanField(
        lazy_gettext(
            "I agree that the Secretariat uses this information to register me, to issue the "
            "letter and to arrange the travel"
        ),
        validators=[DataRequired(lazy_gettext("Tick the box so that we may use your data."))],
    )

    def offer_places(self, meeting: Meeting, delegations: list[Delegation], language: str) -> None:
        """Fill the lists of delegations and categories, under their headings, and of seats that
        bear labels. language: of the page."""
        words = get_translator(language)
        has_categories = any(each.is_category for each in delegations)
        if has_categories:
            self.delegation.label.text = gettext("For whom you take part")
            first = gettext("Choose a delegation or a group")
            message = gettext("Choose the delegation or the group.")
            self.delegation.validators = [DataRequired(message)]
        else:
            first = gettext("Choose a delegation")
        self.delegation.choices = [SelectChoice("", first)]
        self.delegation.choices += [
            SelectChoice(each.key, name_of(each, language), optgroup=groups.heading(group, words))
            for group in group_delegations(meeting, delegations)
            for each in group.delegations
        ]
        self.labelled = {each.key for each in delegations if each.labels}
        self.seat.choices = [("", gettext("No particular seat"))]
        self.seat.choices += [
            (label.key, f"{name_of(each, language)}: {label.name[language]}")
            for each in delegations
            for label in each.labels
        ]

    def validate_seat(self, field: SelectField) -> None:
        """Ask for the seat where a delegation's seats bear labels."""
        if self.delegation.data in self.labelled and not field.data and not self.join_reserve.data:
            raise ValidationError(gettext("Choose one of the seats of the delegation."))

    def validate_delegation(self, field: SelectField) -> None:
        """Refuse a key that is not in the list, in the words of the refusal."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Choose one of the delegations in the list."))


class EntryForm(FlaskForm):
    """A form of one entry: it carries which one, and the version of it that was on the page."""

    reference = HiddenField()
    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """Return the version that was on the page; -1, which no entry has, where there is none, or
        where the page was another entry's (two of them in one browser: T62)."""
        if self.reference.data != g.registration.reference:
            return -1
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class ConfirmForm(EntryForm):
    """The button that confirms the address; a seat to choose again where the first is taken."""

    seat = SelectField(lazy_gettext("Seat"), validate_choice=False)

    def offer_seats(self, delegation: Delegation, chosen: str | None, language: str) -> None:
        """Fill the list of seats. chosen: the label of the form that was sent."""
        self.seat.choices = [(label.key, label.name[language]) for label in delegation.labels]
        self.seat.data = self.seat.data or chosen or ""


class CorrectForm(EntryForm, PersonForm):
    """The entry's own data, corrected."""


class CompleteForm(EntryForm, PersonForm):
    """What a nominated delegate adds. The address stays the one that the link was mailed to."""

    email = EmailField(lazy_gettext("E-mail address"), render_kw={"readonly": True})
    consent = RegisterForm.consent
    segments = make_field()


class AcceptForm(SigningFields, EntryForm):
    """The acceptance of the letter and the terms that were shown."""

    letter = HiddenField()
    signed_letter = FileField(lazy_gettext("Signed letter"))
    scan_file: LockedFile | FileFault | None = None


class WithdrawForm(EntryForm):
    """The delegate's own withdrawal; the reason is a courtesy."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[_block],
        validators=[
            Length(
                max=LONGEST_REASON,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=LONGEST_REASON
                ),
            )
        ],
    )


class ListingForm(EntryForm):
    """Whether the name may be printed; as it stands when the page is shown."""

    listed = ParticularsForm.listed


class SegmentsForm(EntryForm):
    """What the person attends."""

    segments = make_field()


class LinkAgainForm(FlaskForm):
    """What "send me my link again" asks for: the address and the meeting."""

    meeting_id = SelectField(lazy_gettext("Meeting"), validate_choice=False)
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

    def offer_meetings(self, meetings: list[Meeting], language: str) -> None:
        self.meeting_id.choices = [
            (each.id, each.short_title[each.choose_language(language)]) for each in meetings
        ]

    def validate_meeting_id(self, field: SelectField) -> None:
        if field.data not in {key for key, _ in field.choices}:
            raise ValidationError(gettext("Choose one of the meetings in the list."))


def name_of(delegation: Delegation, language: str) -> str:
    """Return the delegation's name as lists give it: "Panama", "South American ... (SACM)"."""
    name, short = delegation.name[language], delegation.abbreviation
    return f"{name} ({short[language]})" if short else name
