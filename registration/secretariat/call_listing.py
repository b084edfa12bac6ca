"""What was sent to one call at the desk: a page at a time, searched; and who is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.call_listing import CallSums, SentLine, SentWanted
from registration.domain.calls import Answering, Call
from registration.domain.listing import ListPage, page_of
from registration.domain.submissions import CURRENT, Stand
from registration.registrar.exporting_calls import EXPORTED
from registration.secretariat import blueprint
from registration.secretariat.calls import get_call, name_of, region_names
from registration.secretariat.searching import LONGEST_SEARCH, keep_search, searched_text
from registration.store.database import db
from registration.store.reading import call_listing as listing
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import days_left, short_moments

_LIST = "call_search"
#: Lines on a page.
PAGE_SIZE = 50


@dataclass(frozen=True)
class Place:
    """One of those that the call chooses. name: who was chosen, or "" while nobody is."""

    label: str
    name: str
    reference: str = ""


@blueprint.get("/<meeting>/calls/<call>/")
def call(call: str) -> str:
    """Show what was sent to one call, as the address and the search of the session leave it."""
    found, meeting = get_call(call), get_current_meeting()
    sums = listing.sum_up(db.session(), meeting.id, found.key)
    return render_template(
        "secretariat/call.html",
        call=found,
        places=_list_places(found) if found.choose else [],
        is_of_delegations=found.answering is Answering.DELEGATION,
        untold=sums.untold if found.choose else 0,
        told=sums.told_at,
        published=sums.published_at,
        exported=sums.count_kept(EXPORTED),
        now=g.arrived_at,
        left=None if found.closes is None else days_left(found.closes, g.arrived_at),
        regions=region_names(),
        most_signs=LONGEST_SEARCH,
        **_find(found, sums),
    )


@blueprint.post("/<meeting>/calls/<call>/search")
def search_call(call: str) -> ResponseReturnValue:
    """Keep what is looked for and show what is found."""
    keep_search(_LIST, _where(get_call(call)))
    filters: dict[str, Any] = _read_filter()
    there = url_for("secretariat.call", call=call, **filters)
    return redirect(f"{there}#sent", HTTPStatus.SEE_OTHER)


def _find(call: Call, sums: CallSums) -> dict[str, Any]:
    """Return what the list shows."""
    filters, text = _read_filter(), searched_text(_LIST, _where(call))
    stands = _read_stands(filters)
    page, number = _find_page(call, stands, text)
    return {
        "page": page,
        "number": sums.count(stands) if number is None else number,
        "names": {each.reference: name_of(each) for each in page.lines},
        "moment_words": short_moments(),
        "filters": filters,
        "text": text,
        "stands": [(each, sums.by_stand[each].number) for each in Stand if each in sums.by_stand],
    }


def _find_page(
    call: Call, stands: frozenset[Stand], text: str
) -> tuple[ListPage[SentLine], int | None]:
    """Return the page; and of a search how many were found."""
    meeting, session = get_current_meeting(), db.session()
    wanted = SentWanted(
        meeting_id=meeting.id,
        call=call.key,
        stands=stands,
        text=text,
        delegations={each.key: each.name[g.language] for each in meeting.delegations},
    )
    after, before = request.args.get("after"), request.args.get("before")
    if not text:
        page = listing.list_sent(session, wanted, size=PAGE_SIZE, after=after, before=before)
        return page, None
    found = listing.list_found(session, wanted)
    at = {each.reference: number for number, each in enumerate(found)}
    page = page_of(found, PAGE_SIZE, after=at.get(after or ""), before=at.get(before or ""))
    return page, len(found)


def _read_filter() -> dict[str, str]:
    """Return what the address asks for: one state, or what was withdrawn or lapsed as well."""
    if request.args.get("state") in set(Stand):
        return {"state": request.args["state"]}
    return {"all": "yes"} if request.args.get("all") == "yes" else {}


def _read_stands(filters: dict[str, str]) -> frozenset[Stand]:
    if "state" in filters:
        return frozenset({Stand(filters["state"])})
    return frozenset(Stand) if filters else CURRENT


def _where(call: Call) -> str:
    return f"{get_current_meeting().id}/{call.key}"


def _list_places(call: Call) -> Sequence[Place]:
    """Return the places of the call: one for each sub-region, or by number."""
    meeting, session = get_current_meeting(), db.session()
    taken = listing.list_places_taken(session, meeting.id, call.key)
    if call.one_from_each_region:
        keys = [each.key for each in meeting.regions if each.counts]
        there = {region: line for _, region, line in taken}
        names = region_names()
        return [_place(names[key], there.get(key)) for key in keys]
    numbered = {number: line for number, _, line in taken}
    return [_place(str(n), numbered.get(n)) for n in range(1, call.choose + 1)]


def _place(label: str, line: SentLine | None) -> Place:
    return Place(label, "") if line is None else Place(label, name_of(line), line.reference)
