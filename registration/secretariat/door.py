"""The door: what the code on a badge leads to, and the record that its bearer came."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.domain.registrations import Registration
from registration.registrar.arriving import Arrived, record_arrival
from registration.registrar.scanning import find_badge
from registration.secretariat import blueprint
from registration.secretariat.door_results import make_card
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import refusal_sentence, short_moment
from registration.web.words import gettext


@blueprint.get("/door/<code>")
def door(code: str) -> ResponseReturnValue:
    """Show whose badge it is: the name, for whom the person comes, and how the entry stands."""
    registration = _get_bearer(code)
    return render_template(
        "secretariat/door.html",
        code=code,
        card=make_card(registration),
    )


@blueprint.post("/door/<code>")
def check_in(code: str) -> ResponseReturnValue:
    """Record that the bearer came."""
    registration = _get_bearer(code)
    result = record_arrival(
        current_office(), registration.id, by=staff_by(), arrived_at=g.arrived_at
    )
    flash(*told(result, registration))
    return redirect(url_for("secretariat.door", code=code), 303)


def told(result: object, registration: Registration) -> tuple[str, str]:
    """Return what came of a record in words, and the kind of message it is."""
    name = registration.full_name
    if not isinstance(result, Arrived):
        return refusal_sentence(result), "failure"  # type: ignore[arg-type]  # a Refusal
    if result.is_new:
        return gettext("The arrival of %(name)s is recorded.", name=name), "done"
    moment = short_moment(result.at)
    text = gettext(
        "%(name)s had come already: %(moment)s. Nothing was changed.", name=name, moment=moment
    )
    return text, "attention"


def _get_bearer(code: str) -> Registration:
    """Return the entry of a badge's code and make its meeting the page's. 404 for any other code,
    and the answer does not tell how much of it was right."""
    found = find_badge(current_office(), code)
    if found is None:
        abort(404)
    return found
