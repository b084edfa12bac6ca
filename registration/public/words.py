"""Words of the public pages that depend on what a meeting's file says."""

from typing import assert_never
from urllib.parse import urlsplit

from registration.domain.calls import Answering, Call
from registration.domain.meeting import DelegationKind, Meeting
from registration.language.translator import Translator


def kind_word(kind: DelegationKind, words: Translator) -> str:
    """Return what delegations of a kind are called, several of them."""
    match kind:
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
            assert_never(kind)


def who_answers(call: Call, meeting: Meeting, words: Translator) -> str:
    """Return for whom a call is, by kind and sub-region, as one line."""
    kinds = [kind_word(DelegationKind(each), words) for each in call.kinds]
    if not kinds and call.answering is Answering.PERSON:
        kinds = [words.gettext("Everybody")]
    elif not kinds:
        kinds = [words.gettext("All delegations")]
    regions = [each.name[words.language] for each in meeting.regions if each.key in call.regions]
    if not regions:
        return words.enumerate(kinds)
    return f"{words.enumerate(kinds)} ({'; '.join(regions)})"


def site_of(link: str) -> str:
    """Return the site that a link leads to, as people say it: "undocs.org"."""
    return (urlsplit(link).hostname or "").removeprefix("www.")
