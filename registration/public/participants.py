"""Who takes part in a meeting: delegations by sub-region and kind, and the categories."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, render_template

from registration.domain.meeting import Delegation, DelegationKind, Meeting
from registration.domain.program import Region
from registration.public import blueprint
from registration.public.words import kind_word
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words


@dataclass(frozen=True)
class OfKind:
    """Delegations of one kind, in the order of the file."""

    kind: DelegationKind
    delegations: tuple[Delegation, ...]


@dataclass(frozen=True)
class OfRegion:
    """The delegations of one sub-region, by kind; region: None for those that belong to none."""

    region: Region | None
    kinds: tuple[OfKind, ...]


@blueprint.get("/<meeting>/participants")
def participants() -> str:
    """Show who is invited. Who has answered is shown to nobody here."""
    shown = get_current_meeting()
    if not shown.groups:
        abort(404)
    return render_template(
        "public/participants.html", regions=group_by_region(shown), kind_word=_kind_word
    )


def _kind_word(kind: DelegationKind) -> str:
    return kind_word(kind, current_words())


def group_by_region(meeting: Meeting) -> list[OfRegion]:
    """Return the delegations by region in the order of the file, those of no region last."""
    regions = [*meeting.regions, None]
    found = [
        OfRegion(
            region,
            tuple(
                _by_kind(
                    each
                    for each in meeting.delegations
                    if each.region == (region.key if region else None)
                )
            ),
        )
        for region in regions
    ]
    return [each for each in found if each.kinds]


def _by_kind(delegations: Iterable[Delegation]) -> list[OfKind]:
    kinds: dict[DelegationKind, list[Delegation]] = {}
    for each in delegations:
        kinds.setdefault(each.kind, []).append(each)
    return [OfKind(kind, tuple(of_kind)) for kind, of_kind in kinds.items()]
