"""The play: every delegation fills its seats, and what goes wrong in real life goes wrong."""

import time
from datetime import datetime

from registration.cli.rehearsal.checking import check_log, check_mails, check_seats
from registration.cli.rehearsal.company import Bars, Company, Delegate
from registration.cli.rehearsal.delegate_scenes import DelegateScenes
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.door_scenes import DoorScenes
from registration.cli.rehearsal.hearing import check_papers
from registration.cli.rehearsal.letterbox import Mail
from registration.cli.rehearsal.link_scenes import LinkScenes
from registration.cli.rehearsal.report import Report
from registration.cli.rehearsal.stage import Stage
from registration.cli.rehearsal.travel_scenes import TravelScenes
from registration.domain.ids import DelegationKey
from registration.domain.meeting import Meeting
from registration.domain.travel import is_flight_paid

#: How many bring their acceptance on paper.
ON_PAPER = 2


class Play:
    """Plays the meeting through, with the dates of the rehearsal. Faults are written down and the
    play goes on."""

    def __init__(self, stage: Stage, meeting: Meeting, bars: Bars) -> None:
        self._stage = stage
        self._meeting = meeting
        self._company = Company(stage, meeting, bars)
        self._replaced = 0

    def run(self) -> Report:
        """Play it and return the table."""
        began = time.monotonic()
        self._delegates = DelegateScenes(self._company)
        self._desk = DeskScenes(self._company, self._delegates)
        delegates = self._issue_letters(self._fill_seats())
        companion = self._desk.enter_companion(delegates[0])
        self._sign(delegates)
        self._hold_meeting([*delegates, *([companion] if companion else [])])
        self._check(delegates)
        self.report.seconds = time.monotonic() - began
        self.report.requests = sum(each.requests for each in self._company.browsers)
        return self.report

    @property
    def report(self) -> Report:
        return self._company.report

    @property
    def mails(self) -> list[Mail]:
        return self._company.mails.list_all()

    def _fill_seats(self) -> list[Delegate]:
        """Let all seats be taken: by form, by the desk, in one delegation by its link alone."""
        company, cast = self._company, self._company.cast
        first, *others = self._meeting.delegations
        linked = next(each for each in reversed(others) if not each.labels)
        persons = [
            each
            for group in self._meeting.delegations
            if group is not linked
            for each in cast.fill(group)
        ]
        *by_form, by_desk = persons
        delegates = [company.come(person) for person in by_form]
        link = LinkScenes(company, self._desk, self._delegates, linked)
        nominated = link.play(list(cast.fill(linked)))
        company.each("registered by their own form", delegates, self._delegates.register)
        company.each("confirmed their address", delegates, self._delegates.confirm)
        delegates.append(self._desk.enter_on_behalf(by_desk))
        self._delegates.refuse_third(first)
        return delegates + nominated

    def _issue_letters(self, delegates: list[Delegate]) -> list[Delegate]:
        """Decide on all; one is replaced after the ticket was bought."""
        company = self._company
        self._desk.return_and_correct(delegates[0])
        delegates = self._desk.decline_one(delegates, delegates[1])
        delegates = self._delegates.withdraw_one(delegates, delegates[2])
        company.each("approved, letter by mail", delegates, self._desk.approve)
        company.each("letters verified by their code", delegates, self._delegates.verify)
        travellers = [
            each
            for each in delegates
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
        """Let the first day come, and everybody but one."""
        today = datetime.now(self._meeting.zone).date()
        self._stage.move_days((self._meeting.first_day - today).days)
        door = DoorScenes(self._company, self._desk)
        door.play(people, absent=people[len(people) // 2])

    def _check(self, delegates: list[Delegate]) -> None:
        page = self._desk.browser.get(f"/es/secretariat/{self._meeting.id}/")
        references = [each.reference for each in delegates]
        check_seats(self.report, self._meeting, page.text, references)
        check_mails(self.report, self._meeting, self.mails, replaced=self._replaced)
        people = [each.person for each in self._company.played]
        check_papers(self.report, self._meeting, self.mails, people, replaced=self._replaced)
        check_log(self.report, self._stage.log, self.mails, people)
