"""The forms of the desk. Each carries the version of the entry that it was drawn from."""

from collections.abc import Iterable
from datetime import timedelta

from flask import g
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from registration.domain.meeting import Meeting
from registration.domain.names import clean_block, clean_line
from registration.domain.notes import LONGEST_NOTE
from registration.domain.registrations import Registration
from registration.language import ready_sentences
from registration.language.translator import Translator
from registration.secretariat.desk_particulars import DeskParticularsForm
from registration.web.segments import make_field
from registration.web.words import gettext

#: Characters of a message to a delegate.
LONGEST_REASON = 2000

_reason_length = Length(
    max=LONGEST_REASON,
    message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_REASON),
)


def _block(text: str | None) -> str:
    return clean_block(text or "")


def _line(text: str | None) -> str:
    return clean_line(text or "")


def not_to_come(_form: FlaskForm, field: Field) -> None:
    """Refuse a day that nowhere on earth has begun yet."""
    if field.data is not None and field.data > (g.arrived_at + timedelta(hours=14)).date():
        raise ValidationError(gettext("This day is still to come. Enter the date on the paper."))


class VersionForm(FlaskForm):
    """A button: nothing but the version."""

    version = HiddenField(validators=[InputRequired()])

    @property
    def seen_version(self) -> int:
        """Return the version of the entry that was on the page; 0, never right, for none."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ReasonForm(VersionForm):
    """A move with a reason in words."""

    reason = TextAreaField(lazy_gettext("Reason"), filters=[_block], validators=[_reason_length])


class DecisionForm(VersionForm):
    """Approve, return or decline. Nothing is chosen beforehand."""

    decision = RadioField(
        lazy_gettext("Decision"),
        choices=[
            SelectChoice("approve", lazy_gettext("Approve and issue the letter")),
            SelectChoice("return", lazy_gettext("Return for correction")),
            SelectChoice("decline", lazy_gettext("Decline")),
        ],
        validators=[InputRequired(lazy_gettext("Choose what to do."))],
        invalid_choice_message=lazy_gettext("Choose what to do."),
    )

    ready = SelectField(
        lazy_gettext("Ready sentence"),
        invalid_choice_message=lazy_gettext("Choose one of the sentences in the list."),
    )
    reason = TextAreaField(
        lazy_gettext("Message to the person"),
        filters=[_block],
        validators=[_reason_length],
    )

    def offer(self, *, to: Translator, by: Translator) -> None:
        """Fill the list of sentences. to: the delegate's language. by: the page's."""
        self.ready.choices = [SelectChoice("", lazy_gettext("Choose a sentence"))]
        self.ready.choices += [
            SelectChoice(
                each.value,
                ready_sentences.label(each, by),
                render_kw={"data-sentence": ready_sentences.sentence(each, to)},
            )
            for each in ready_sentences.Ready
        ]

    def take_ready_sentence(self, to: Translator) -> None:
        """Put the chosen sentence into the message: without a script nothing else does."""
        self.reason.data = ready_sentences.add_sentence(
            self.reason.data or "", self.ready.data or "", to
        )
        self.ready.data = ""


class NoteForm(FlaskForm):
    """A note among staff."""

    note_id = HiddenField()
    note = TextAreaField(
        lazy_gettext("New note"),
        filters=[_block],
        validators=[
            DataRequired(lazy_gettext("Write the note first.")),
            Length(
                max=LONGEST_NOTE,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=LONGEST_NOTE
                ),
            ),
        ],
    )


class AmendForm(VersionForm, DeskParticularsForm):
    """The particulars as the desk corrects them, perhaps with a better copy of the passport."""

    passport = FileField(lazy_gettext("Copy of the passport"))
    reason = TextAreaField(
        lazy_gettext("Reason for the correction"),
        filters=[_block],
        validators=[
            DataRequired(lazy_gettext("Write why this is corrected; it stays in the history.")),
            _reason_length,
        ],
    )


class ReissueForm(VersionForm):
    """The letter once more, as the entry and the meeting's file stand now."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[_block],
        validators=[
            DataRequired(
                lazy_gettext("Write why the letter is issued anew; it stays in the history.")
            ),
            _reason_length,
        ],
    )


