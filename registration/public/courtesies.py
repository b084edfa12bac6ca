"""Who pays what, delegations with the same courtesies told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from registration.domain.meeting import Courtesy, Delegation, Meeting
from registration.language.translator import Translator


@dataclass(frozen=True)
class CourtesyGroup:
    """Delegations that receive the same. names: "Belize, Costa Rica and Panama"."""

    names: str
    courtesies: frozenset[str]


def list_personal_courtesies(meeting: Meeting) -> list[Courtesy]:
    """Return the courtesies that differ from delegation to delegation, in the file's order."""
    return [each for each in meeting.courtesies if not each.everybody]


def group_delegations(meeting: Meeting, words: Translator) -> list[CourtesyGroup]:
    """Return the delegations by what they receive, in the file's order of each group's first."""
    groups: dict[frozenset[str], list[Delegation]] = {}
    for delegation in meeting.delegations:
        groups.setdefault(frozenset(delegation.courtesies), []).append(delegation)
    return [
        CourtesyGroup(_names(delegations, words), courtesies)
        for courtesies, delegations in groups.items()
    ]


def short_name(delegation: Delegation, words: Translator) -> str:
    """Return the abbreviation of an organisation, the name of a country."""
    return (delegation.abbreviation or delegation.name)[words.language]


def _names(delegations: Sequence[Delegation], words: Translator) -> str:
    return words.enumerate([_name(each, words) for each in delegations])


def _name(delegation: Delegation, words: Translator) -> str:
    name = short_name(delegation, words)
    if delegation.is_host:
        return words.gettext("%(country)s (host country)", country=name)
    return name
