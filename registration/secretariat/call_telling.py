"""Telling everybody who answered a call what was decided, after a look at who gets which mail; and
publishing who was chosen."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from registration.domain.calls import Call, Publishing
from registration.domain.submissions import Stand, Submission
from registration.registrar.announcing import (
    Published,
    list_untold,
    tell_everybody,
)
from registration.registrar.announcing import (
    publish_decision as publish,
)
from registration.secretariat import blueprint
from registration.secretariat.call_submission import refusal_words
from registration.secretariat.calls import get_call, name_of, to_call
from registration.store.database import db
from registration.store.reading.submissions import list_submissions
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext, ngettext


@blueprint.get("/<meeting>/calls/<call>/tell")
def tell_decision(call: str) -> ResponseReturnValue:
    """Show who gets which mail."""
    return _show(_get_choosing(call))


@blueprint.post("/<meeting>/calls/<call>/tell")
def send_decision(call: str) -> ResponseReturnValue:
    """Tell everybody, if the list is still the one that was shown."""
    found = _get_choosing(call)
    meeting = get_current_meeting()
    untold = list_untold(db.session(), meeting.id, found.key)
    if request.form.get("seen") != _name_list(untold):
        return _show(found, has_changed=True)
    done = tell_everybody(current_office(), meeting.id, found.key, by=staff_by(), at=g.arrived_at)
    return to_call(
        found,
        ngettext("One person is told.", "%(num)d people are told.", done.told),
    )


@blueprint.post("/<meeting>/calls/<call>/publish")
def publish_decision(call: str) -> ResponseReturnValue:
    """Let the public page say who was chosen, or take that back."""
    found = _get_choosing(call)
    is_public = request.form.get("to") == "publish"
    result = publish(
        current_office(),
        get_current_meeting().id,
        found.key,
        is_public=is_public,
        by=staff_by(),
        at=g.arrived_at,
    )
    if not isinstance(result, Published):
        return to_call(found, refusal_words(result), "attention")
    if not result.number:
        return to_call(found, gettext("Nothing was changed."), "attention")
    if is_public:
        return to_call(found, gettext("The public page says who was chosen."))
    return to_call(found, gettext("The public page says no more who was chosen."))


def _get_choosing(key: str) -> Call:
    call = get_call(key)
    if not call.choose:
        abort(HTTPStatus.NOT_FOUND)
    return call


def _show(call: Call, *, has_changed: bool = False) -> ResponseReturnValue:
    meeting, session = get_current_meeting(), db.session()
    untold = list_untold(session, meeting.id, call.key)
    chosen = [each for each in untold if each.stand is Stand.CHOSEN]
    all_chosen = list_submissions(session, meeting.id, call.key, stands={Stand.CHOSEN})
    page = render_template(
        "secretariat/tell.html",
        call=call,
        chosen=[(name_of(each), each) for each in chosen],
        others=[(name_of(each), each) for each in untold if each not in chosen],
        returned=len(list_submissions(session, meeting.id, call.key, stands={Stand.RETURNED})),
        number=len(all_chosen),
        seen=_name_list(untold),
        has_changed=has_changed,
        publishes=call.publishes is Publishing.DECISION,
    )
    return page, HTTPStatus.CONFLICT if has_changed else HTTPStatus.OK


def _name_list(untold: Sequence[Submission]) -> str:
    """Return what the form carries: who was on the list, and who of them as chosen."""
    return " ".join(
        f"{each.reference}{'+' if each.stand is Stand.CHOSEN else '-'}" for each in untold
    )