class EnterForm(DeskParticularsForm):
    """A registration that somebody sent in another way: by e-mail, by telephone, on paper."""

    entry = HiddenField()
    delegation = SelectField(
        lazy_gettext("Delegation or category"),
        validators=[InputRequired(lazy_gettext("Choose the delegation or category."))],
        invalid_choice_message=lazy_gettext("Choose one of those in the list."),
    )
    seat = SelectField(
        lazy_gettext("Seat"),
        invalid_choice_message=lazy_gettext("Choose one of the seats of the delegation."),
    )
    segments = make_field(at_desk=True)
    passport = FileField(lazy_gettext("Copy of the passport"))
    request = FileField(lazy_gettext("Message or paper with which the data came"))
    pass_reserve = BooleanField(
        lazy_gettext("Give the free seat to this person although others wait for it")
    )
    reason = TextAreaField(
        lazy_gettext("Why the desk enters this registration"),
        filters=[_block],
        validators=[
            DataRequired(lazy_gettext("Write how the data came; it stays in the history.")),
            _reason_length,
        ],
    )

    def offer(self, meeting: Meeting, language: str) -> None:
        """Fill the lists with what the meeting offers. language: of the page."""
        super().offer(meeting, language)
        self.ask_of(meeting.find_delegation(self.delegation.data or ""))
        named = {
            lazy_gettext("Delegations"): meeting.delegations,
            lazy_gettext("Categories without a seat"): meeting.categories,
        }
        self.delegation.choices = [
            SelectChoice("", lazy_gettext("Choose")),
            *(
                SelectChoice(each.key, each.name[language], optgroup=heading)
                for heading, groups in named.items()
                for each in groups
            ),
        ]
        self.seat.choices = [("", lazy_gettext("Any free seat"))]
        self.seat.choices += [
            (label.key, f"{each.name[language]}: {label.name[language]}")
            for each in meeting.delegations
            for label in each.labels
        ]


class ReplaceForm(VersionForm, DeskParticularsForm):
    """The person who takes another's seat."""

    entry = HiddenField()
    passport = FileField(lazy_gettext("Copy of the passport"))
    request = FileField(lazy_gettext("Message or paper with which the data came"))
    reason = TextAreaField(
        lazy_gettext("Reason for the replacement"),
        filters=[_block],
        validators=[
            DataRequired(lazy_gettext("Write how the data came; it stays in the history.")),
            _reason_length,
        ],
    )


class NoteVerbaleForm(FlaskForm):
    """A note verbale and the people that it names."""

    entry = HiddenField()
    number = StringField(
        lazy_gettext("Number of the note verbale"),
        filters=[_line],
        validators=[
            DataRequired(lazy_gettext("Enter the number of the note verbale.")),
            Length(
                max=100,
                message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=100),
            ),
        ],
    )
    dated = DateField(
        lazy_gettext("Date of the note verbale"),
        validators=[
            InputRequired(lazy_gettext("Enter the date of the note verbale.")),
            not_to_come,
        ],
    )
    scan = FileField(lazy_gettext("Scan of the note verbale"))
    people = SelectMultipleField(
        lazy_gettext("Whom it names"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(lazy_gettext("Tick at least one person."))],
    )

    def offer(self, registrations: Iterable[Registration]) -> None:
        """Fill the list with the live entries of the delegation."""
        self.people.choices = [(each.reference, each.full_name) for each in registrations]


class AcceptForm(VersionForm):
    """An acceptance that came on paper."""

    letter = HiddenField()
    typed_name = StringField(
        lazy_gettext("Name under the signature"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Enter the name as it stands in the letter."))],
    )
    signed_on = DateField(
        lazy_gettext("Date of the signature"),
        validators=[
            InputRequired(lazy_gettext("Enter the date beside the signature.")),
            not_to_come,
        ],
    )
    accept = BooleanField(
        lazy_gettext("The scan shows that this person signed and accepts the terms of the letter"),
        validators=[InputRequired(lazy_gettext("Tick the box once you have read the scan."))],
    )
    signed_letter = FileField(lazy_gettext("Scan of the signed letter"))
    reason = TextAreaField(
        lazy_gettext("How the letter came back"),
        filters=[_block],
        validators=[
            DataRequired(lazy_gettext("Write how the letter came; it stays in the history.")),
            _reason_length,
        ],
    )
