"""The play: everybody registers, and what goes wrong in real life goes wrong. Its scenes are chosen
by what the meeting's file has: letters, passports, segments, calls."""

import time
from datetime import datetime

from registration.cli.rehearsal.answer_scenes import AnswerScenes
from registration.cli.rehearsal.call_scenes import CallScenes
from registration.cli.rehearsal.checking import Due, check_log, check_mails, check_seats
from registration.cli.rehearsal.company import AT_ONCE, Bars, Company, Delegate
from registration.cli.rehearsal.crowd import Crowd
from registration.cli.rehearsal.delegate_scenes import DelegateScenes
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.door_scenes import DoorScenes
from registration.cli.rehearsal.hearing import check_papers
from registration.cli.rehearsal.letterbox import Mail
from registration.cli.rehearsal.link_scenes import LinkScenes
from registration.cli.rehearsal.memory import measure_peaks
from registration.cli.rehearsal.news_scenes import NewsScenes
from registration.cli.rehearsal.report import Report
from registration.cli.rehearsal.segment_scenes import SegmentScenes, check_numbers
from registration.cli.rehearsal.stage import Stage
from registration.cli.rehearsal.travel_scenes import TravelScenes
from registration.domain.ids import DelegationKey
from registration.domain.meeting import Meeting
from registration.domain.travel import is_flight_paid

#: How many bring their acceptance on paper.
ON_PAPER = 2
#: Of more people than these only as many come to the door.
AT_DOOR = 60
#: One is asked for a correction, one declined, one withdraws, and one is left.
_WITH_TROUBLE = 4


class Play:
    """Plays the meeting through, with the dates of the rehearsal. Faults are written down and the
    play goes on. people: how many are to take part at least, where a category has no limit."""

    def __init__(self, stage: Stage, meeting: Meeting, bars: Bars, *, people: int = 0) -> None:
        self._stage = stage
        self._meeting = meeting
        self._company = Company(stage, meeting, bars)
        self._crowd = Crowd(self._company.cast, meeting, people)
        self._replaced = 0

    def run(self) -> Report:
        """Play it and return the table."""
        began = time.monotonic()
        self._delegates = DelegateScenes(self._company)
        self._desk = DeskScenes(self._company, self._delegates)
        self._answer_calls()
        people = self._approve(self._register())
        self._sign([each for each in people if self._company.group_of(each).asks_acceptance])
        people += self._desk.enter_without_letter(self._crowd.list_of_nothing_asked())
        self._hold_meeting(people)
        self._check(people)
        self._measure(people, time.monotonic() - began)
        return self.report

    @property
    def report(self) -> Report:
        return self._company.report

    @property
    def mails(self) -> list[Mail]:
        return self._company.mails.list_all()

    def _answer_calls(self) -> None:
        """Let people answer all that they are invited to send."""
        for call in self._meeting.calls:
            if call.is_drafted:
                AnswerScenes(self._company, self._desk, call).play()
            elif call.leaves:
                NewsScenes(self._company, self._desk, call).play()
            else:
                CallScenes(self._company, self._desk, call).play()

    def _register(self) -> list[Delegate]:
        """Let all seats be taken: by form, by the desk, in one delegation by its link alone; and
        all who have no seat come as well."""
        company, crowd = self._company, self._crowd
        delegates = [company.come(each) for each in crowd.by_form]
        nominated = []
        if crowd.linked is not None:
            link = LinkScenes(company, self._desk, self._delegates, crowd.linked)
            nominated = link.play(list(company.cast.fill(crowd.linked)))
        if crowd.full is not None:
            SegmentScenes(company, self._delegates, crowd.full).play(delegates)
        else:
            what = "registered by their own form"
            sent = company.each(what, delegates, self._delegates.register, at_once=AT_ONCE)
            what = "confirmed their address"
            company.each(what, sent, self._delegates.confirm, at_once=AT_ONCE)
        check_numbers(company, self._desk, delegates)
        entered = self._desk.enter_on_behalf([*crowd.by_desk, *crowd.list_with_letter()])
        if self._meeting.delegations:
            self._delegates.refuse_one_more(self._meeting.delegations[0])
        return [each for each in (*delegates, *entered, *nominated) if each.entry]

    def _approve(self, delegates: list[Delegate]) -> list[Delegate]:
        """Decide on all; one is replaced after the ticket was bought."""
        company = self._company
        if len(delegates) >= _WITH_TROUBLE:
            self._desk.return_and_correct(delegates[0])
            delegates = self._desk.decline_one(delegates, delegates[1])
            delegates = self._delegates.withdraw_one(delegates, delegates[2])
        lettered = [each for each in delegates if company.group_of(each).asks_letter]
        company.each("approved, letter by mail", lettered, self._desk.approve)
        company.each("letters verified by their code", lettered, self._delegates.verify)
        # Whom the desk entered and of whom nothing is asked is approved already.
        by_desk = {each.number for each in self._crowd.by_desk}
        waiting = [
            each
            for each in delegates
            if each not in set(lettered) and each.person.number not in by_desk
        ]
        self._desk.approve_many(waiting)
        travellers = [
            each
            for each in lettered
            if is_flight_paid(self._meeting, DelegationKey(each.person.delegation))
        ]
        if travellers:
            self._replaced += 1
            travel = TravelScenes(company, self._desk, self._delegates)
            delegates = travel.play(delegates, travellers[-1])
        return delegates

    def _sign(self, delegates: list[Delegate]) -> None:
        by_themselves, on_paper = delegates[ON_PAPER:], delegates[:ON_PAPER]
        self._company.each(
            "letters accepted, record by mail", by_themselves, self._delegates.accept
        )
        self._company.each(
            "accepted on paper, recorded at the desk", on_paper, self._desk.accept_on_paper
        )

    def _hold_meeting(self, people: list[Delegate]) -> None:
        """Let the first day come, and everybody but one; of very many some."""
        today = datetime.now(self._meeting.zone).date()
        with self._company.once("the first day come", self._meeting.id):
            self._stage.move_days((self._meeting.first_day - today).days)
        absent = people[len(people) // 2]
        came = [each for each in people if each is not absent][-AT_DOOR:]
        DoorScenes(self._company, self._desk).play(people, came)

    def _check(self, people: list[Delegate]) -> None:
        company = self._company
        page = self._desk.browser.get(f"/es/secretariat/{self._meeting.id}/")
        groups = [(each, company.group_of(each)) for each in people]
        seated = [each.reference for each, group in groups if not group.is_category]
        check_seats(self.report, self._meeting, page.text, seated)
        due = Due(
            letters=sum(group.asks_letter for _, group in groups) + self._replaced,
            records=sum(group.asks_acceptance for _, group in groups),
        )
        persons = [each.person for each in company.played]
        check_mails(self.report, self.mails, due)
        check_papers(self.report, self._meeting, self.mails, persons, due)
        check_log(self.report, self._stage.log, self.mails, persons)

    def _measure(self, people: list[Delegate], seconds: float) -> None:
        self.report.people = len(people)
        self.report.seconds = seconds
        self.report.requests = sum(each.requests for each in self._company.browsers)
        self.report.memory_mb = measure_peaks(self._stage.processes)
        self.report.database_mb = round(self._stage.measure_database(), 1)
