"""The spreadsheet to fill in: an empty table, and beside it what belongs into each column."""

from collections.abc import Iterator

from registration.domain.meeting import Meeting
from registration.secretariat.import_rows import HEADINGS, OPTIONAL, heading
from registration.sheets.table import Column, Sheet
from registration.web.templates import current_words
from registration.web.words import gettext


def compose_template(name: str, meeting: Meeting) -> tuple[Sheet, Sheet]:
    """Return the tab that is read, with nobody in it, and the one that explains it."""
    explained = Sheet(
        name=gettext("How to fill it in"),
        title=name,
        columns=(
            Column(gettext("Column"), 22),
            Column(gettext("What to write"), 80),
            Column(gettext("For example"), 40),
        ),
        rows=[*_list_categories(meeting), *_list_columns(meeting)],
    )
    columns = [Column(heading(each), 26) for each in HEADINGS]
    return Sheet(name=name, title=name, columns=columns, rows=()), explained


def _list_categories(meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    for each in meeting.categories:
        said = gettext("One of these, by its name or by the short word beside it.")
        yield heading("category"), said, f"{each.name[current_words().language]} / {each.key}"


def _list_columns(meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    words = current_words()
    languages = [words.language_name(each).capitalize() for each in meeting.languages]
    treatment = meeting.treatments[0][words.language] if meeting.treatments else ""
    without = ", ".join(
        each.name[words.language] for each in meeting.categories if not each.asks_position
    )
    position = gettext("As it should read on the papers.")
    if without:
        position += " " + gettext("May be empty for: %(categories)s.", categories=without)
    told = {
        "treatment": (gettext("As it should stand before the name."), treatment),
        "given_names": (gettext("As in the passport."), "Ana Lucía"),
        "surnames": (gettext("As in the passport."), "Morales Vargas"),
        "institution": (
            gettext("Of a companion, whom the person accompanies."),
            gettext("Ministry of Foreign Affairs"),
        ),
        "position": (position, gettext("Director of Integration")),
        "email": (
            gettext(
                "Each name and address once. Of a companion without one, that of whom they join."
            ),
            "ana.morales@example.org",
        ),
        "copy_to": (gettext("Of an assistant who gets a copy."), "asistente@example.org"),
        "language": (gettext("Of messages and papers."), " / ".join(languages)),
    }
    for name, (said, example) in told.items():
        may_be_empty = gettext("May be left out.") if name in OPTIONAL else ""
        yield heading(name), f"{said} {may_be_empty}".strip(), example
