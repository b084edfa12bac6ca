"""Who pays what, delegations with the same courtesies told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from registration.domain import grouping
from registration.domain.grouping import DelegationGroup
from registration.domain.meeting import Courtesy, Delegation, Meeting
from registration.language.groups import heading
from registration.language.translator import Translator

#: As many delegations are named one by one, so that each finds itself.
_MOST_NAMED = 20


@dataclass(frozen=True)
class CourtesyGroup:
    """Delegations that receive the same. names: "Belize, Costa Rica and Panama"."""

    names: str
    courtesies: frozenset[str]


def list_personal_courtesies(meeting: Meeting) -> list[Courtesy]:
    """Return the courtesies that differ from delegation to delegation, in the file's order."""
    return [each for each in meeting.courtesies if not each.everybody]


def group_delegations(meeting: Meeting, words: Translator) -> list[CourtesyGroup]:
    """Return the delegations, and the categories that register themselves, by what they receive, in
    the file's order of each group's first.

    Of many that stand under one heading (a sub-region) and receive the same the heading is said.
    """
    groups: dict[frozenset[str], list[Delegation]] = {}
    for delegation in meeting.groups_taking_forms:
        groups.setdefault(frozenset(delegation.courtesies), []).append(delegation)
    headed = grouping.group_delegations(meeting, meeting.groups_taking_forms)
    return [
        CourtesyGroup(words.enumerate(_names(delegations, headed, words)), courtesies)
        for courtesies, delegations in groups.items()
    ]


def short_name(delegation: Delegation, words: Translator) -> str:
    """Return the abbreviation of an organisation, the name of a country."""
    return (delegation.abbreviation or delegation.name)[words.language]


def _names(
    delegations: Sequence[Delegation], headed: Sequence[DelegationGroup], words: Translator
) -> list[str]:
    if len(delegations) <= _MOST_NAMED:
        return [_name(each, words) for each in delegations]
    names: list[str] = []
    for group in headed:
        of_group = [each for each in group.delegations if each in delegations]
        if len(of_group) == len(group.delegations):
            names.append(heading(group, words))
        else:
            names += [_name(each, words) for each in of_group]
    return names


def _name(delegation: Delegation, words: Translator) -> str:
    name = short_name(delegation, words)
    if delegation.is_host:
        return words.gettext("%(country)s (host country)", country=name)
    return name
