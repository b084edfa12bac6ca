"""Which entries are meant: those that were ticked in the list, or all that match its filter.

The list's form posts the choice to one of its actions (approve, remind, write, export). The whole
choice is in the form: what the same person looks for meanwhile in another window changes nothing of
it. Text that was looked for is personal, and so never in an address.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from flask import abort, g, request
from markupsafe import Markup

from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.listing import ListedEntry, Trouble, VisaAnswer, Wanted
from registration.domain.meeting import Meeting
from registration.domain.names import clean_line
from registration.domain.nominations import Standing
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar.batching import MOST_CHOSEN
from registration.secretariat import blueprint
from registration.secretariat.searching import LONGEST_SEARCH
from registration.store import reading
from registration.store.database import db
from registration.store.reading import listing
from registration.web.current_meeting import get_current_meeting

#: The fields of a filter that may stand in an address: none is about one person.
FILTERS = ("delegation", "state", "courtesy", "language", "standing", "visa", "trouble", "segment")


def list_chosen(*, within: frozenset[State] | None = None) -> list[tuple[RegistrationId, int]]:
    """Return the entries that the posted form means, with the versions that were on the screen, in
    the order of the list; at most `MOST_CHOSEN`, and none where nothing was ticked.

    A ticked entry is in the form as "reference.version"; `all` stands for all that match, with the
    filter, the text, and when the list was drawn.

    within: the states that the action is about. Of "all that match" it takes only these, and only
    those that have not changed since the list was drawn; what was ticked one by one is taken as it
    is, so that the rules say why not. Answers 400 for what is no entry of this meeting.
    """
    if "all" not in request.form:
        return _find_ticked(request.form.getlist("chosen"))
    text = clean_line(request.form.get("text", ""))[:LONGEST_SEARCH]
    wanted = replace(
        read_filter(request.form, get_current_meeting(), text=text),
        within=within,
        unchanged_since=_read_moment(request.form.get("seen_at", "")),
    )
    return listing.list_wanted(db.session(), get_current_meeting().id, wanted, most=MOST_CHOSEN)


@blueprint.app_template_global()
def filter_fields(wanted: Mapping[str, str], text: str) -> Markup:
    """Return the filter of the list as hidden fields of its form. wanted: as `filter_values`."""
    pairs = [*wanted.items(), ("text", text), ("seen_at", g.arrived_at.isoformat())]
    return Markup("").join(_hidden(name, value) for name, value in pairs)


@blueprint.app_template_global()
def choice_of(entry: Registration | ListedEntry) -> str:
    """Return the entry as the form names it: with the version that is on the screen."""
    return f"{entry.reference}.{entry.version}"


def read_filter(values: Mapping[str, str], meeting: Meeting, *, text: str) -> Wanted:
    """Return the filter of an address or a form. What the meeting does not know asks nothing."""
    delegation, courtesy = values.get("delegation", ""), values.get("courtesy", "")
    language = values.get("language", "")
    keys = {each.key for each in meeting.delegations}
    keys |= {DelegationKey(each.key) for each in meeting.categories}
    known = {each.key for each in meeting.courtesies}
    return Wanted(
        delegation=DelegationKey(delegation) if delegation in keys else None,
        among=list_receiving(meeting, courtesy) if courtesy in known else None,
        state=State(values["state"]) if values.get("state") in set(State) else None,
        language=language if language in meeting.languages else None,
        standing=(
            Standing(values["standing"]) if values.get("standing") in set(Standing) else None
        ),
        visa=VisaAnswer(values["visa"]) if values.get("visa") in set(VisaAnswer) else None,
        text=text,
        segment=values["segment"] if meeting.find_segment(values.get("segment", "")) else None,
        trouble=Trouble(values["trouble"]) if values.get("trouble") in set(Trouble) else None,
    )


def filter_values(values: Mapping[str, str]) -> dict[str, str]:
    """Return the filled-in fields of a filter as an address carries them."""
    return {name: values[name] for name in FILTERS if values.get(name)}


def list_receiving(meeting: Meeting, key: str) -> frozenset[DelegationKey]:
    """Return the delegations and categories of which each person receives the courtesy."""
    everybody = any(each.everybody for each in meeting.courtesies if each.key == key)
    granted = {each.key: each.courtesies for each in meeting.delegations}
    granted |= {DelegationKey(each.key): each.courtesies for each in meeting.categories}
    return frozenset(who for who, courtesies in granted.items() if everybody or key in courtesies)


def _find_ticked(named: list[str]) -> list[tuple[RegistrationId, int]]:
    versions: dict[str, int] = {}
    for each in named[:MOST_CHOSEN]:
        reference, _, version = each.rpartition(".")
        is_number = version.isascii() and version.isdigit() and len(version) < 10
        if not (is_number and reference.isprintable()):
            abort(400)
        versions[reference] = int(version)
    entries = reading.list_by_references(db.session(), versions)
    found = {str(each.reference): each for each in entries}
    meeting = get_current_meeting()
    for reference in versions:
        if reference not in found or found[reference].meeting_id != meeting.id:
            abort(400)
    return [(found[reference].id, version) for reference, version in versions.items()]


def _read_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first hours of the year 1 are none of UTC's
        abort(400)


def _hidden(name: str, value: str) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
