"""Who of the staff sends a request: the signed-in browser, and the account behind it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, g, request, session
from flask_login import current_user, user_logged_out
from flask_security import user_authenticated
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload, load_only

from registration.domain.events import By
from registration.domain.ids import MeetingId, StaffId
from registration.domain.roles import EVERY_MEETING, Role
from registration.domain.states import Actor
from registration.store.database import db
from registration.store.tables.accounts import DbStaff, DbStaffSession
from registration.web.browsers import name_browser

#: A signed-in browser is signed out after this time in which it changed nothing ...
IDLE_TIME = timedelta(hours=2)
#: ... and after this time in any case.
LONGEST_TIME = timedelta(hours=12)
# Writing the new end with each form would be a write for nothing.
_WORTH_WRITING = timedelta(minutes=10)

_KEY = "staff_session"
# Put together once: every page of the desks asks it.
_SIGNED_IN = (
    select(DbStaff, DbStaffSession)
    .join(DbStaffSession, DbStaffSession.staff_id == DbStaff.id)
    .where(
        DbStaff.fs_uniquifier == bindparam("uniquifier"),
        DbStaff.active.is_(True),
        DbStaffSession.id == bindparam("key"),
        DbStaffSession.ended_at_utc.is_(None),
        DbStaffSession.ends_at_utc > bindparam("now"),
    )
    .options(
        # What a page needs of the account: no hash of a password and no secret leaves the database
        # with every page; whoever asks for one has it read then.
        load_only(
            DbStaff.email,
            DbStaff.name,
            DbStaff.language,
            DbStaff.active,
            DbStaff.fs_uniquifier,
            DbStaff.tf_primary_method,
        ),
        joinedload(DbStaff.roles),
    )
)
#: What of the browser's session lives on when somebody signs in: nothing from before (T39).
_OURS = frozenset({"_user_id", "_fresh", "_id", "fs_cc", "fs_paa"})


def init_app(app: Flask) -> None:
    """Tie accounts to signed-in browsers. Must come after Flask-Security is set up."""
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]  # Flask-Login puts it there
    app.login_manager.request_loader(None)  # type: ignore[attr-defined]  # no tokens for programs
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.before_request(_go_on)


def find_staff() -> DbStaff | None:
    """Return who is signed in, or None."""
    user = current_user._get_current_object()  # noqa: SLF001  # the proxy's way
    return user if user is not None and user.is_authenticated else None


def get_staff() -> DbStaff:
    """Return who is signed in. Raises LookupError where nobody is."""
    found = find_staff()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def staff_by() -> By:
    """Return the signed-in member of the staff as histories name them."""
    staff = get_staff()
    return By(actor=Actor.SECRETARIAT, staff_id=StaffId(staff.id), name=staff.name)


def roles_of(staff: DbStaff | None, meeting_id: MeetingId | None = None) -> frozenset[Role]:
    """Return the roles of the account at the meeting; none for nobody.

    meeting_id: EVERY_MEETING for those held for all of them; None for those held anywhere.
    """
    if staff is None:
        return frozenset()
    held_at = {EVERY_MEETING, meeting_id}
    return frozenset(
        Role(each.name) for each in staff.roles if meeting_id is None or each.meeting_id in held_at
    )


def end_all_sessions(staff: DbStaff, now: datetime) -> None:
    """Sign the member of the staff out of every browser. The caller commits."""
    db.session.execute(
        update(DbStaffSession)
        .where(DbStaffSession.staff_id == staff.id, DbStaffSession.ended_at_utc.is_(None))
        .values(ended_at_utc=now)
    )


def _load(uniquifier: str) -> DbStaff | None:
    """Return the account of the session's cookie, if its row says that the session lives."""
    key = session.get(_KEY)
    if key is None:
        return None
    values = {"uniquifier": uniquifier, "key": UUID(key), "now": g.arrived_at}
    row = db.session.execute(_SIGNED_IN, values).unique().one_or_none()
    if row is None:
        return None
    g.fs_authn_via, g.fs_paa = "session", session.get("fs_paa", 0)
    g.staff_session = row[1]
    staff: DbStaff = row[0]
    return staff


def _begin(_app: Flask, *, user: DbStaff, **_: Any) -> None:  # noqa: ANN401  # the signal's own
    """Forget what the browser's session held, and open a new one that the server can end."""
    for name in set(session) - _OURS:
        session.pop(name)
    g.pop("csrf_token", None)
    key = uuid4()
    session[_KEY] = str(key)
    db.session.add(
        DbStaffSession(
            id=key,
            staff_id=user.id,
            started_at_utc=g.arrived_at,
            ends_at_utc=g.arrived_at + IDLE_TIME,
            browser=name_browser(request.user_agent.string),
        )
    )
    db.session.commit()


def _end(_app: Flask, **_: Any) -> None:  # noqa: ANN401  # the signal's own
    """End the session on the server: the cookie, wherever it was copied to, opens nothing more."""
    key = session.get(_KEY)
    session.clear()
    if key is None:
        return
    db.session.execute(
        update(DbStaffSession)
        .where(DbStaffSession.id == UUID(key), DbStaffSession.ended_at_utc.is_(None))
        .values(ended_at_utc=g.arrived_at)
    )
    db.session.commit()


def _go_on() -> None:
    """Move the end of the session when its browser sends a form. Reading moves nothing: no GET
    writes."""
    if request.method != "POST" or _KEY not in session or find_staff() is None:
        return
    row: DbStaffSession = g.staff_session
    end = min(g.arrived_at + IDLE_TIME, row.started_at_utc + LONGEST_TIME)
    if end - row.ends_at_utc >= _WORTH_WRITING:
        row.ends_at_utc = end
        db.session.commit()
