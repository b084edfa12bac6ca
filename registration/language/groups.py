"""The headings under which delegations and categories stand, in words."""

from typing import assert_never

from registration.domain.grouping import DelegationGroup
from registration.domain.meeting import DelegationKind
from registration.language.translator import Translator


def heading(group: DelegationGroup, words: Translator) -> str:
    """Return the name of the region, or what the delegations are."""
    if group.region is not None:
        return group.region.name[words.language]
    match group.kind:
        case DelegationKind.MEMBER_COUNTRY:
            return words.gettext("Member Countries")
        case DelegationKind.MEMBER_STATE:
            return words.gettext("Member States")
        case DelegationKind.ASSOCIATE_MEMBER:
            return words.gettext("Associate members")
        case DelegationKind.ORGANISATION:
            return words.gettext("Organisations")
        case DelegationKind.CATEGORY:
            return words.gettext("Other participants")
        case _:
            assert_never(group.kind)
