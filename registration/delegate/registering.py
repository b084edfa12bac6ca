"""The form for a new entry, and "check your e-mail"."""

from http import HTTPStatus
from uuid import uuid4

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.forms import RegisterForm, name_of
from registration.delegate.passports import find_shown, refuse_passport, take_passport
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.places import list_open_delegations
from registration.delegate.refusing import tell
from registration.domain.asking import list_asks
from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.meeting import Delegation
from registration.domain.names import canonical_email, same_name
from registration.domain.refusals import DelegationFull, Refusal
from registration.domain.registrations import Registration
from registration.registrar import registering
from registration.registrar.entering import Application
from registration.registrar.office import CheckYourEmail
from registration.store import reading
from registration.store.database import db
from registration.web import limits, links
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id, sign_entry_id
from registration.web.office import current_office
from registration.web.segments import list_offered, offer_segments

#: What the next form of this browser begins with: never a name, never a passport.
_REMEMBERED = ("institution", "email", "copy_to")


@blueprint.get("/<meeting>/register")
def register() -> ResponseReturnValue:
    """Show the form, or that it is too late."""
    meeting = get_current_meeting()
    if not list_open_delegations(meeting, g.arrived_at):
        return render_template("delegate/closed.html")
    known = {**session.get("prefill", {}), "delegation": request.args.get("delegation", "")}
    form = _make_form({**known, "entry": make_entry_id(), "language": g.language})
    return _show(form)


@blueprint.post("/<meeting>/register")
@keeps_typing
def submit() -> ResponseReturnValue:
    """Take the form: "check your e-mail", or the same page with what is to be mended."""
    form = _make_form()
    entry = _read_entry(form)
    if reading.find_registration(db.session(), entry) is None:
        # Of a form that is sent once more nothing is used: its file would wait for a correction.
        take_passport(form, entry)
    if has_expired(form):
        refuse_passport(form, is_asked=False)
        return _show(form, HTTPStatus.BAD_REQUEST)
    status = _judge(form)
    if status is not None:
        return _show(form, status)
    # A stranger's mailbox is not to be filled by invented names, nor a thousand strangers' with one
    # mail each.
    limits.guard(limits.FORM_SOURCE)
    limits.guard(limits.REGISTER_ADDRESS, canonical_email(form.email.data))
    result = registering.register(
        current_office(), _to_application(form, entry), arrived_at=g.arrived_at
    )
    if isinstance(result, CheckYourEmail):
        _remember(form)
        return redirect(url_for("delegate.sent"), HTTPStatus.SEE_OTHER)
    return _show(form, tell(form, result), refusal=result)


@blueprint.get("/<meeting>/register/sent")
def sent() -> str:
    """Say what to do next. The address is that of this browser's own last form."""
    return render_template("delegate/sent.html", email=session.get("prefill", {}).get("email"))


def _make_form(data: dict[str, str] | None = None) -> RegisterForm:
    """Return the form with its lists. data: what stands in it when it is shown first."""
    meeting = get_current_meeting()
    form = RegisterForm(data=data)
    form.offer(meeting, g.language)
    form.offer_places(meeting, _list_places(), g.language)
    form.ask(list_asks(_list_places()))
    form.ask_of(meeting.find_delegation(form.delegation.data or ""))
    offer_segments(form.segments, meeting)
    return form


def _list_places() -> list[Delegation]:
    """Return for whom one can register; all of them to a form that comes too late, which shows what
    was chosen."""
    meeting = get_current_meeting()
    return list_open_delegations(meeting, g.arrived_at) or list(meeting.groups_taking_forms)


def _show(
    form: RegisterForm, status: int = HTTPStatus.OK, refusal: Refusal | None = None
) -> ResponseReturnValue:
    entry = find_entry_id(form.entry.data)
    places = _list_places()
    page = render_template(
        "delegate/register.html",
        form=form,
        received=find_shown(form, entry) if entry and request.method == "POST" else None,
        labelled={each.key: name_of(each, g.language) for each in _list_labelled()},
        chosen=get_current_meeting().find_delegation(form.delegation.data or ""),
        asks=list_asks(places),
        has_categories=any(each.is_category for each in places),
        segment_days=list_offered(get_current_meeting(), form.segments.data or []),
        with_passport={
            each.key: (each.abbreviation or each.name)[g.language]
            for each in places
            if each.asks_passport
        },
        may_wait=isinstance(refusal, DelegationFull) and refusal.may_wait,
    )
    return page, status


def _list_labelled() -> list[Delegation]:
    """Return the delegations whose seats bear labels."""
    return [each for each in get_current_meeting().delegations if each.labels]


def _judge(form: RegisterForm) -> HTTPStatus | None:
    """Return the status of a form that is not good, its sentences at their fields."""
    is_good = form.validate()
    delegation = get_current_meeting().find_delegation(form.delegation.data)
    # Of somebody who has not chosen nothing can be missing yet but the choice.
    asks = delegation is not None and delegation.asks_passport
    status = refuse_passport(form, is_asked=asks)
    return status or (None if is_good else HTTPStatus.UNPROCESSABLE_ENTITY)


def _read_entry(form: RegisterForm) -> RegistrationId:
    """Return the id of the form; a new one where its own is not ours, or is another person's.

    Whoever goes back after sending and types a second person's data sends the first one's id.
    """
    entry = find_entry_id(form.entry.data or "")
    known = None if entry is None else reading.find_registration(db.session(), entry)
    if entry is None or (known is not None and not _is_of(form, known)):
        entry = RegistrationId(uuid4())
        form.entry.data = sign_entry_id(entry)
    return entry


def _is_of(form: RegisterForm, known: Registration) -> bool:
    typed = f"{form.given_names.data} {form.surnames.data}"
    is_same_address = canonical_email(form.email.data or "") == canonical_email(
        known.particulars.email
    )
    return is_same_address and same_name(typed, known.full_name)


def _to_application(form: RegisterForm, entry: RegistrationId) -> Application:
    meeting = get_current_meeting()
    delegation = meeting.get_delegation(form.delegation.data)
    came_through = links.find_open_delegation(meeting.id)
    return Application(
        entry=entry,
        meeting_id=meeting.id,
        delegation_key=DelegationKey(delegation.key),
        particulars=form.to_particulars(),
        seat_label=(form.seat.data or None) if delegation.labels else None,
        join_reserve=bool(form.join_reserve.data),
        segments=tuple(form.segments.data or ()),
        admitted=came_through is not None and came_through.key == delegation.key,
    )


def _remember(form: RegisterForm) -> None:
    session["prefill"] = {name: form[name].data or "" for name in _REMEMBERED}
