"""The fields in which somebody accepts a letter: the same for delegates and at the door."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from registration.domain.names import LONGEST_LINE, clean_line


def _line(text: str | None) -> str:
    return clean_line(text or "")


class SigningFields:
    """What a form of an acceptance asks for; a form takes these in beside its own fields."""

    terms = HiddenField()
    accept = BooleanField(
        lazy_gettext("I have read the letter and I accept these terms"),
        validators=[
            DataRequired(lazy_gettext("Tick the box to accept the terms of the invitation."))
        ],
    )
    typed_name = StringField(
        lazy_gettext("Type your complete name"),
        filters=[_line],
        validators=[
            DataRequired(lazy_gettext("Type your complete name, as it stands in the letter.")),
            Length(
                max=2 * LONGEST_LINE,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=2 * LONGEST_LINE
                ),
            ),
        ],
    )
    # Not a HiddenField: its own macro draws it, beside the canvas.
    signature = StringField(render_kw={"type": "hidden"})
