"""What the public pages of one meeting share: the way from one to the other, and their head."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, g, render_template, request, url_for
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.registrar.office import Office
from registration.web.current_meeting import get_current_meeting


@dataclass(frozen=True)
class Part:
    """One page of the sub-navigation. has: whether the meeting's file gives it anything to say."""

    endpoint: str
    name: LazyString
    has: Callable[[Meeting], bool]


@dataclass(frozen=True)
class Alternate:
    """The address of the page being shown in one language of the meeting, that of the site."""

    language: Language
    address: str


_PARTS = (
    # Translators: the first of the small links on a meeting's pages, back to its first page
    Part("public.meeting", lazy_gettext("The meeting"), lambda _: True),
    Part("public.agenda", lazy_gettext("Agenda"), lambda it: bool(it.agenda or it.segments)),
    Part("public.roadmap", lazy_gettext("Roadmap"), lambda it: bool(it.roadmap)),
    Part("public.documents", lazy_gettext("Documents"), lambda it: bool(it.documents)),
    Part("public.calls", lazy_gettext("Calls"), lambda it: bool(it.calls)),
    Part("public.participants", lazy_gettext("Who takes part"), lambda it: bool(it.groups)),
)


def list_parts(meeting: Meeting) -> list[Part]:
    """Return the pages that the meeting has, in the order of the sub-navigation."""
    return [each for each in _PARTS if each.has(meeting)]


def list_alternates(meeting: Meeting) -> list[Alternate]:
    """Return the whole addresses of this page, one for each language of the meeting's file."""
    office: Office = current_app.extensions["office"]
    return [
        Alternate(each, office.addresses.base_url + url_for(request.endpoint or "", lang=each))
        for each in meeting.languages
    ]


def show(template: str, **values: object) -> str:
    """Return a public page of the current meeting. values: what its template needs beside it."""
    meeting = get_current_meeting()
    return render_template(
        template,
        parts=list_parts(meeting),
        alternates=list_alternates(meeting),
        now=g.arrived_at,
        **values,
    )
