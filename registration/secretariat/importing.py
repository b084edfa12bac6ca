"""People without a delegation's seat from a spreadsheet: seen before anything is written.

The rows travel in the form of the preview, to the account that sent them and back; they are judged
anew when they come back. Nothing is kept in between.
"""

import json
from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from registration.domain.names import clean_block
from registration.language.refusals import file_sentence
from registration.registrar.entering import Application
from registration.registrar.entering_many import EnteredMany, enter_many
from registration.secretariat import blueprint
from registration.secretariat.forms import LONGEST_REASON
from registration.secretariat.import_rows import HEADINGS, Row, RowFault, heading, judge, read_rows
from registration.secretariat.import_template import compose_template
from registration.sheets.xlsx import write_xlsx
from registration.uploads.names import attachment
from registration.uploads.spreadsheets import MOST_ROWS, TableFault, read_table
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.receiving import ReceivedUpload, take_file
from registration.web.staff import staff_by
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Faults that the page lists; more than these nobody mends one by one.
_MOST_FAULTS = 100


class ImportForm(FlaskForm):
    """The file."""

    spreadsheet = FileField(lazy_gettext("Spreadsheet"))


class ConfirmForm(FlaskForm):
    """The rows that were seen. batch: the signed id of the form, so that it enters nobody twice."""

    batch = HiddenField()
    rows = HiddenField()
    reason = TextAreaField(
        lazy_gettext("Why the desk enters these people"),
        filters=[lambda text: clean_block(text or "")],
        validators=[
            DataRequired(lazy_gettext("Write how the data came; it stays in the history.")),
            Length(
                max=LONGEST_REASON,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=LONGEST_REASON
                ),
            ),
        ],
    )


@blueprint.get("/<meeting>/import")
def import_people() -> ResponseReturnValue:
    """Show where a spreadsheet is sent, and what it must look like."""
    return _ask(ImportForm(formdata=None))


@blueprint.get("/<meeting>/import/template.xlsx")
def import_template() -> Response:
    """Answer with an empty spreadsheet in the page's language; its second tab says how to fill in
    the first."""
    name = gettext("People without a seat")
    answer = Response(write_xlsx(*compose_template(name, get_current_meeting())), mimetype=_XLSX)
    answer.headers["Content-Disposition"] = attachment(f"{name}.xlsx", _XLSX)
    return answer


@blueprint.post("/<meeting>/import")
def preview_import() -> ResponseReturnValue:
    """Show who would be entered, or everything that is wrong. Nothing is written."""
    form = ImportForm()
    if not form.validate():
        abort(HTTPStatus.BAD_REQUEST)
    taken = take_file(request, "spreadsheet")
    if not isinstance(taken, ReceivedUpload):
        form.spreadsheet.errors = [file_sentence(taken, current_words())]
        return _ask(form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    table = read_table(taken.data)
    if isinstance(table, TableFault):
        form.spreadsheet.errors = [_fault_sentence(table)]
        return _ask(form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    rows = read_rows(table)
    batch = make_entry_id()
    people = _judge(rows, batch)
    if not people or isinstance(people[0], RowFault):
        return _ask(form, people, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    told = json.dumps([[each.number, each.values] for each in rows if isinstance(each, Row)])
    return _preview(ConfirmForm(formdata=None, batch=batch, rows=told), people)


@blueprint.post("/<meeting>/import/save")
def save_import() -> ResponseReturnValue:
    """Enter all of them in one transaction."""
    form = ConfirmForm()
    is_good = form.validate()
    people = _judge(_unpack(form.rows.data or ""), form.batch.data or "")
    if not people or isinstance(people[0], RowFault):
        return _ask(ImportForm(formdata=None), people, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_good:
        return _preview(form, people, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = enter_many(
        current_office(),
        [each for each in people if isinstance(each, Application)],
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, EnteredMany):
        flash(refusal_sentence(result), "failure")
        return redirect(url_for("secretariat.import_people"), HTTPStatus.SEE_OTHER)
    flash(
        gettext(
            "Entered: %(entered)d. Registered before, and left as they were: %(there)d.",
            entered=result.entered,
            there=result.there,
        ),
        "done" if result.entered else "attention",
    )
    return redirect(f"{url_for('secretariat.entries')}#entries", HTTPStatus.SEE_OTHER)


def _judge(rows: list[Row] | list[RowFault], batch: str) -> list[Application] | list[RowFault]:
    id = find_entry_id(batch)
    if id is None:
        abort(HTTPStatus.BAD_REQUEST)
    good = [each for each in rows if isinstance(each, Row)]
    if len(good) < len(rows):
        return [each for each in rows if isinstance(each, RowFault)]
    return judge(good, get_current_meeting(), UUID(str(id)))


def _unpack(told: str) -> list[Row]:
    """Return the rows as the preview's form carried them. Answers 400 for what no page sent."""
    try:
        rows = [
            Row(int(number), {str(name): str(value) for name, value in values.items()})
            for number, values in json.loads(told)
        ]
    except (ValueError, TypeError, AttributeError):
        abort(HTTPStatus.BAD_REQUEST)
    if len(rows) > MOST_ROWS:
        abort(HTTPStatus.BAD_REQUEST)
    return rows


def _ask(
    form: ImportForm,
    faults: list[Application] | list[RowFault] | None = None,
    *,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    wrong = list(faults or [])
    page = render_template(
        "secretariat/import.html",
        form=form,
        faults=wrong[:_MOST_FAULTS],
        count=len(wrong),
        headings=[heading(each) for each in HEADINGS],
        most=MOST_ROWS,
    )
    return page, code


def _preview(
    form: ConfirmForm,
    people: list[Application] | list[RowFault],
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    meeting, language = get_current_meeting(), current_words().language
    names = {each.key: each.name[language] for each in meeting.categories}
    page = render_template("secretariat/import_preview.html", form=form, people=people, names=names)
    return page, code


def _fault_sentence(fault: TableFault) -> str:
    return {
        TableFault.EMPTY: gettext("There is nobody in it. Fill in the template and send it again."),
        TableFault.TOO_LARGE: gettext(
            "The file is too large. Send one of 5 MB or less, without pictures."
        ),
        TableFault.TOO_MANY_ROWS: gettext(
            "It has more than %(most)d rows. Send it in parts.", most=MOST_ROWS
        ),
        TableFault.UNREADABLE: gettext(
            "This is no spreadsheet that we can read. Save it as XLSX or CSV and send it again."
        ),
    }[fault]
