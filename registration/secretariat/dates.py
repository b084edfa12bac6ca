"""Dates, admission and delegations of the whole meeting, changed at the desk."""

from http import HTTPStatus

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.meeting import Admission, Meeting
from registration.domain.refusals import Refusal
from registration.registrar import delegations, seating
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of
from registration.secretariat.delegation_forms import DatesForm, end_of, last_day_before
from registration.secretariat.delegation_moves import make_change
from registration.secretariat.new_delegation_form import NewDelegationForm, make_new_delegation_form
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.get("/<meeting>/dates")
def dates() -> ResponseReturnValue:
    """Show the meeting's dates to be changed."""
    meeting = get_current_meeting()
    form = DatesForm(
        formdata=None,
        deadline=last_day_before(meeting.deadline, meeting),
        changes_until=last_day_before(meeting.changes_until, meeting),
    )
    return _show_dates(form)


@blueprint.post("/<meeting>/dates")
def save_dates() -> ResponseReturnValue:
    """Give the meeting other dates."""
    form = DatesForm()
    if not form.validate():
        return _show_dates(form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = seating.move_dates(
        current_office(),
        get_current_meeting().id,
        deadline=end_of(form.deadline.data),
        changes_until=end_of(form.changes_until.data),
        change=make_change(form),
    )
    if not isinstance(result, Meeting):
        return _show_dates(form, refusal=result, code=code_of(result))
    return _done(gettext("The dates are changed."))


@blueprint.post("/<meeting>/admission")
def save_admission() -> ResponseReturnValue:
    """Open registration to everybody, or to whoever comes through a delegation's link alone."""
    to = request.form.get("to", "")
    if to not in set(Admission):
        return _done(gettext("Nothing was changed."))
    delegations.admit(
        current_office(),
        get_current_meeting().id,
        Admission(to),
        by=staff_by(),
        at=g.arrived_at,
    )
    return _done(gettext("Changed for all delegations."))


@blueprint.get("/<meeting>/new-delegation")
def new_delegation() -> ResponseReturnValue:
    """Show the form of a delegation that the meeting's file does not have."""
    return _show_new(make_new_delegation_form(get_current_meeting(), formdata=None))


@blueprint.post("/<meeting>/new-delegation")
def save_new_delegation() -> ResponseReturnValue:
    """Add the delegation."""
    form = make_new_delegation_form(get_current_meeting())
    form.offer(get_current_meeting(), g.language)
    if not form.validate():
        return _show_new(form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    written = form.to_table(get_current_meeting())
    result = seating.add_delegation(
        current_office(), get_current_meeting().id, written, change=make_change(form)
    )
    if not isinstance(result, Meeting):
        return _show_new(form, refusal=result, code=code_of(result))
    flash(gettext("The delegation is added."), "done")
    return redirect(url_for("secretariat.delegation", key=written["key"]), HTTPStatus.SEE_OTHER)


def _show_dates(
    form: DatesForm, *, refusal: Refusal | None = None, code: int = HTTPStatus.OK
) -> ResponseReturnValue:
    return render_template("secretariat/dates.html", form=form, refusal=refusal), code


def _show_new(
    form: NewDelegationForm, *, refusal: Refusal | None = None, code: int = HTTPStatus.OK
) -> ResponseReturnValue:
    form.offer(get_current_meeting(), g.language)
    return render_template("secretariat/new_delegation.html", form=form, refusal=refusal), code


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence, "done")
    return redirect(url_for("secretariat.delegations"), HTTPStatus.SEE_OTHER)
