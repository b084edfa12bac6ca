"""Many delegations and categories under a few headings, so that one of them is found quickly."""

from collections.abc import Iterable
from dataclasses import dataclass

from registration.domain.meeting import Delegation, DelegationKind, Meeting
from registration.domain.program import Region


@dataclass(frozen=True)
class DelegationGroup:
    """Those that stand under one heading. region: of the meeting, or None: the kind is the
    heading. delegations: in the order of the file."""

    region: Region | None
    kind: DelegationKind
    delegations: tuple[Delegation, ...]


def group_delegations(meeting: Meeting, delegations: Iterable[Delegation]) -> list[DelegationGroup]:
    """Return the delegations by region, and those of no region by what they are, each heading where
    its first one stands in the file; categories come last."""
    regions = {each.key: each for each in meeting.regions}
    groups: dict[tuple[Region | None, DelegationKind | None], list[Delegation]] = {}
    for each in delegations:
        region = regions.get(each.region or "")
        groups.setdefault((region, None if region else each.kind), []).append(each)
    ordered = sorted(groups.items(), key=lambda item: item[1][0].is_category)
    return [DelegationGroup(region, each[0].kind, tuple(each)) for (region, _), each in ordered]
