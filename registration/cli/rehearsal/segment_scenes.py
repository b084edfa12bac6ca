"""One segment fills up: who comes in time has a place in it, and who comes later is told."""

import re
from collections import Counter
from collections.abc import Sequence

from registration.cli.rehearsal.company import AT_ONCE, Company, Delegate
from registration.cli.rehearsal.delegate_scenes import CONFLICT, DelegateScenes
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import Page, UnexpectedPage
from registration.domain.program import Segment
from registration.language.translator import get_translator

#: How many must come beside those who fill the segment: one is told at the confirmation, one in the
#: form.
TOLD = 2
#: Of those who come later so many ask for it all the same.
_TELL = 20
_NUMBER = re.compile(r'class="attendance__number">(\d+)<')


class SegmentScenes:
    """One segment with a limit, and all who would like to be in it."""

    def __init__(self, company: Company, delegates: DelegateScenes, segment: Segment) -> None:
        self._company = company
        self._delegates = delegates
        self._segment = segment

    def play(self, people: Sequence[Delegate]) -> None:
        """Let all of them register and confirm; the segment fills on the way."""
        company, register, confirm = self._company, self._register, self._delegates.confirm
        places = self._segment.capacity or 0
        early, racer, late = people[:places], people[places], people[places + 1 :]
        what = "registered by their own form"
        sent = company.each(what, [*early, racer], register, at_once=AT_ONCE)
        early = [each for each in sent if each is not racer]
        company.each("confirmed their address", early, confirm, at_once=AT_ONCE)
        with company.once("told at the confirmation: a segment is full", racer.person.name):
            self._confirm_too_late(racer)
        what = "told in the form: a segment is full; registered without"
        sent = company.each(what, late[:_TELL], self._register_without, at_once=AT_ONCE)
        what = "registered without the full segment"
        sent += company.each(what, late[_TELL:], self._do_without, at_once=AT_ONCE)
        company.each("confirmed their address after that", sent, confirm, at_once=AT_ONCE)

    def _register(self, delegate: Delegate) -> None:
        self._delegates.register(delegate)

    def _confirm_too_late(self, delegate: Delegate) -> None:
        page = self._company.follow_link(delegate)
        done = delegate.browser.submit(page, page.get_form("version"), {})
        delegate.entry = done.address
        words = get_translator(delegate.language)
        self._find(
            done,
            words.gettext(
                "No place was left in: %(segments)s. Your registration stands without it.",
                segments=self._segment.title[delegate.language],
            ),
        )
        delegate.segments = tuple(each for each in delegate.segments if each != self._segment.key)

    def _register_without(self, delegate: Delegate) -> None:
        """Ask for the full segment all the same, and then do without it."""
        page = self._delegates.register(delegate, expect=CONFLICT)
        self._find(page, self._segment.title[delegate.language])
        self._do_without(delegate)

    def _do_without(self, delegate: Delegate) -> None:
        self._delegates.register(delegate, without=[self._segment.key])

    def _find(self, page: Page, sentence: str) -> None:
        if sentence not in page.text:
            raise UnexpectedPage(f"{page.address} does not say: {sentence}")


def check_numbers(company: Company, desk: DeskScenes, people: Sequence[Delegate]) -> None:
    """Hold the desk's numbers of each segment against what these people chose."""
    segments = company.meeting.segments
    if not segments:
        return
    wanted = Counter(key for each in people if each.entry for key in each.segments)
    page = desk.browser.get(f"/es/secretariat/{company.meeting.id}/segments/")
    told = [int(each) for each in _NUMBER.findall(page.text)]
    line = company.report.add("segments whose number is right at the desk", len(segments))
    for segment, number in zip(segments, told, strict=False):
        line.done += number == wanted[segment.key]
        if number != wanted[segment.key]:
            company.report.faults.append(
                f"{segment.key}: {wanted[segment.key]} chose it, the desk counts {number}"
            )
    for segment, number in zip(segments, told, strict=False):
        if segment.capacity is not None and number >= segment.capacity:
            what = f"places held in a full segment ({segment.key})"
            company.report.add(what, segment.capacity).done = number
