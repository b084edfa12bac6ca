"""What a form asks of whoever fills it in: it differs from delegation to delegation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from registration.domain.meeting import Delegation


class Extent(StrEnum):
    """Of how many of those who may be meant something is true."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class Asks:
    """What is asked of, and written to, the people of some delegations and categories.

    A page that knows for whom somebody takes part says what is true of that one; a page on which
    this is still to be chosen says what is true of all of them.
    """

    passport: Extent
    letter: Extent
    acceptance: Extent


def list_asks(groups: Iterable[Delegation]) -> Asks:
    """Return what is asked of the people of these delegations and categories, at least one."""
    every = list(groups)
    return Asks(
        passport=_extent(every, lambda each: each.asks_passport),
        letter=_extent(every, lambda each: each.asks_letter),
        acceptance=_extent(every, lambda each: each.asks_acceptance),
    )


def _extent(groups: list[Delegation], is_asked: Callable[[Delegation], bool]) -> Extent:
    asked = [each for each in groups if is_asked(each)]
    if len(asked) == len(groups):
        return Extent.ALL
    return Extent.SOME if asked else Extent.NONE
