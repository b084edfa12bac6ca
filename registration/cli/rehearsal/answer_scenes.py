"""What States answer over days: several write by one link, and the desk returns, receives and
publishes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from registration.cli.rehearsal.call_scenes import answer
from registration.cli.rehearsal.company import AT_ONCE, Company, Delegate
from registration.cli.rehearsal.delegate_scenes import CONFLICT
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import Browser, Page, UnexpectedPage
from registration.domain.answers import list_answering
from registration.domain.calls import AnswerKind, Call, Publishing, Question
from registration.language.translator import get_translator

#: As many States answer.
STATES = 10
_REASON = "Falta decir de qué año son los datos."


@dataclass(frozen=True)
class Pen:
    """Somebody who writes in the draft: their browser, and the page as they opened it."""

    name: str
    browser: Browser
    page: Page


class AnswerScenes:
    """One call that delegations answer in drafts."""

    def __init__(self, company: Company, desk: DeskScenes, call: Call) -> None:
        self._company = company
        self._desk = desk.browser
        self._call = call

    def play(self) -> None:
        """Begin, write, submit, return one, receive, publish and read all of them."""
        company, key = self._company, self._call.key
        states = list_answering(company.meeting, self._call)[:STATES]
        writers = [company.come(company.cast.make(each)) for each in states]
        begun = company.each(f"drafts begun at the desk ({key})", writers, self._begin)
        begun = company.each(f"drafts opened by their link ({key})", begun, self._open)
        what = f"written by two at once, one conflict told ({key})"
        begun = company.each(what, begun, self._write, at_once=AT_ONCE)
        begun = company.each(f"submitted ({key})", begun, self._submit)
        company.each(f"returned, corrected, submitted again ({key})", begun[:1], self._return)
        company.each(f"received at the desk, told by mail ({key})", begun, self._receive)
        company.each(f"side by side at the desk ({key})", begun, self._read_at_desk)
        if self._call.publishes is Publishing.SUBMISSIONS:
            company.each(f"published at the desk ({key})", begun, self._publish)
            company.each(f"read on the public pages ({key})", begun, self._read)

    def _begin(self, delegate: Delegate) -> None:
        person = delegate.person
        page = self._desk.get(f"{self._at_desk}begin?delegation={person.delegation}")
        values = {
            "delegation": person.delegation,
            "name": person.name,
            "institution": person.fields()["institution"],
            "email": person.email,
            "language": person.language,
        }
        self._desk.submit(page, page.get_form("institution"), values)

    def _open(self, delegate: Delegate) -> None:
        delegate.entry = self._company.follow_link(delegate).address.removesuffix("answers")

    def _write(self, delegate: Delegate) -> None:
        """Two open the draft; each saves answers while typing; one has read an answer too early."""
        first, second = self._sit_down(delegate, 1), self._sit_down(delegate, 2)
        texts = [each for each in self._call.questions if each.kind is AnswerKind.TEXT]
        for number, question in enumerate(self._call.questions):
            self._save(delegate, second if number % 2 else first, question)
        if texts:
            self._save(delegate, second, texts[0], words=f"{second.name}: —", expect=CONFLICT)

    def _sit_down(self, delegate: Delegate, number: int) -> Pen:
        browser = self._company.open_browser()
        mail = self._company.mails.wait_for(
            delegate.person.email, lambda each: each.link is not None
        )
        browser.get(mail.link or "")
        return Pen(
            f"{delegate.person.name} {number}", browser, browser.get(f"{delegate.entry}answers")
        )

    def _save(
        self,
        delegate: Delegate,
        pen: Pen,
        question: Question,
        *,
        words: str | None = None,
        expect: int = 200,
    ) -> None:
        """Save one answer as the page's script does, knowing it as it was when the page opened."""
        form = pen.page.get_form("writer")
        typed = answer(question, delegate) if words is None else words
        values = {
            "csrf_token": form.fields["csrf_token"],
            "question": question.key,
            "seen": form.fields[f"seen_{question.key}"],
            "words": typed if isinstance(typed, str) else "\n".join(typed),
            "writer": pen.name,
        }
        done = pen.browser.post(
            f"{delegate.entry}answer", values, of=pen.page.address, expect=expect
        )
        if expect == CONFLICT and delegate.person.name not in json.loads(done.body)["theirs"]:
            raise UnexpectedPage(f"{done.address} does not show what the other one wrote")

    def _submit(self, delegate: Delegate) -> None:
        self._press_submit(delegate, {})
        words = get_translator(delegate.language)
        self._company.wait_for_subject(delegate, words.gettext("We have what you sent"))

    def _press_submit(self, delegate: Delegate, values: dict[str, str]) -> None:
        page = delegate.browser.get(f"{delegate.entry}answers")
        values = {**values, "writer": delegate.person.name, "submit": "1"}
        delegate.browser.submit(page, page.get_form("writer"), values)

    def _return(self, delegate: Delegate) -> None:
        self._decide(delegate, "return", reason=_REASON)
        self._company.wait_for(delegate.person.email, _REASON)
        question = next(
            each for each in self._call.questions if each.kind in {AnswerKind.TEXT, AnswerKind.LINE}
        )
        corrected = f"{answer(question, delegate)} (2024)"[: question.most]
        self._press_submit(delegate, {f"q_{question.key}": corrected})

    def _receive(self, delegate: Delegate) -> None:
        self._decide(delegate, "receive")
        words = get_translator(delegate.language)
        self._company.wait_for_subject(delegate, words.gettext("We have read what you sent"))

    def _decide(self, delegate: Delegate, deed: str, *, reason: str = "") -> None:
        page = self._desk.get(f"{self._at_desk}{delegate.reference}/")
        values = {"deed": deed, "reason": reason}
        self._desk.submit(page, page.get_form("reason"), values)

    def _read_at_desk(self, delegate: Delegate) -> None:
        self._find(self._desk.get(f"{self._at_desk}answers?question={self._told.key}"), delegate)

    def _publish(self, delegate: Delegate) -> None:
        page = self._desk.get(f"{self._at_desk}answers")
        self._desk.submit(page, page.get_form_to(f"/{delegate.reference}/publish"), {})

    def _read(self, delegate: Delegate) -> None:
        """Find it from the call's own page, read it, and open it as a paper."""
        reader = self._company.open_browser()
        call = f"/{delegate.language}/{self._company.meeting.id}/calls/{self._call.key}/"
        there = f"{call}published/{delegate.reference}"
        page = reader.get(call)
        if there not in page.text:
            raise UnexpectedPage(f"{page.address} does not lead to {there}")
        self._find(reader.get(there), delegate)
        paper = reader.get(f"{there}.pdf")
        if not paper.body.startswith(b"%PDF-"):
            raise UnexpectedPage(f"{paper.address} is no PDF")

    def _find(self, page: Page, delegate: Delegate) -> None:
        words = answer(self._told, delegate)
        if isinstance(words, str) and words.splitlines()[0] not in page.text:
            raise UnexpectedPage(f"{page.address} does not say: {words.splitlines()[0]}")

    @property
    def _told(self) -> Question:
        """A question of which the pages show the words as they were typed."""
        told: Sequence[Question] = [
            each for each in self._call.questions if each.kind is AnswerKind.TEXT
        ]
        return (told or self._call.questions)[-1]

    @property
    def _at_desk(self) -> str:
        return f"/es/secretariat/{self._company.meeting.id}/calls/{self._call.key}/"
