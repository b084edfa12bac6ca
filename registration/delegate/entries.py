"""The entries that this browser has opened, and "send me my link again"."""

from http import HTTPStatus

from flask import g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.forms import LinkAgainForm
from registration.delegate.patience import has_expired, keeps_typing
from registration.domain.ids import MeetingId
from registration.domain.names import canonical_email
from registration.domain.states import FINAL
from registration.registrar import linking
from registration.web import limits, links
from registration.web.current_meeting import list_meetings
from registration.web.office import current_office

_ASKED = "link_asked"


@blueprint.get("/registration/")
def entries() -> str:
    """List them by name. Whoever has just asked for a link reads where to look for it."""
    return _show(make_link_form(), asked=session.pop(_ASKED, None))


@blueprint.post("/registration/")
@keeps_typing
def send_link() -> ResponseReturnValue:
    """Mail the links of this address, if it has any: the answer is the same either way."""
    form = make_link_form()
    if has_expired(form):
        return _show(form), HTTPStatus.BAD_REQUEST
    if not form.validate():
        return _show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    meeting_id, address = MeetingId(form.meeting_id.data), form.email.data
    limits.guard(limits.LINK_AGAIN, f"{meeting_id}|{canonical_email(address)}")
    linking.send_link_again(current_office(), meeting_id, address, arrived_at=g.arrived_at)
    session[_ASKED] = address
    return redirect(url_for("delegate.entries"), HTTPStatus.SEE_OTHER)


def make_link_form() -> LinkAgainForm:
    """Return the form with the meetings of the site to choose from."""
    form = LinkAgainForm()
    form.offer_meetings(list_meetings(), g.language)
    return form


def _show(form: LinkAgainForm, asked: str | None = None) -> str:
    found = [each for each in links.list_open_entries() if each.state not in FINAL]
    meetings = {each.id: each for each in list_meetings()}
    return render_template(
        "delegate/entries.html", form=form, entries=found, meetings=meetings, asked=asked
    )
