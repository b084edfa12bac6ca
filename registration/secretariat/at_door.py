"""The door's own page: one field for scanner, camera and keyboard, and how many have come.

What the page's script asks for are the same answers as pieces: without it the form of the page does
all of this. Scans that waited for the connection are told in order and may be told twice.
"""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from flask import Response, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from wtforms import StringField
from wtforms.validators import Length

from registration.domain.names import clean_line
from registration.domain.registrations import Registration
from registration.domain.scans import LONGEST_SCAN, read_scan
from registration.registrar.arriving import record_arrival
from registration.registrar.scanning import find_scanned
from registration.secretariat import blueprint
from registration.secretariat.door_results import (
    MOST_FOUND,
    Card,
    find_people,
    make_card,
    tell_nobody,
    tell_result,
)
from registration.secretariat.finding import get_entry
from registration.store.database import db
from registration.store.reading import arrivals
from registration.store.reading.arrivals import Attendance, Expected
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext

#: The camera is allowed here and nowhere else, and to our own page alone.
_WITH_CAMERA = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


class ScanForm(FlaskForm):
    """One field for all: what a scanner types, a name, a delegation, a number."""

    text = StringField(
        lazy_gettext("Scan a badge or a letter, or type a name, a delegation or a number"),
        validators=[Length(max=LONGEST_SCAN)],
    )


@blueprint.get("/<meeting>/door/")
def at_door() -> Response:
    """Show the field and the numbers."""
    return _show(ScanForm(formdata=None))


@blueprint.post("/<meeting>/door/")
def ask_at_door() -> ResponseReturnValue:
    """Without a script: record what was scanned, or look for what was typed."""
    form = ScanForm()
    text = clean_line(form.text.data or "") if form.validate() else ""
    if read_scan(text) is None:
        return _show(form, text=text, found=find_people(get_current_meeting(), text))
    card = _record(text, None)
    if card.registration is None:
        return _show(ScanForm(formdata=None), card=card)
    flash(f"{card.word}. {card.sentence}", card.kind)
    return redirect(
        url_for("secretariat.door_person", reference=card.registration.reference),
        HTTPStatus.SEE_OTHER,
    )


@blueprint.post("/<meeting>/door/scan")
def scan() -> Response:
    """Record a scan for the page's script. `waited`: for how many seconds it waited for the
    connection, where it did."""
    card = _record(request.form.get("code", ""), _read_waited())
    return _piece(card=card)


@blueprint.post("/<meeting>/door/search")
def door_search() -> Response:
    """Look for what was typed so far, for the page's script."""
    text = clean_line(request.form.get("text", ""))[:LONGEST_SCAN]
    return _piece(text=text, found=find_people(get_current_meeting(), text))


@blueprint.get("/<meeting>/door/numbers")
def door_numbers() -> Response:
    """Answer with how many have come, and a fresh token for the forms of a page that stays open
    all day."""
    numbers = _count()
    return jsonify(
        delegations={key: each.came for key, each in numbers.items()},
        expected={key: each.expected for key, each in numbers.items()},
        token=generate_csrf(),
    )


@blueprint.get("/<meeting>/door/<reference>/")
def door_person(reference: str) -> ResponseReturnValue:
    """Show one person as the door sees them."""
    registration = get_guest(reference)
    return render_template("secretariat/door/person.html", card=make_card(registration))


@blueprint.post("/<meeting>/door/<reference>/arrival")
def door_arrival(reference: str) -> ResponseReturnValue:
    """Record the arrival of somebody who was found by name."""
    registration = get_guest(reference)
    result = record_arrival(
        current_office(), registration.id, by=staff_by(), arrived_at=g.arrived_at
    )
    card = tell_result(registration, result)
    flash(f"{card.word}. {card.sentence}", card.kind)
    return redirect(url_for("secretariat.door_person", reference=reference), HTTPStatus.SEE_OTHER)


def get_guest(reference: str) -> Registration:
    """Return the entry of the meeting in the address. 404 for another meeting's."""
    meeting = get_current_meeting()
    found = get_entry(reference)
    if found.meeting_id != meeting.id:
        abort(404)
    return found


def _record(text: str, waited: timedelta | None) -> Card:
    """Record the arrival that a scan tells of."""
    office = current_office()
    found = find_scanned(office, get_current_meeting().id, text)
    if not isinstance(found, Registration):
        return tell_nobody(found)
    result = record_arrival(office, found.id, by=staff_by(), arrived_at=g.arrived_at, waited=waited)
    return tell_result(found, result)


def _read_waited() -> timedelta | None:
    text = request.form.get("waited", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return timedelta(seconds=int(text))


def _count() -> dict[str, Attendance]:
    """Return the numbers of all delegations in the order of the file, and of all under ""."""
    meeting = get_current_meeting()
    counted = arrivals.count_attendance(db.session(), meeting.id)
    numbers: dict[str, Attendance] = {
        each.key: counted[each.key] for each in meeting.delegations if each.key in counted
    }
    numbers |= {key: each for key, each in counted.items() if key not in numbers}
    total = Attendance(
        sum(each.expected for each in counted.values()),
        sum(each.came for each in counted.values()),
    )
    return {**numbers, "": total}


def _piece(*, card: Card | None = None, text: str = "", found: Sequence[Expected] = ()) -> Response:
    html = render_template(
        "secretariat/door/piece.html", card=card, text=text, found=found, most=MOST_FOUND
    )
    return jsonify(html=html, kind=card.kind if card else "", told=_spoken(card))


def _spoken(card: Card | None) -> str:
    """Return what a reader of the screen hears: the word, the name, for whom, and the sentence."""
    if card is None:
        return ""
    return f"{card.word}. {card.sentence}"


def _show(
    form: ScanForm, *, text: str = "", card: Card | None = None, found: Sequence[Expected] = ()
) -> Response:
    page = Response(
        render_template(
            "secretariat/door/door.html",
            form=form,
            text=text,
            card=card,
            found=found,
            most=MOST_FOUND,
            numbers=_count(),
            said=_list_said(),
        )
    )
    page.headers["Permissions-Policy"] = _WITH_CAMERA
    return page


def _list_said() -> dict[str, str]:
    """Return what the script says by itself: while there is nobody to ask."""
    return {
        "waiting-one": gettext("1 scan waits for the connection."),
        "waiting-many": gettext("{number} scans wait for the connection."),
        "kept": gettext("Kept: it is sent when the connection is back."),
        "kept-word": gettext("No connection"),
        "no-code": gettext("Without connection only badges and letters can be scanned, no names."),
        "sent": gettext("The connection is back. All scans were sent."),
        "signed-out": gettext(
            "You were signed out. Sign in again in another tab; what waits here is kept."
        ),
        "no-camera": gettext("The camera cannot be used: allow it in the browser, or type."),
    }
