"""The list of meetings, the page of one, and how its data and the site itself are handled."""

from functools import partial

from flask import g, render_template

from registration.domain import grouping
from registration.domain.asking import list_asks
from registration.domain.days import list_program_days
from registration.language.groups import heading
from registration.public import blueprint
from registration.public.calls import list_next_to_close
from registration.public.courtesies import (
    group_delegations,
    list_personal_courtesies,
    short_name,
)
from registration.public.participants import group_by_region
from registration.public.words import kind_word
from registration.web.current_meeting import get_current_meeting, list_meetings
from registration.web.templates import current_words


@blueprint.get("/")
def home() -> str:
    """Show the meetings of the site: those to come, the next one first, then those over."""
    now = g.arrived_at
    shown = sorted(list_meetings(), key=lambda each: each.first_day)
    over = [each for each in shown if each.last_day < now.astimezone(each.zone).date()]
    return render_template(
        "public/home.html",
        coming=[each for each in shown if each not in over],
        past=over[::-1],
        now=now,
    )


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
        days=list_program_days(shown),
        regions=group_by_region(shown),
        kind_word=lambda kind: kind_word(kind, words),
        open_calls=list_next_to_close(shown, g.arrived_at),
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
