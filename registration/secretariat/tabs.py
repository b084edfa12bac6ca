"""The tabs above the pages of the desks: one table of them, and to which a page belongs."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request

from registration.secretariat import blueprint
from registration.web.access import RULES
from registration.web.current_meeting import current_meeting
from registration.web.doors import Door, may_pass, opens
from registration.web.staff import find_staff, roles_of
from registration.web.words import gettext, pgettext


@dataclass(frozen=True)
class Tab:
    """One tab. endpoint: of its first page. current: "page" on that page, "true" on one below it,
    "" elsewhere."""

    endpoint: str
    words: str
    current: str


#: The modules whose pages belong to a tab that is not the list's: all others are about an entry.
_MODULES = {
    "secretariat.home": {"home"},
    "secretariat.overview": {"overview"},
    "secretariat.segments": {"segments"},
    "secretariat.delegations": {"delegations", "delegation_moves", "dates"},
    "secretariat.calls": {
        "calls",
        "call_listing",
        "call_submission",
        "call_comparing",
        "call_erasing",
        "call_telling",
        "questionnaires",
    },
    "secretariat.messages": {"messages"},
    "secretariat.reminders": {"reminders"},
    "secretariat.papers": {"papers", "batch"},
    "secretariat.exports": {"exporting"},
    "secretariat.at_door": {"at_door", "door", "door_missing", "door_papers"},
    "secretariat.travel": {"travelling", "passport_zip"},
    "secretariat.host": {"host"},
    "secretariat.texts": {"texts"},
    "secretariat.retention": {"retention"},
    "secretariat.staff": {"staffing", "staff_account"},
}
#: Pages that belong to no tab: one's own account, and what a delegate reads at the door.
_OF_NONE = {"own_account", "welcoming", "door_signing"}
_LIST = "secretariat.entries"


@blueprint.app_template_global()
def list_tabs() -> tuple[Tab, ...]:
    """Return the tabs that whoever is signed in may open, in their order."""
    return tuple(_list_tabs())


def _list_tabs() -> Iterator[Tab]:
    module = _module_of(request.endpoint or "")
    if module == "door_signing":
        return  # The tablet is in the delegate's hands.
    here = next((tab for tab, modules in _MODULES.items() if module in modules), _LIST)
    if module in _OF_NONE or request.blueprint != blueprint.name:
        here = ""
    meeting, staff = current_meeting(), find_staff()
    roles = roles_of(staff, None if meeting is None else meeting.id)
    for endpoint, words in _words().items():
        door = RULES[endpoint].door
        # The accounts need a role for every meeting; of the others it is known which.
        if may_pass(door, staff, None) if door is Door.ACCOUNTS else opens(door, roles):
            is_first = request.endpoint == endpoint
            yield Tab(endpoint, words, "page" if is_first else "true" if endpoint == here else "")


def _words() -> dict[str, str]:
    meetings = {"secretariat.home": gettext("Meetings")}
    meeting = current_meeting()
    if meeting is None:
        return meetings | {"secretariat.staff": gettext("Staff")}
    return meetings | {
        "secretariat.overview": gettext("Overview"),
        _LIST: gettext("Registrations"),
        **({"secretariat.segments": gettext("Parts of the meeting")} if meeting.segments else {}),
        "secretariat.delegations": gettext("Dates and seats"),
        **({"secretariat.calls": pgettext("desk", "Calls")} if _has_calls() else {}),
        "secretariat.messages": gettext("Messages"),
        "secretariat.reminders": gettext("Reminders"),
        "secretariat.papers": gettext("Papers"),
        "secretariat.exports": gettext("Exports"),
        "secretariat.at_door": pgettext("desk", "Door"),
        "secretariat.travel": pgettext("desk", "Travel"),
        "secretariat.host": pgettext("desk", "Rooms and meals"),
        "secretariat.texts": gettext("Texts"),
        "secretariat.retention": gettext("Personal data"),
    }


def _has_calls() -> bool:
    """Return whether the meeting calls for anything: else its desk has no page of it."""
    meeting = current_meeting()
    return meeting is not None and bool(meeting.calls)


def _module_of(endpoint: str) -> str:
    view = current_app.view_functions.get(endpoint)
    return "" if view is None else view.__module__.rpartition(".")[2]
