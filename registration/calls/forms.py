"""The forms of calls, made of a call's questions; each question's field is called "q_<its key>"."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from registration.domain.answers import clean_answer, refuse_answer
from registration.domain.calls import AnswerKind, Call, Question
from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.names import LONGEST_LINE, clean_line
from registration.domain.submissions import Sender
from registration.web.particulars import LONGEST_ADDRESS, check_address, check_name
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext

PREFIX = "q_"
_PAGE_ORDER = ("delegation", "name", "institution", "position", "email", "language")


def _line(text: str | None) -> str:
    return clean_line(text or "")


def _at_most(length: int) -> Length:
    return Length(
        max=length,
        message=lazy_gettext("Shorten this to %(max)d characters or fewer.", max=length),
    )


class AnswersForm(FlaskForm):
    """The answers. asked: the call's questions; each class made by `of_call` has its own."""

    asked: tuple[Question, ...] = ()
    version = HiddenField()

    @property
    def answers(self) -> dict[str, str]:
        """Return the answers by question, as they were cleaned."""
        return {each.key: _read(self[PREFIX + each.key]) for each in self.asked}

    @property
    def seen_version(self) -> int:
        """Return the version that was on the page; -1, which nothing has, where there is none."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class SendForm(AnswersForm):
    """Who sends, and the answers."""

    def __iter__(self) -> Iterator[Field]:
        """Give the fields in the order of the page, which the summary of errors keeps."""
        first = [self[name] for name in _PAGE_ORDER if name in self]
        return iter([*first, *(each for each in super().__iter__() if each not in first)])

    entry = HiddenField(render_kw={"autocomplete": "off"})
    delegation = SelectField(lazy_gettext("Delegation"), validate_choice=False)
    name = StringField(
        lazy_gettext("Complete name"),
        filters=[_line],
        validators=[
            DataRequired(lazy_gettext("Enter the name.")),
            _at_most(LONGEST_LINE),
            check_name,
        ],
    )
    institution = StringField(
        lazy_gettext("Institution"), filters=[_line], validators=[_at_most(LONGEST_LINE)]
    )
    position = StringField(
        lazy_gettext("Position"), filters=[_line], validators=[_at_most(LONGEST_LINE)]
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        filters=[_line],
        validators=[
            DataRequired(lazy_gettext("Enter an e-mail address.")),
            _at_most(LONGEST_ADDRESS),
            check_address,
        ],
    )
    language = SelectField(
        lazy_gettext("Language of the messages"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )

    def offer(self, meeting: Meeting, delegations: list[Delegation], language: Language) -> None:
        """Fill the lists. delegations: those that may answer; empty where persons do."""
        words = current_words()
        self.language.choices = [
            (each, words.language_name(each).capitalize()) for each in meeting.languages
        ]
        self.delegation.choices = [
            ("", gettext("Choose a delegation")),
            *((each.key, each.name[language]) for each in delegations),
        ]

    def validate_delegation(self, field: SelectField) -> None:
        keys = {key for key, _ in field.choices if key}
        if keys and field.data not in keys:
            raise ValidationError(gettext("Choose one of the delegations in the list."))

    def to_sender(self) -> Sender:
        """Return who sends. Only after the form was found good."""
        return Sender(
            name=self.name.data,
            institution=self.institution.data,
            position=self.position.data,
            email=self.email.data,
            language=self.language.data,
        )


def make_send_form(call: Call, language: Language, data: Mapping[str, Any] | None) -> SendForm:
    """Return the form of a call, which asks for the institution and the position unless it is for
    news. data: what stands in it when it is shown first."""
    fields = _fields(call, language)
    if not call.leaves:
        fields["institution"] = _required("Institution", gettext("Enter the institution."))
        fields["position"] = _required("Position", gettext("Enter the position."))
    kind = type("SendFormOfCall", (SendForm,), {**fields, "asked": call.questions})
    form: SendForm = kind(data=data)
    _offer_choices(form, language)
    return form


def make_answers_form(
    call: Call, language: Language, data: Mapping[str, Any] | None
) -> AnswersForm:
    """Return the form of the answers alone. data: as `make_send_form` takes it."""
    fields = {**_fields(call, language), "asked": call.questions}
    form: AnswersForm = type("AnswersFormOfCall", (AnswersForm,), fields)(data=data)
    _offer_choices(form, language)
    return form


def to_data(call: Call, answers: Mapping[str, str]) -> dict[str, Any]:
    """Return answers as the fields of a form hold them."""
    return {
        PREFIX + each.key: (
            answers.get(each.key, "").splitlines()
            if each.kind is AnswerKind.CHOICES
            else answers.get(each.key, "")
        )
        for each in call.questions
    }


def _offer_choices(form: AnswersForm, language: Language) -> None:
    for each in form.asked:
        if each.choices:
            offered = [(one.key, one.name[language]) for one in each.choices]
            form[PREFIX + each.key].choices = offered


def _required(label: str, sentence: str) -> StringField:
    labels = {"Institution": gettext("Institution"), "Position": gettext("Position")}
    return StringField(
        labels[label],
        filters=[_line],
        validators=[DataRequired(sentence), _at_most(LONGEST_LINE)],
    )


def _fields(call: Call, language: Language) -> dict[str, Any]:
    return {PREFIX + each.key: _field(each, language) for each in call.questions}


def _field(question: Question, language: Language) -> Field:
    label = question.text[language]
    told = {
        "description": _hint(question, language),
        "validators": [_Fits(question)],
    }
    match question.kind:
        case AnswerKind.LINE:
            return StringField(label, filters=[_Cleaner(question)], **told)
        case AnswerKind.TEXT:
            counted = {"data-most": str(question.most)}
            return TextAreaField(label, filters=[_Cleaner(question)], render_kw=counted, **told)
        case AnswerKind.CHOICE:
            return RadioField(label, validate_choice=False, **told)
        case AnswerKind.CHOICES:
            return SelectMultipleField(
                label,
                validate_choice=False,
                widget=ListWidget(prefix_label=False),
                option_widget=CheckboxInput(),
                **told,
            )


def _hint(question: Question, language: Language) -> str:
    own = question.hint[language] if question.hint else ""
    if question.kind is not AnswerKind.TEXT:
        return own
    most = gettext("Up to %(most)s characters.", most=current_words().number(question.most))
    return f"{own} {most}".strip()


def _read(field: Field) -> str:
    """Return what a field holds, cleaned, as it is stored."""
    if isinstance(field, SelectMultipleField):
        return "\n".join(field.data or [])
    return str(field.data or "")


class _Cleaner:
    """The filter of a field: what the page shows again is what would be kept."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __call__(self, text: str | None) -> str:
        return clean_answer(self.question, text or "")


class _Fits:
    """The validator of a field: the answer is there where it must be, and the rules take it."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.field_flags = {"required": True} if question.required else {}

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        words = clean_answer(self.question, _read(field))
        if self.question.required and not words:
            raise ValidationError(gettext("This question must be answered."))
        refusal = refuse_answer(self.question, words)
        if refusal is not None:
            raise ValidationError(refusal_sentence(refusal))
