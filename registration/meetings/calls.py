"""The calls of a meeting in its file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from registration.domain.calls import (
    Answering,
    AnswerKind,
    Call,
    Choice,
    Publishing,
    Question,
    Section,
)
from registration.meetings.parts import Key, Many, Part, Words, build_all, build_maybe


class ChoicePart(Part):
    key: Key
    name: Words

    def build(self) -> Choice:
        return Choice(key=self.key, name=self.name.build())


class QuestionPart(Part):
    key: Key
    kind: Annotated[AnswerKind, Field(strict=False)]
    text: Words
    hint: Words | None = None
    required: bool = False
    most: Annotated[int, Field(ge=1, le=100_000)] = 20_000
    choices: Many[ChoicePart] = ()

    def build(self) -> Question:
        return Question(
            key=self.key,
            kind=self.kind,
            text=self.text.build(),
            hint=build_maybe(self.hint),
            required=self.required,
            most=self.most,
            choices=tuple(each.build() for each in self.choices),
        )


class SectionPart(Part):
    key: Key
    title: Words | None = None
    questions: Many[QuestionPart] = Field(min_length=1)

    def build(self) -> Section:
        return Section(
            key=self.key,
            title=build_maybe(self.title),
            questions=tuple(each.build() for each in self.questions),
        )


class CallPart(Part):
    """opens, closes: local time of the zone, the first instant accepted and the first refused."""

    key: Key
    title: Words
    summary: Words
    answering: Annotated[Answering, Field(strict=False)]
    sections: Many[SectionPart] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    decided_on: date | None = None
    decided_by: Words | None = None
    criteria: Many[Words] = ()
    afterwards: Many[Words] = ()
    kinds: Many[str] = ()
    regions: Many[str] = ()
    is_sole: bool = False
    choose: Annotated[int, Field(ge=0)] = 0
    one_from_each_region: bool = False
    publishes: Annotated[Publishing, Field(strict=False)] = Publishing.NOTHING
    attachments: Annotated[int, Field(ge=0, le=20)] = 0
    leaves: bool = False

    def build(self, shift: timedelta, to_instant: Callable[[datetime], datetime]) -> Call:
        """shift: of days. to_instant: of a local moment of the file, shifted as well."""
        return Call(
            key=self.key,
            title=self.title.build(),
            summary=self.summary.build(),
            answering=self.answering,
            sections=tuple(each.build() for each in self.sections),
            opens=to_instant(self.opens) if self.opens else None,
            closes=to_instant(self.closes) if self.closes else None,
            decided_on=self.decided_on + shift if self.decided_on else None,
            decided_by=build_maybe(self.decided_by),
            criteria=build_all(self.criteria),
            afterwards=build_all(self.afterwards),
            kinds=self.kinds,
            regions=self.regions,
            is_sole=self.is_sole,
            choose=self.choose,
            one_from_each_region=self.one_from_each_region,
            publishes=self.publishes,
            attachments=self.attachments,
            leaves=self.leaves,
        )
