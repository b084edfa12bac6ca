"""The way between the public pages of one meeting, and what the head of such a page says."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.registrar.office import Office
from registration.web.current_meeting import get_current_meeting


@dataclass(frozen=True)
class _Part:
    """One page of the sub-navigation. has: whether the meeting's file gives it anything to say.
    below: the blueprint whose pages belong to it."""

    endpoint: str
    name: LazyString
    has: Callable[[Meeting], bool]
    below: str = ""


@dataclass(frozen=True)
class PartLink:
    """A link of the sub-navigation. current: "page" where it is the page being shown, "true" where
    that page belongs to it, else ""; as aria-current says it."""

    name: LazyString
    address: str
    current: str


@dataclass(frozen=True)
class Alternate:
    """The address of the page being shown in one language of its meeting, that of the site."""

    language: Language
    address: str


_PARTS = (
    # Translators: the first of the small links on a meeting's pages, back to its first page
    _Part("public.meeting", lazy_gettext("The meeting"), lambda _: True),
    _Part("public.agenda", lazy_gettext("Agenda"), lambda it: bool(it.agenda or it.segments)),
    _Part("public.roadmap", lazy_gettext("Roadmap"), lambda it: bool(it.roadmap)),
    _Part("public.documents", lazy_gettext("Documents"), lambda it: bool(it.documents)),
    _Part("public.calls", lazy_gettext("Calls"), lambda it: bool(it.calls), below="calls"),
    _Part("public.participants", lazy_gettext("Who takes part"), lambda it: bool(it.groups)),
)


def list_part_links() -> list[PartLink]:
    """Return links to the pages that the current meeting has, in their order."""
    meeting = get_current_meeting()
    return [
        PartLink(each.name, url_for(each.endpoint), _mark(each))
        for each in _PARTS
        if each.has(meeting)
    ]


def list_alternates() -> list[Alternate]:
    """Return the whole addresses of this page, one for each language of its meeting's file."""
    office: Office = current_app.extensions["office"]
    return [
        Alternate(
            each,
            office.addresses.base_url
            + url_for(request.endpoint or "", **{**g.route_values, "lang": each}),
        )
        for each in get_current_meeting().languages
    ]


def _mark(part: _Part) -> str:
    if request.endpoint == part.endpoint:
        return "page"
    return "true" if part.below and request.blueprint == part.below else ""
