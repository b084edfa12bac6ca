"""Every role against every route, from a table of its own: who is let through, in words.

The table repeats nothing of `web.access`: a line that is wrong there is found here. Pages that are
asked for by GET are shown for real; of a form it is the guard's word alone, for its view is set
aside.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import request
from flask.testing import FlaskClient
from flask.typing import RouteCallable
from werkzeug.routing import Rule as Route

from config import Settings
from registration.domain.ids import MeetingId
from registration.domain.registrations import Registration
from registration.domain.roles import EVERY_MEETING, Role
from registration.store import reading
from registration.web.floods import Floods
from registration.web.guarding import ENTRY_FINDERS
from tests.addresses import Addresses, list_routes
from tests.builders import RCM
from tests.conftest import _settings
from tests.desks import add_staff, make_guide, sign_in, submit
from tests.pages import Pages
from tests.schema import Schemas
from tests.senders import load_calls, send_to_call
from tests.sites import Site, make_site

#: Who asks. The five roles are held at the meeting of the entry alone.
ROLES = ("administrator", "reviewer", "travel", "host", "door")
ACTORS = (
    "nobody",
    "holder of the entry",
    "holder of another entry",
    "focal point",
    "sender to a call",
    *ROLES,
    "administrator of every meeting",
    "everything at another meeting",
)

ADMINISTRATORS = {"administrator", "administrator of every meeting"}
SECRETARIAT = ADMINISTRATORS | {"reviewer"}
STAFF = SECRETARIAT | {"travel", "host", "door", "everything at another meeting"}

#: Whom each audience lets through.
AUDIENCES: dict[str, set[str]] = {
    "everybody": set(ACTORS),
    "the holder of the entry": {"holder of the entry"},
    "the delegation": {"focal point"},
    "the sender": {"sender to a call"},
    "the staff": STAFF,
    "the staff of the meeting": STAFF - {"everything at another meeting"},
    "the Secretariat": SECRETARIAT,
    "administrators": ADMINISTRATORS,
    "administrators of every meeting": {"administrator of every meeting"},
    "the door": SECRETARIAT | {"door"},
    "the travel desk": {"travel"},
    "the host desk": {"host"},
    "nobody": set(),
}

ROUTES: dict[str, str] = {
    "everybody": """
        static assets.style_sheet language.choose health.live health.ready
        public.home public.meeting public.privacy public.accessibility
        public.agenda public.agenda_calendar public.roadmap public.roadmap_calendar
        public.documents public.calls public.participants
        public.verify public.check_file public.verified
        doorstep.open_link delegate.register delegate.submit delegate.sent delegate.entries
        delegate.send_link delegate.address delegate.confirm_address
        security.login security.two_factor_token_validation security.tf_select
        security.forgot_password security.reset_password security.mf_recovery
        security.wan_signin security.wan_signin_response
        secretariat.open_invitation secretariat.welcome secretariat.choose_password
        calls.call calls.send calls.sent calls.leave calls.leave_now
        calls.published calls.published_paper calls.published_file
    """,
    "the holder of the entry": """
        delegate.entry delegate.confirm delegate.confirm_entry
        delegate.correct delegate.save_correction delegate.accept delegate.save_acceptance
        delegate.withdraw delegate.save_withdrawal delegate.letter delegate.letter_page
        delegate.record delegate.certificate delegate.save_listing delegate.passport
        delegate.segments delegate.save_segments
        delegate.travel delegate.save_travel delegate.needs delegate.save_needs delegate.ticket
    """,
    "the delegation": """
        delegate.delegation delegate.nominate delegate.save_nomination
        delegate.replace delegate.save_replacement
        delegate.withdraw_delegate delegate.save_delegate_withdrawal delegate.give_word
    """,
    "the sender": """
        calls.submission calls.confirm calls.correct calls.save_correction
        calls.withdraw calls.save_withdrawal
        calls.answers calls.save_answers calls.save_answer
        calls.attach calls.detach calls.attached
    """,
    "the staff": """
        security.logout security.change_password security.verify
        security.two_factor_setup security.two_factor_setup_validate
        security.mf_recovery_codes security.wan_register security.wan_register_response
        security.wan_delete secretariat.home
        secretariat.account secretariat.save_account secretariat.end_session
    """,
    "the staff of the meeting": """
        secretariat.exports secretariat.export
    """,
    "the Secretariat": """
        secretariat.entries secretariat.search secretariat.entry
        secretariat.passport_picture secretariat.passport_page secretariat.file
        secretariat.letter secretariat.record secretariat.decide
        secretariat.decline secretariat.save_decline secretariat.amend secretariat.save_amendment
        secretariat.outdated_letters secretariat.reissue secretariat.save_reissue
        secretariat.withdraw secretariat.save_withdrawal secretariat.promote secretariat.send_again
        secretariat.enter secretariat.save_entry secretariat.accept secretariat.save_acceptance
        secretariat.retention secretariat.erasure_record secretariat.approve_many
        secretariat.papers secretariat.ask_for_paper secretariat.batch secretariat.paper
        secretariat.record_arrival secretariat.undo_arrival secretariat.save_undo
        secretariat.overview secretariat.take_back secretariat.save_note secretariat.version
        secretariat.replace secretariat.save_replacement
        secretariat.note_verbale secretariat.save_note_verbale secretariat.undo_note_verbale
        secretariat.delegations secretariat.delegation secretariat.save_focal_point
        secretariat.send_delegation_link secretariat.revoke_delegation_link
        secretariat.save_delegation_setting secretariat.extend_delegation
        secretariat.swap_delegates
        secretariat.import_people secretariat.import_template
        secretariat.preview_import secretariat.save_import secretariat.export_chosen
        secretariat.segments secretariat.export_segment secretariat.attending
        secretariat.save_attending
        secretariat.messages secretariat.write secretariat.compose secretariat.save_message
        secretariat.preview_message secretariat.message_frame secretariat.send_message
        secretariat.reminders secretariat.reminder_round secretariat.reminder_frame
        secretariat.decide_round secretariat.remind_chosen
        secretariat.answers_beside secretariat.export_call_answers
        secretariat.begin_draft secretariat.save_draft
        secretariat.publish_answers secretariat.unpublish_answers
        secretariat.calls secretariat.call secretariat.search_call secretariat.export_call
        secretariat.compare_submissions secretariat.submission secretariat.decide_submission
        secretariat.submission_file
        secretariat.tell_decision secretariat.send_decision secretariat.publish_decision
    """,
    "administrators": """
        secretariat.erase secretariat.save_erasure
        secretariat.erase_submission secretariat.save_submission_erasure
        secretariat.add_delegation_seat secretariat.drop_delegation_seat
        secretariat.dates secretariat.save_dates secretariat.save_admission
        secretariat.new_delegation secretariat.save_new_delegation
        secretariat.texts secretariat.text_group secretariat.save_texts
        secretariat.specimen_letter
    """,
    "administrators of every meeting": """
        secretariat.staff secretariat.invite_staff secretariat.staff_account secretariat.save_roles
        secretariat.change_account secretariat.staff_doings
    """,
    "the door": """
        secretariat.door secretariat.check_in secretariat.at_door secretariat.ask_at_door
        secretariat.scan secretariat.door_search secretariat.door_numbers
        secretariat.door_missing secretariat.door_person secretariat.door_arrival
        secretariat.door_undo secretariat.save_door_undo secretariat.door_sign
        secretariat.save_door_sign secretariat.door_letter_page
        secretariat.door_badge secretariat.door_nameplate
    """,
    "the travel desk": """
        secretariat.travel secretariat.traveller
        secretariat.traveller_picture secretariat.traveller_file
        secretariat.save_ticket secretariat.cancel_ticket
        secretariat.passport_zip secretariat.make_zip_password secretariat.download_passports
    """,
    "the host desk": """
        secretariat.host secretariat.rooms secretariat.save_rooms secretariat.cancel_room
    """,
    "nobody": "bootstrap.static security.two_factor_rescue",
}
AUDIENCE = {name: audience for audience, names in ROUTES.items() for name in names.split()}

#: What of an address of the desks may name something that stands below no meeting.
OF_NO_MEETING = {"lang", "token", "staff_id", "session_id", "what"}


class World:
    """One site with an entry of Costa Rica, whose flight is paid, and one of Canada; a browser for
    each who asks; and what views were reached."""

    def __init__(self, site: Site) -> None:
        self.site = site
        guide = make_guide(site)
        self.entry = guide.approve(submit(guide))
        self.canadian = guide.approve(submit(guide, "ca"))
        load_calls(site.office, now=datetime.now(UTC))
        self.sent = send_to_call(site.office)
        self.reached: list[str] = []
        self.clients = {actor: self._open(actor) for actor in ACTORS}
        site.app.config["WTF_CSRF_ENABLED"] = False
        site.app.extensions["floods"] = Floods(1_000_000)
        for endpoint, view in site.app.view_functions.items():
            site.app.view_functions[endpoint] = self._noting(endpoint, view)

    def ask(self, actor: str, method: str, address: str) -> tuple[bool, int]:
        """Return whether the view was reached, and the status of the answer."""
        self.reached.clear()
        answer = self.clients[actor].open(address, method=method, base_url=self.site.url)
        answer.close()
        return bool(self.reached), answer.status_code

    def _open(self, actor: str) -> FlaskClient:
        pages = Pages(self.site.app, self.site.url)
        where, roles = RCM, [Role(actor)] if actor in ROLES else []
        if actor == "administrator of every meeting":
            where, roles = EVERY_MEETING, [Role.ADMINISTRATOR]
        if actor == "everything at another meeting":
            where, roles = MeetingId("another-meeting"), list(Role)
        if roles:
            email = f"{actor.replace(' ', '.')}@example.org"
            add_staff(self.site, email, roles=roles, meeting_id=where)
            sign_in(pages, email)
        with pages.client.session_transaction(base_url=self.site.url) as session:
            session.update(self._held(actor))
        return pages.client

    def _held(self, actor: str) -> dict[str, object]:
        if actor == "holder of the entry":
            return {"entries": {self.entry.reference: self.entry.link_generation}}
        if actor == "holder of another entry":
            return {"entries": {self.canadian.reference: self.canadian.link_generation}}
        if actor == "sender to a call":
            return {"submissions": {self.sent.reference: self.sent.link_generation}}
        if actor == "focal point":
            with self.site.office.database.reading() as session:
                row = reading.find_delegation(session, RCM, "cr")
            assert row is not None
            return {"delegations": {f"{RCM}/cr": row.link_generation}}
        return {}

    def _noting(self, endpoint: str, view: RouteCallable) -> RouteCallable:
        def noted(**values: Any) -> Any:
            self.reached.append(endpoint)
            return "set aside" if request.method == "POST" else view(**values)

        return noted


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, schemas: Schemas) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("roles")
    schemas.new_sqlite(folder / "registration.sqlite")
    site = make_site(Settings(**(_settings(folder) | {"limits_enabled": False})))
    yield World(site)
    site.office.database.dispose()


def test_every_route_has_a_line_in_the_table_of_this_test(world: World) -> None:
    routes = {route.endpoint for route in world.site.app.url_map.iter_rules()}

    assert routes - set(AUDIENCE) == set(), "say in ROUTES of this file who is let through"
    assert set(AUDIENCE) - routes == set(), "take the line out of ROUTES of this file"
    assert len(AUDIENCE) == sum(len(names.split()) for names in ROUTES.values()), "a line twice"


@pytest.mark.parametrize("actor", ACTORS)
def test_each_gets_what_the_table_says_and_nothing_else(world: World, actor: str) -> None:
    wrong = _list_wrong(world, actor, world.entry, AUDIENCES)

    assert wrong == []


def test_travel_desk_sees_nobody_of_canada(world: World) -> None:
    audiences = {**AUDIENCES, "the travel desk": set()}
    audiences["the holder of the entry"] = {"holder of another entry"}

    wrong = {
        actor: _list_wrong(world, actor, world.canadian, audiences, only="reference")
        for actor in ACTORS
    }

    assert wrong == {actor: [] for actor in ACTORS}


def test_address_of_a_desk_names_its_meeting(world: World) -> None:
    """Else the guard could not ask for a role there."""
    open_to = {"everybody", "the holder of the entry", "the delegation", "the sender", "nobody"}
    nameless = {
        str(route): names
        for route in world.site.app.url_map.iter_rules()
        if AUDIENCE[route.endpoint] not in open_to
        and not {"meeting", *ENTRY_FINDERS} & route.arguments
        and (names := route.arguments - OF_NO_MEETING)
    }

    assert nameless == {}, (
        "put it below <meeting>, or teach web/guarding.py how to find its meeting"
    )


def _list_wrong(
    world: World,
    actor: str,
    entry: Registration,
    audiences: dict[str, set[str]],
    *,
    only: str = "",
) -> list[str]:
    """Return each route that answers otherwise. only: routes that name this part of an address."""
    addresses = Addresses(world.site, entry)
    wrong = []
    for method in ("GET", "POST"):
        for route in list_routes(world.site.app, method):
            if only and only not in route.arguments:
                continue
            passes = actor in audiences[AUDIENCE[route.endpoint]]
            told = _judge(world, actor, method, route, addresses.of(route), passes=passes)
            wrong += [f"{method} {route} for {actor}: {told}"] if told else []
    return wrong


def _judge(
    world: World, actor: str, method: str, route: Route, address: str, *, passes: bool
) -> str:
    was_reached, status = world.ask(actor, method, address)
    if was_reached != passes:
        return "was let through" if was_reached else f"was sent away with {status}"
    if was_reached:
        return f"failed with {status}" if status >= 500 and status != 503 else ""
    is_of_the_desk = actor not in STAFF and AUDIENCE[route.endpoint] not in {
        "the holder of the entry",
        "the delegation",
        "the sender",
        "nobody",
    }
    # A stranger is sent to the sign-in of the desks; whoever is signed in learns nothing.
    wanted = 303 if is_of_the_desk else 404
    return "" if status == wanted else f"was sent away with {status} instead of {wanted}"
