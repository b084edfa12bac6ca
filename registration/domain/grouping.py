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
    """Return the delegations by region in the file's order, those of no region by what they are,
    and the categories last."""
    regions = {each.key: each for each in meeting.regions}
    groups: dict[str, list[Delegation]] = {}
    for each in delegations:
        of_region = f"region {each.region}" if each.region in regions else each.kind.value
        groups.setdefault(of_region, []).append(each)
    order = {key: number for number, key in enumerate(regions)}

    def place(every: list[Delegation]) -> tuple[bool, int]:
        return every[0].is_category, order.get(every[0].region or "", len(order))

    ordered = sorted(groups.values(), key=place)
    return [
        DelegationGroup(regions.get(every[0].region or ""), every[0].kind, tuple(every))
        for every in ordered
    ]
