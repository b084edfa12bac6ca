"""What stands about accounts on the pages, in the language of the page."""

from collections.abc import Sequence

from flask import g

from registration.domain.meeting import Meeting
from registration.domain.papers import HistoryLine
from registration.domain.roles import EVERY_MEETING, HeldRole, Role
from registration.language import accounts
from registration.meetings.reading import list_meetings
from registration.secretariat import blueprint
from registration.secretariat.history_words import line_words
from registration.store.database import db
from registration.web.templates import current_words
from registration.web.words import gettext


@blueprint.app_template_global()
def role_words(role: Role) -> str:
    """Return what a role is called."""
    return accounts.role_name(role, current_words())


@blueprint.app_template_global()
def place_of_role(meeting_id: str) -> str:
    """Return where a role is held: a meeting's short title, or every meeting."""
    if meeting_id == EVERY_MEETING:
        return gettext("Every meeting")
    found = next((each for each in all_meetings() if each.id == meeting_id), None)
    if found is None:
        return gettext("Meeting “%(id)s”, which is not on this site", id=meeting_id)
    return found.short_title[found.choose_language(g.language)]


@blueprint.app_template_global()
def held_words(roles: Sequence[HeldRole]) -> list[str]:
    """Return "Every meeting: Administration", a line for each place where roles are held."""
    places = dict.fromkeys(each.meeting_id for each in roles)
    return [
        # Translators: where a member of the staff has which roles
        gettext(
            "%(place)s: %(roles)s",
            place=place_of_role(place),
            roles=", ".join(role_words(each.role) for each in roles if each.meeting_id == place),
        )
        for place in places
    ]


def all_meetings() -> list[Meeting]:
    """Return every meeting, in whatever languages it is held."""
    return list_meetings(db.session())


def tell_change(line: HistoryLine) -> str:
    """Return a line of whichever chain, after the name of who did it."""
    return accounts.change(line.event, line.facts, current_words()) or line_words(line)
