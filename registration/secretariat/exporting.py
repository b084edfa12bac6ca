"""The tables that leave the house: one page for all that an account may have, and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField

from registration.domain.bundles import PASSPORTS, PASSPORTS_FOR
from registration.domain.events import Event
from registration.domain.exports import ExportFormat, ExportKind, list_exports, may_export
from registration.domain.ids import RegistrationId
from registration.domain.papers import HistoryLine
from registration.domain.roles import SECRETARIAT, Role
from registration.registrar.exporting import Exported, Wanted
from registration.registrar.exporting import export as make_export
from registration.registrar.exporting_calls import SENT_TO_CALL
from registration.secretariat import blueprint
from registration.secretariat.choosing import list_chosen
from registration.store import reading
from registration.store.database import db
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import find_staff, roles_of, staff_by
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext

#: As many earlier exports as the page shows.
_SHOWN = 20
MEDIA_TYPES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv",
}


class ExportForm(FlaskForm):
    """In which language a table is. Several of these stand on one page, so the template writes
    their tokens, and the site asks for one before any form is looked at."""

    class Meta(FlaskForm.Meta):
        csrf = False

    language = SelectField(
        lazy_gettext("Language"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )

    def offer(self) -> None:
        """Fill the list with the meeting's languages."""
        words = current_words()
        self.language.choices = [
            (each, words.language_name(each).capitalize())
            for each in get_current_meeting().languages
        ]


@dataclass(frozen=True)
class ToldExport:
    """One export as the page tells it."""

    title: str
    format: str
    number: int
    who: str
    at: datetime


@blueprint.get("/<meeting>/exports/")
def exports() -> str:
    """Show the tables that this account may have, and those that were taken last."""
    kinds = list_exports(_roles())
    if not kinds:
        abort(HTTPStatus.NOT_FOUND)
    meeting = get_current_meeting()
    return render_template(
        "secretariat/exports.html",
        forms={kind: _make_form(kind) for kind in kinds},
        taken=_list_taken(),
        has_begun=g.arrived_at.astimezone(meeting.zone).date() >= meeting.first_day,
        ExportKind=ExportKind,
        has_passports=not _roles().isdisjoint(PASSPORTS_FOR),
    )


@blueprint.post("/<meeting>/exports/<any(participants,travel,rooms,meals,door,absent):sheet>")
def export(sheet: str) -> ResponseReturnValue:
    """Answer with the table as a file."""
    chosen = ExportKind(sheet)
    if not may_export(chosen, _roles()):
        abort(HTTPStatus.NOT_FOUND)
    form = ExportForm()
    form.offer()
    if not form.validate():
        abort(HTTPStatus.BAD_REQUEST)
    return answer_export(chosen, form.language.data)


@blueprint.post("/<meeting>/exports/chosen")
def export_chosen() -> ResponseReturnValue:
    """Answer with those who were chosen in the list, in the page's language."""
    chosen = [id for id, _ in list_chosen()]
    return answer_export(ExportKind.CHOSEN, current_words().language, chosen)


@blueprint.app_template_global()
def export_words(kind: ExportKind) -> str:
    """Return the name of a table."""
    return {
        ExportKind.PARTICIPANTS: gettext("Participants"),
        ExportKind.TRAVEL: gettext("Travel manifest"),
        ExportKind.ROOMS: gettext("Rooming list"),
        ExportKind.MEALS: gettext("Meals"),
        ExportKind.DOOR: gettext("Door list"),
        ExportKind.ABSENT: gettext("Those who did not come"),
        ExportKind.CHOSEN: gettext("Chosen in the list"),
        ExportKind.SEGMENT: gettext("Part of the meeting"),
    }[kind]


