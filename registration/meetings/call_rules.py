"""What must hold of a file's calls."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from registration.domain.calls import Answering, AnswerKind, Publishing
from registration.meetings.faults import Place, Wrong
from registration.meetings.repeats import find_repeated

if TYPE_CHECKING:
    from registration.meetings.calls import CallPart, QuestionPart
    from registration.meetings.definition import Definition

_CHOOSING = frozenset({AnswerKind.CHOICE, AnswerKind.CHOICES})


def check(definition: "Definition") -> Iterator[Wrong]:
    """Give everything that breaks a rule."""
    yield from find_repeated(("calls",), [each.key for each in definition.calls])
    for index, call in enumerate(definition.calls):
        place = ("calls", index)
        yield from _moments(call, place)
        yield from _who_answers(definition, call, place)
        yield from _choosing(call, place)
        yield from _one_from_each(definition, call, place)
        yield from _news(call, place)
        yield from _questions(call, place)


def _moments(call: "CallPart", place: Place) -> Iterator[Wrong]:
    for key, moment in (("opens", call.opens), ("closes", call.closes)):
        if moment is not None and moment.tzinfo is not None:
            yield Wrong(
                (*place, key),
                "The moment has an offset of its own.",
                "Take the offset out: the hour is that of the meeting's zone.",
            )
    opens = call.opens.replace(tzinfo=None) if call.opens else None
    closes = call.closes.replace(tzinfo=None) if call.closes else None
    if opens and closes and closes <= opens:
        yield Wrong(
            (*place, "closes"), "The call closes before it opens.", "Write a moment after opens."
        )
    if closes and call.decided_on:
        last_day = (closes - timedelta(minutes=1)).date()
        if call.decided_on < last_day:
            yield Wrong(
                (*place, "decided_on"),
                f"The call is decided on {call.decided_on}, while one can answer it"
                f" until {last_day}.",
                f"Write {last_day} or a later day.",
            )


def _who_answers(definition: "Definition", call: "CallPart", place: Place) -> Iterator[Wrong]:
    if call.answering is Answering.PERSON:
        for key in ("kinds", "regions", "is_sole", "attachments"):
            if getattr(call, key):
                yield Wrong(
                    (*place, key),
                    f"Persons answer this call, and {key} is of delegations alone.",
                    f'Take {key} out, or write answering = "delegation".',
                )
        return
    kinds = list(dict.fromkeys(each.kind.value for each in definition.delegations))
    for kind in call.kinds:
        if kind not in kinds:
            yield Wrong(
                (*place, "kinds"),
                f"No delegation of this meeting is of the kind {kind!r}.",
                f"Write one of {', '.join(kinds)}.",
            )
    regions = [each.key for each in definition.regions]
    for region in call.regions:
        if region not in regions:
            yield Wrong(
                (*place, "regions"),
                f"There is no region {region!r}.",
                f"Write one of {', '.join(regions)}, or add it under [[regions]]."
                if regions
                else "Add it under [[regions]], or take this key out.",
            )


def _choosing(call: "CallPart", place: Place) -> Iterator[Wrong]:
    if call.choose:
        return
    for key in ("decided_on", "decided_by", "criteria", "one_from_each_region"):
        if getattr(call, key):
            yield Wrong(
                (*place, key),
                f"Nobody is chosen, and {key} is about choosing.",
                f"Add choose, the number of those who are chosen, or take {key} out.",
            )
    if call.publishes is Publishing.DECISION:
        yield Wrong(
            (*place, "publishes"),
            "A decision is to be published, and nobody is chosen.",
            'Add choose, or write "submissions" or "nothing".',
        )


def _one_from_each(definition: "Definition", call: "CallPart", place: Place) -> Iterator[Wrong]:
    if not (call.one_from_each_region and call.choose):
        return
    if call.answering is Answering.PERSON:
        yield Wrong(
            (*place, "one_from_each_region"),
            "Persons answer this call, and a person is of no sub-region.",
            'Write answering = "delegation", or take one_from_each_region out.',
        )
        return
    known = {each.key: each.counts for each in definition.regions}
    answering = call.regions or tuple(known)
    counting = [key for key in answering if known.get(key)]
    for key in answering:
        if known.get(key) is False:
            yield Wrong(
                (*place, "regions" if call.regions else "one_from_each_region"),
                f"{key!r} is no sub-region, and its delegations may answer.",
                f"Write regions = {list(counting)}.".replace("'", '"'),
            )
    if call.choose > len(counting):
        yield Wrong(
            (*place, "choose"),
            f"{call.choose} are chosen, no two of one sub-region; sub-regions: {len(counting)}.",
            f"Write {len(counting)} or fewer." if counting else "Add them under [[regions]].",
        )


def _news(call: "CallPart", place: Place) -> Iterator[Wrong]:
    if not call.leaves:
        return
    if call.answering is not Answering.PERSON:
        yield Wrong(
            (*place, "leaves"),
            "News go to persons, and delegations answer this call.",
            'Write answering = "person", or take leaves out.',
        )
    if call.choose:
        yield Wrong(
            (*place, "choose"),
            "Nothing is decided where one only leaves an address for news.",
            "Take choose out, or leaves.",
        )


def _questions(call: "CallPart", place: Place) -> Iterator[Wrong]:
    if not call.sections and not call.leaves:
        yield Wrong(
            (*place, "sections"),
            f"The call {call.key!r} asks nothing.",
            "Add [[calls.sections]] with its questions, or leaves = true where one only leaves an"
            " address for news.",
        )
    yield from find_repeated((*place, "sections"), [each.key for each in call.sections])
    seen: set[str] = set()
    for number, section in enumerate(call.sections):
        for index, question in enumerate(section.questions):
            here = (*place, "sections", number, "questions", index)
            if question.key in seen:
                yield Wrong(
                    (*here, "key"),
                    f"Another question of the call bears the key {question.key!r} too.",
                    "Give each question of a call a key of its own.",
                )
            seen.add(question.key)
            yield from _question(question, here)


def _question(question: "QuestionPart", place: Place) -> Iterator[Wrong]:
    chooses = question.kind in _CHOOSING
    if chooses and len(question.choices) < 2:
        yield Wrong(
            (*place, "choices"),
            f"The question {question.key!r} offers {len(question.choices)} to choose from.",
            'Give two choices or more, or write kind = "line" or "text".',
        )
    if question.choices and not chooses:
        yield Wrong(
            (*place, "choices"),
            f"The question {question.key!r} is answered in words, and has choices.",
            'Write kind = "choice" or "choices", or take the choices out.',
        )
    if chooses and "most" in question.model_fields_set:
        yield Wrong(
            (*place, "most"),
            f"The question {question.key!r} is not answered in words, and most counts characters.",
            "Take most out.",
        )
    yield from find_repeated((*place, "choices"), [each.key for each in question.choices])
