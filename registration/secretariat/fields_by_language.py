"""Fields of a form that are asked for once in each language of the meeting."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field, StringField

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.names import clean_prose
from registration.web.templates import current_words


def make_lines(
    name: str, meeting: Meeting, label: Callable[[str], str], validators: Sequence[Any]
) -> dict[str, Field]:
    """Return a line for each language of the meeting, by the names of the fields: "name_en".

    label: gives the label for the language's own name, "Spanish" on an English page.
    """
    return {
        f"{name}_{code}": StringField(
            label(current_words().language_name(code)),
            filters=[lambda text: clean_prose(text or "")],
            validators=list(validators),
        )
        for code in meeting.languages
    }


def read_lines(form: Any, name: str, meeting: Meeting) -> dict[Language, str]:  # noqa: ANN401  # a form
    """Return what was written into these lines, by language."""
    return {code: form[f"{name}_{code}"].data or "" for code in meeting.languages}
