"""What people send to the calls of the meeting, and what becomes of it at the desk."""

import re
from collections.abc import Sequence

from registration.cli.rehearsal.company import AT_ONCE, Company, Delegate
from registration.cli.rehearsal.delegate_scenes import CONFLICT
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import Page, UnexpectedPage
from registration.cli.rehearsal.people import Person
from registration.domain.answers import list_answering
from registration.domain.calls import Answering, AnswerKind, Call, Publishing, Question
from registration.domain.meeting import Delegation
from registration.language.translator import get_translator

#: Of a call that chooses many as many are chosen.
_MOST_CHOSEN = 3
_DECISION = re.compile(r'<section[^>]* id="decision">.*?</section>', re.DOTALL)


class CallScenes:
    """One call whose form is filled in once: it is sent, confirmed and, where some are chosen,
    decided, told and published."""

    def __init__(self, company: Company, desk: DeskScenes, call: Call) -> None:
        self._company = company
        self._desk = desk.browser
        self._call = call

    def play(self) -> list[Delegate]:
        """Play the call through; return who has sent something and confirmed it."""
        company, call = self._company, self._call
        senders = [company.come(each) for each in self._list_people()]
        what = f"sent to the call ({call.key})"
        sent = company.each(what, senders, self._send, at_once=AT_ONCE)
        sent = company.each(f"confirmed what they sent ({call.key})", sent, self._confirm)
        if call.choose and sent:
            self._decide(sent)
        return sent

    def _list_people(self) -> list[Person]:
        """Return who answers: one more than are chosen; of sub-regions two each."""
        company, call = self._company, self._call
        if call.answering is Answering.PERSON:
            number = 2 if call.choose else len(company.meeting.languages)
            return [company.cast.make(company.meeting.groups[-1]) for _ in range(number)]
        return [company.cast.make(each) for each in self._list_delegations()]

    def _list_delegations(self) -> list[Delegation]:
        answering = list_answering(self._company.meeting, self._call)
        if not self._call.one_from_each_region:
            return answering[: min(self._call.choose or 1, _MOST_CHOSEN) + 1]
        keys = [each.key for each in self._company.meeting.regions if each.counts]
        return [
            each for key in keys for each in [one for one in answering if one.region == key][:2]
        ]

    def _send(self, delegate: Delegate) -> None:
        person = delegate.person
        page = delegate.browser.get(self._public(delegate))
        values = {
            "delegation": person.delegation,
            "name": person.name,
            "institution": person.fields()["institution"],
            "position": person.fields()["position"],
            "email": person.email,
            "language": person.language,
            **{f"q_{each.key}": answer(each, delegate) for each in self._call.questions},
        }
        delegate.browser.submit(page, page.get_form("email"), values)

    def _confirm(self, delegate: Delegate) -> None:
        page = self._company.follow_link(delegate)
        done = delegate.browser.submit(page, page.get_form_to("/confirm"), {})
        delegate.entry = done.address

    def _decide(self, sent: list[Delegate]) -> None:
        company, key = self._company, self._call.key
        chosen, refused = self._divide(sent)
        company.each(f"chosen at the desk ({key})", chosen, self._choose)
        company.each(f"one too many refused at the desk ({key})", refused, self._refuse)
        with company.once(f"everybody told at one press ({key})", key):
            page = self._desk.get(f"{self._at_desk}tell")
            self._desk.submit(page, page.get_form("seen"), {})
        company.each(f"read that they were chosen ({key})", chosen, self._read_chosen)
        others = [each for each in sent if each not in chosen]
        company.each(f"read that they were not chosen ({key})", others, self._read_not_chosen)
        if self._call.publishes is Publishing.DECISION:
            with company.once(f"decision published: those chosen, nobody else ({key})", key):
                self._publish(chosen, others)

    def _divide(self, sent: list[Delegate]) -> tuple[list[Delegate], list[Delegate]]:
        """Return who is to be chosen, and who cannot be any more."""
        most = self._call.choose
        if self._call.one_from_each_region:
            first = {self._company.group_of(each).region: each for each in reversed(sent)}
            chosen = [each for each in sent if each in first.values()][:most]
            return chosen, [each for each in sent if each not in chosen][:1]
        chosen = sent[: min(most, _MOST_CHOSEN)]
        return chosen, sent[len(chosen) :] if len(chosen) == most else []

    def _choose(self, delegate: Delegate) -> None:
        self._decide_on(delegate)

    def _refuse(self, delegate: Delegate) -> None:
        self._decide_on(delegate, expect=CONFLICT)

    def _decide_on(self, delegate: Delegate, *, expect: int = 200) -> Page:
        page = self._desk.get(f"{self._at_desk}{delegate.reference}/")
        return self._desk.submit(page, page.get_form("version"), {"deed": "choose"}, expect=expect)

    def _read_chosen(self, delegate: Delegate) -> None:
        words = get_translator(delegate.language)
        self._company.wait_for_subject(delegate, words.gettext("What you sent was chosen"))

    def _read_not_chosen(self, delegate: Delegate) -> None:
        words = get_translator(delegate.language)
        self._company.wait_for_subject(delegate, words.gettext("The decision on what you sent"))

    def _publish(self, chosen: Sequence[Delegate], others: Sequence[Delegate]) -> None:
        page = self._desk.get(self._at_desk)
        self._desk.submit(page, page.get_form_to("/publish"), {"to": "publish"})
        for reader in chosen:
            page = reader.browser.get(self._public(reader))
            found = _DECISION.search(page.text)
            decision = "" if found is None else found[0]
            named = [each for each in (*chosen, *others) if self._name(each, reader) in decision]
            if named != list(chosen):
                raise UnexpectedPage(f"{page.address} names {len(named)} as chosen")

    def _name(self, delegate: Delegate, reader: Delegate) -> str:
        """Return how the public page names who was chosen, to a reader."""
        if self._call.answering is Answering.DELEGATION:
            return f">{self._company.group_of(delegate).official_name[reader.language]}<"
        return f">{delegate.person.name}<"

    def _public(self, delegate: Delegate) -> str:
        return f"/{delegate.language}/{self._company.meeting.id}/calls/{self._call.key}/"

    @property
    def _at_desk(self) -> str:
        return f"/es/secretariat/{self._company.meeting.id}/calls/{self._call.key}/"


def answer(question: Question, delegate: Delegate) -> str | list[str]:
    """Return what the delegate answers to a question."""
    match question.kind:
        case AnswerKind.CHOICE:
            return question.choices[delegate.person.number % len(question.choices)].key
        case AnswerKind.CHOICES:
            return [each.key for each in question.choices[:2]]
        case AnswerKind.LINE:
            return f"{delegate.person.name} ({delegate.person.number})"[: question.most]
        case AnswerKind.TEXT:
            return f"{delegate.person.name} ({delegate.person.number}): {_TEXT}"[: question.most]


_TEXT = """la cooperación entre los Estados mejoró – véase el §\u00a04.

• Se acordó un protocolo «único» de atención;
• faltan 3,5 % de los fondos previstos."""
