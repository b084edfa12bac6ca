"""The rows of a spreadsheet of people without a delegation's seat, judged one by one.

A row is judged by the form's own rules, so its errors are the form's own sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired

from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.names import canonical_email, canonical_name
from registration.language.translator import get_translator, list_languages
from registration.registrar.entering import Application
from registration.web.particulars import ParticularsForm
from registration.web.templates import current_words
from registration.web.words import gettext

#: The columns, in the order of the template, with their headings. The last three may be left out.
HEADINGS = {
    "category": "Category",
    "treatment": "Form of address",
    "given_names": "Given names",
    "surnames": "Surnames",
    "institution": "Institution",
    "position": "Position",
    "email": "E-mail address",
    "copy_to": "Copy to",
    "language": "Language",
}
OPTIONAL = frozenset({"treatment", "copy_to", "language"})


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell, and what to write. row: as the spreadsheet counts, from 1."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """One row by the names of its columns. number: as the spreadsheet counts, from 1."""

    number: int
    values: dict[str, str]


class RowForm(ParticularsForm):
    """A row as the desk's form would bring it."""

    class Meta(FlaskForm.Meta):
        csrf = False

    category = SelectField(
        validators=[InputRequired(lazy_gettext("Write one of the categories of the meeting."))],
        invalid_choice_message=lazy_gettext("Write one of the categories of the meeting."),
    )

    def offer(self, meeting: Meeting, language: str) -> None:
        """Fill the lists with what the meeting offers."""
        super().offer(meeting, language)
        self.ask_of(meeting.find_delegation(self.category.data or ""))
        self.category.choices = [(each.key, each.name[language]) for each in meeting.categories]


def heading(name: str) -> str:
    """Return the heading of a column in the page's language."""
    return current_words().gettext(HEADINGS[name])


def read_rows(table: Sequence[Sequence[str]]) -> list[Row] | list[RowFault]:
    """Return the rows that hold anything, or what is wrong with the headings. table: the headings,
    in whichever language of the site, and below them the rows."""
    places = _find_columns(table[0])
    missing = [each for each in HEADINGS if each not in places and each not in OPTIONAL]
    if missing:
        return [
            RowFault(1, heading(each), gettext("This column is missing. Use the template."))
            for each in missing
        ]
    return [
        Row(
            number,
            {name: row[at] if at < len(row) else "" for name, at in places.items()},
        )
        for number, row in enumerate(table[1:], start=2)
        if any(row)
    ]


def judge(
    rows: Sequence[Row], meeting: Meeting, form_id: UUID
) -> list[Application] | list[RowFault]:
    """Return the people of the rows, or everything that is wrong. form_id: of the form, from which
    each row's own id is made: the same form sent twice is the same people."""
    applications: list[Application] = []
    faults: list[RowFault] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        form = _make_form(row, meeting)
        if not form.validate():
            faults += _tell(row, form)
            continue
        person = form.to_particulars()
        known = (canonical_email(person.email), canonical_name(person.full_name))
        if known in seen:
            words = gettext("The same person stands in row %(row)d. Take one out.", row=seen[known])
            faults.append(RowFault(row.number, heading("surnames"), words))
        seen.setdefault(known, row.number)
        applications.append(
            Application(
                entry=RegistrationId(uuid5(form_id, str(row.number))),
                meeting_id=meeting.id,
                delegation_key=DelegationKey(form.category.data),
                particulars=person,
            )
        )
    return faults or applications


def _find_columns(headings: Sequence[str]) -> dict[str, int]:
    """Return where each column stands. A heading is known in every language of the site."""
    names = {
        canonical_name(get_translator(language).gettext(text)): name
        for language in list_languages()
        for name, text in HEADINGS.items()
    }
    found: dict[str, int] = {}
    for at, text in enumerate(headings):
        name = names.get(canonical_name(text))
        if name is not None:
            found.setdefault(name, at)
    return found


def _make_form(row: Row, meeting: Meeting) -> RowForm:
    values = dict(row.values)
    values["category"] = _find_category(values.get("category", ""), meeting)
    values["language"] = _find_language(values.get("language", ""), meeting)
    form = RowForm(formdata=None, data={name: values.get(name, "") for name in HEADINGS})
    for field in form:
        # What a form of the site does to what is typed, done to what came in a cell.
        for clean in field.filters:
            field.data = clean(field.data)
        field.raw_data = [field.data] if field.data else []
    form.offer(meeting, current_words().language)
    return form


def _find_category(text: str, meeting: Meeting) -> str:
    """Return the key of the category that is named by its key or in any language."""
    wanted = canonical_name(text)
    for each in meeting.categories:
        names = [each.key, *(each.name[language] for language in each.name)]
        if wanted in {canonical_name(name) for name in names}:
            return each.key
    return text


def _find_language(text: str, meeting: Meeting) -> str:
    """Return the code of the language that is named, or, where none is, that of the page."""
    if not text:
        return current_words().language
    wanted = canonical_name(text)
    for code in meeting.languages:
        names = [get_translator(each).language_name(code) for each in list_languages()]
        if wanted in {canonical_name(each) for each in (code, *names)}:
            return code
    return text


def _tell(row: Row, form: RowForm) -> Iterator[RowFault]:
    for name, errors in form.errors.items():
        if name in HEADINGS:
            yield RowFault(row.number, heading(name), str(errors[0]))
