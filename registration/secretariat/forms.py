"""The forms of the desk. Each carries the version of the entry that it was drawn from."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length

from registration.domain.meeting import Meeting
from registration.domain.names import clean_block, clean_line
from registration.web.particulars import ParticularsForm

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
    reason = TextAreaField(
        lazy_gettext("Message to the person"),
        filters=[_block],
        validators=[_reason_length],
    )


class AmendForm(VersionForm, ParticularsForm):
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


class EnterForm(ParticularsForm):
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
    passport = FileField(lazy_gettext("Copy of the passport"))
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


class AcceptForm(VersionForm):
    """An acceptance that came on paper."""

    letter = HiddenField()
    typed_name = StringField(
        lazy_gettext("Name under the signature"),
        filters=[_line],
        validators=[DataRequired(lazy_gettext("Enter the name as it stands in the letter."))],
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