@blueprint.app_template_global()
def export_sentence(kind: ExportKind) -> str:
    """Return who and what is in a table."""
    return {
        ExportKind.PARTICIPANTS: gettext(
            "Everybody who holds a seat or a place, in the order of the meeting's file, with "
            "addresses and state."
        ),
        ExportKind.TRAVEL: gettext(
            "Those whose flight is paid, by city and date of departure, with passport data and "
            "tickets."
        ),
        ExportKind.ROOMS: gettext(
            "Those who are given a room, by hotel and nights. It has no passport data."
        ),
        ExportKind.MEALS: gettext("Everybody who takes part, with diet and allergies."),
        ExportKind.DOOR: gettext(
            "Everybody who is let in, by surname, with room to sign: for a door without network."
        ),
        ExportKind.ABSENT: gettext(
            "Everybody who was expected and of whom no arrival is recorded, with their tickets."
        ),
        ExportKind.CHOSEN: "",
        ExportKind.SEGMENT: "",
    }[kind]


def _make_form(kind: ExportKind) -> ExportForm:
    form = ExportForm(formdata=None, language=current_words().language, prefix="")
    # Six of these stand on one page, and each label must find its own field.
    form.language.id = f"{kind.value}-language"
    form.offer()
    return form


def answer_export(
    kind: ExportKind,
    language: str,
    chosen: Sequence[RegistrationId] = (),
    segment: str = "",
) -> ResponseReturnValue:
    """Answer with the table as a file, in the format that the form asks for."""
    asked = request.form.get("format", ExportFormat.XLSX)
    if asked not in set(ExportFormat):
        abort(HTTPStatus.BAD_REQUEST)
    wanted = Wanted(
        meeting_id=get_current_meeting().id,
        kind=kind,
        format=ExportFormat(asked),
        language=language,
        chosen=chosen,
        segment=segment,
    )
    made = make_export(current_office(), wanted, by=staff_by(), arrived_at=g.arrived_at)
    if not isinstance(made, Exported):
        flash(refusal_sentence(made), "attention")
        return redirect(url_for("secretariat.exports"), HTTPStatus.SEE_OTHER)
    answer = Response(made.data, mimetype=MEDIA_TYPES[wanted.format])
    name = f"{made.name}.{wanted.format.value}"
    answer.headers["Content-Disposition"] = attachment(name, MEDIA_TYPES[wanted.format])
    return answer


def _roles() -> frozenset[Role]:
    """Return what the account is at this meeting."""
    return roles_of(find_staff(), get_current_meeting().id)


def _list_taken() -> list[ToldExport]:
    """Return the last exports of the tables that this account may have, the newest first."""
    roles = _roles()
    chain = reading.chain_of_meeting(get_current_meeting().id)
    lines = [
        each
        for each in reading.list_history(db.session(), chain)
        if each.event is Event.EXPORTED and _may_know(each.facts["kind"], roles)
    ]
    return [_tell(each) for each in lines[:_SHOWN]]


def _may_know(kind: str, roles: frozenset[Role]) -> bool:
    """Of the ZIP of passports the Secretariat may not have one, yet sees who took it."""
    if kind == SENT_TO_CALL:
        return not roles.isdisjoint(SECRETARIAT)
    if kind == PASSPORTS:
        return not roles.isdisjoint(PASSPORTS_FOR | SECRETARIAT)
    return may_export(ExportKind(kind), roles)


def _tell(line: HistoryLine) -> ToldExport:
    kind = line.facts["kind"]
    return ToldExport(
        title=_title(line, kind),
        format=line.facts["format"].upper(),
        number=int(line.facts["number"]),
        who=line.staff_name or "–",
        at=line.at,
    )


def _title(line: HistoryLine, kind: str) -> str:
    if kind == PASSPORTS:
        return gettext("Passports")
    segment = get_current_meeting().find_segment(line.facts.get("segment", ""))
    if segment is not None:
        return segment.title[current_words().language]
    if kind != SENT_TO_CALL:
        return export_words(ExportKind(kind))
    call = get_current_meeting().find_call(line.facts["call"])
    title = line.facts["call"] if call is None else call.title[current_words().language]
    return gettext("Sent to the call “%(call)s”", call=title)
