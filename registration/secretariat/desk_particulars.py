"""The fields in which the desk tells who takes part."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField

from registration.web.particulars import ParticularsForm


class DeskParticularsForm(ParticularsForm):
    """The particulars as the desk fills them in for somebody: the words are not that person's."""

    listed = BooleanField(
        lazy_gettext("The person agreed to be named in the list of participants"),
        description=lazy_gettext(
            "With position and institution. Tick it only where the person said so."
        ),
    )
    language = SelectField(
        lazy_gettext("Language of messages and papers"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )
