"""The list of meetings, the page of one, and how its data and the site itself are handled."""

from functools import partial

from flask import g, render_template

from registration.domain import grouping
from registration.domain.asking import list_asks
from registration.language.groups import heading
from registration.public import blueprint
from registration.public.courtesies import (
    group_delegations,
    list_personal_courtesies,
    short_name,
)
from registration.web.current_meeting import get_current_meeting, list_meetings
from registration.web.templates import current_words


@blueprint.get("/")
def home() -> str:
    """Show the meetings of the site."""
    return render_template("public/home.html", meetings=list_meetings(), now=g.arrived_at)


@blueprint.get("/<meeting>/")
def meeting() -> str:
    """Show one meeting: when, where, who pays what, and how to register."""
    shown, words = get_current_meeting(), current_words()
    taking_part = shown.groups_taking_forms
    return render_template(
        "public/meeting.html",
        now=g.arrived_at,
        arcade_names=[short_name(each, words) for each in shown.delegations],
        courtesies=list_personal_courtesies(shown),
        groups=group_delegations(shown, words),
        asks=list_asks(taking_part),
        delegation_groups=grouping.group_delegations(shown, taking_part),
        group_heading=partial(heading, words=words),
    )


@blueprint.get("/<meeting>/privacy")
def privacy() -> str:
    """Say what happens to the data and to the copy of the passport."""
    return render_template("public/privacy.html")


@blueprint.get("/accessibility")
def accessibility() -> str:
    """Say how the site can be used, and whom to tell where it cannot."""
    return render_template("public/accessibility.html", meetings=list_meetings())
