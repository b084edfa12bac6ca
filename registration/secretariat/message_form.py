"""The form in which a message is written: a subject and a text in each language of the meeting."""

from collections.abc import Collection
from typing import Any, cast

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.messages import LONGEST_BODY, LONGEST_SUBJECT, find_fault
from registration.domain.names import clean_block, clean_prose
from registration.language.messages import fault_sentence
from registration.web.templates import current_words
from registration.web.words import gettext

_TOO_LONG = lazy_gettext("Shorten this to %(max)d characters or fewer.")


class MessageForm(FlaskForm):
    """The part that is the same in every language. needed: languages that recipients read."""

    needed: Collection[Language] = ()
    languages: tuple[Language, ...] = ()

    def subjects(self) -> dict[Language, str]:
        """Return the subjects that were written, by language."""
        return self._written("subject")

    def bodies(self) -> dict[Language, str]:
        """Return the texts that were written, by language."""
        return self._written("body")

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # WTForms' own
        """A language that somebody reads must be written; another one wholly or not at all."""
        is_good = bool(super().validate(extra_validators))
        for code in self.languages:
            subject, body = self[f"subject_{code}"], self[f"body_{code}"]
            if not (code in self.needed or subject.data or body.data):
                continue
            for field in (subject, body):
                if not field.data:
                    field.errors = [*field.errors, _missing(code)]
                    is_good = False
        return is_good

    def _written(self, kind: str) -> dict[Language, str]:
        written = {code: self[f"{kind}_{code}"].data for code in self.languages}
        return {code: text for code, text in written.items() if text}


def make_message_form(
    meeting: Meeting,
    needed: Collection[Language],
    **initial: Any,  # noqa: ANN401  # WTForms' own
) -> MessageForm:
    """Return the form. needed: languages that recipients read. initial: as WTForms takes them."""
    fields: dict[str, Any] = {"needed": needed, "languages": meeting.languages}
    for code in meeting.languages:
        name = current_words().language_name(code)
        fields[f"subject_{code}"] = StringField(
            gettext("Subject in %(language)s", language=name),
            filters=[lambda text: clean_prose(text or "")],
            validators=[Length(max=LONGEST_SUBJECT, message=_TOO_LONG), _check_fields],
        )
        fields[f"body_{code}"] = TextAreaField(
            gettext("Text in %(language)s", language=name),
            filters=[lambda text: clean_block(text or "")],
            validators=[Length(max=LONGEST_BODY, message=_TOO_LONG), _check_fields],
        )
    kind = type("WrittenForm", (MessageForm,), fields)
    return cast("MessageForm", kind(**initial))


def _missing(code: Language) -> str:
    name = current_words().language_name(code)
    return gettext("Write this in %(language)s: some recipients read it.", language=name)


def _check_fields(_form: FlaskForm, field: Field) -> None:
    fault = find_fault(field.data or "")
    if fault is not None:
        raise ValidationError(fault_sentence(fault, current_words()))
