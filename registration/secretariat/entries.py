"""The list of a meeting's entries: filtered, searched as one types, a page at a time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.ids import DelegationKey, Reference
from registration.domain.listing import ListedEntry, ListPage, Place, Wanted
from registration.domain.meeting import Meeting
from registration.domain.nominations import Standing
from registration.domain.states import State
from registration.registrar.batching import MOST_CHOSEN
from registration.secretariat import blueprint
from registration.secretariat.board import DelegationView, make_view
from registration.secretariat.choosing import choice_of, filter_values, read_filter
from registration.secretariat.filtering import filter_form
from registration.secretariat.searching import LONGEST_SEARCH, keep_search, searched_text
from registration.store.database import db
from registration.store.reading import listing, overview
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import make_entry_id
from registration.web.templates import short_moments, standing_word

_LIST = "desk_search"
#: Lines on a page.
PAGE_SIZE = 50
_MOMENT = "%Y%m%dT%H%M%S%f"


class Line(NamedTuple):
    """One line of the list in words. choice: as its box is sent (`choosing.choice_of`). stands: the
    state, its word, and what is on record of it."""

    reference: Reference
    choice: str
    full_name: str
    institution: str
    delegation: str
    stands: tuple[State, str, Standing]
    changed: str


@blueprint.get("/<meeting>/entries")
def entries() -> str:
    """Show the entries that the filter of the address and the search of the session leave."""
    meeting = get_current_meeting()
    text = searched_text(_LIST, meeting.id)
    return render_template(
        "secretariat/entries.html",
        filter_form=filter_form(meeting, filter_values(request.args)),
        most_signs=LONGEST_SEARCH,
        **_find(meeting, text),
    )


@blueprint.post("/<meeting>/entries/search")
def search() -> ResponseReturnValue:
    """Keep what is looked for in the browser's session and show the list; to the script that asks
    while somebody types, the part of the page that changes."""
    meeting = get_current_meeting()
    text = keep_search(_LIST, meeting.id)
    if "part" in request.form:
        return render_template("secretariat/found.html", **_find(meeting, text))
    filters: dict[str, Any] = filter_values(request.args)
    return redirect(f"{url_for('.entries', **filters)}#entries", 303)


@blueprint.app_template_global()
def place_value(place: Place) -> str:
    """Return a place in the list as an address carries it."""
    return f"{place.changed_at.astimezone(UTC):{_MOMENT}}.{place.reference}"


def _find(meeting: Meeting, text: str) -> dict[str, Any]:
    """Return what the list shows."""
    filters = filter_values(request.args)
    wanted = read_filter(filters, meeting, text=text)
    page = listing.list_page(
        db.session(),
        meeting.id,
        wanted,
        size=PAGE_SIZE,
        after=_read_place("after"),
        before=_read_place("before"),
    )
    return {
        "page": page,
        "number": _count(meeting, wanted, page),
        "most": MOST_CHOSEN,
        "filters": filters,
        "text": text,
        "batch": make_entry_id(),
        "rows": _make_lines(meeting, page),
        "delegation": _find_delegation(meeting, wanted),
        # Built once: a page has fifty of them.
        "entries_at": url_for("secretariat.entry", reference="x").removesuffix("x/"),
    }


def _make_lines(meeting: Meeting, page: ListPage[ListedEntry]) -> list[Line]:
    names, tell = _name_delegations(meeting), short_moments()
    words: dict[tuple[State, DelegationKey], str] = {}
    lines = []
    for each in page.lines:
        stands = (each.state, each.delegation_key)
        if stands not in words:
            words[stands] = standing_word(each)
        lines.append(
            Line(
                each.reference,
                choice_of(each),
                each.full_name,
                each.institution,
                names.get(each.delegation_key, each.delegation_key),
                (each.state, words[stands], each.standing),
                tell(each.changed_at),
            )
        )
    return lines


def _count(meeting: Meeting, wanted: Wanted, page: ListPage[ListedEntry]) -> int:
    """Return how many match. What is searched for is looked for in every row: where the page holds
    all that was found, it is not looked for again."""
    if wanted.text and not page.has_before and not page.has_after:
        return len(page.lines)
    return listing.count_wanted(db.session(), meeting.id, wanted, most=MOST_CHOSEN)


def _find_delegation(meeting: Meeting, wanted: Wanted) -> DelegationView | None:
    """Return the one delegation that is shown, with its seats."""
    found = meeting.find_delegation(wanted.delegation) if wanted.delegation else None
    if found is None:
        return None
    holders = overview.list_seat_holders(db.session(), meeting.id, delegation=found.key)
    by_seat = {(each.delegation_key, each.seat_number): each for each in holders}
    return make_view(found, {}, by_seat, g.language)


def _name_delegations(meeting: Meeting) -> Mapping[DelegationKey, str]:
    names = {each.key: each.name[g.language] for each in meeting.delegations}
    return names | {DelegationKey(each.key): each.name[g.language] for each in meeting.categories}


def _read_place(name: str) -> Place | None:
    """Return the place that the address names, or None: then the list begins."""
    moment, _, reference = request.args.get(name, "").partition(".")
    try:
        at = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Place(at, Reference(reference))
