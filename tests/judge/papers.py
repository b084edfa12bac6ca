"""Every paper that the house produces, as it goes out: sealed. The judge and the checker read all.

A new kind of paper is one more line in PAPERS: its name, and a function of the language that
returns `go_out(drawn, words)`. words: what it is to say, or None, where the checker only holds the
file against itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial

from registration.domain.ids import Language
from registration.domain.retention import Scope
from registration.domain.states import Actor
from registration.letters.checking.source import (
    Words,
    list_erasure_words,
    list_letter_words,
    list_record_words,
)
from registration.letters.erasure import draw_erasure_record
from registration.letters.paper import draw_letter
from registration.letters.record import draw_record
from registration.letters.wording import Letter
from tests.builders import make_meeting, make_particulars, make_registration
from tests.letters.collections import COLLECTIONS, draw_collection
from tests.letters.samples import (
    draw_signature,
    make_erasure_record,
    make_evidence,
    make_letter,
    make_record,
)
from tests.seals import make_seal
from tests.travellers import make_travel


@dataclass(frozen=True)
class Paper:
    """A paper as bytes, and what it is to say."""

    data: bytes
    words: Words | None


LANGUAGES: tuple[Language, ...] = make_meeting().languages
#: Letters and marks that fonts lack, marks that stand on no letter of a font, markup.
HARD_NAME = "M̃aria Ỹvytu Ọbáfẹ́mi Łukasz g̃uahẽ Nguyễn <b>O’Brien</b> 王"
_LONG = make_particulars(
    given_names="Concepción " * 9,
    surnames="W" * 100,
    institution="Ministerio " * 18,
    position="g̃ 王 " * 50,
)


def go_out(drawn: bytes, words: Words | None) -> Paper:
    """Return the paper sealed: no other leaves the house."""
    sealed = make_seal().seal(drawn, at=datetime(2022, 2, 17, 15, 0, tzinfo=UTC))
    return Paper(sealed, words)


def _letter(letter: Letter) -> Paper:
    return go_out(draw_letter(letter), list_letter_words(letter))


def _of_delegation(key: str, language: Language) -> Paper:
    registration = make_registration(delegation=key)
    return _letter(make_letter(registration, language=language))


def _rehearsed(language: Language) -> Paper:
    meeting = make_meeting(rolled_weeks=250)
    return _letter(make_letter(meeting=meeting, language=language))


def _to_a_consulate(language: Language) -> Paper:
    return _letter(make_letter(language=language, travel=make_travel()))


def _long(language: Language) -> Paper:
    return _letter(make_letter(make_registration(_LONG), language=language))


def _hard(language: Language) -> Paper:
    typed = make_particulars(given_names=HARD_NAME, surnames="", institution="Ḿ ḱ ǵ i̊ q̃ Ộ́ 😀")
    return _letter(make_letter(make_registration(typed), language=language))


def _record(
    language: Language,
    *,
    signature: bytes | None = None,
    by: Actor = Actor.DELEGATE,
    name: str = "Ana Lucia Morales Vargas",
) -> Paper:
    record = make_record(
        make_evidence(
            language=language,
            typed_name=name,
            signature_png=signature,
            by=by,
            entered_by="Luisa Pérez" if by is Actor.SECRETARIAT else None,
        )
    )
    return go_out(draw_record(record), list_record_words(record))


def _for_many(name: str, language: Language) -> Paper:
    """Return a paper for many people of hard names. Badges and nameplates go out without a seal."""
    drawn = draw_collection(name, language)
    if name in {"badges", "nameplates"}:
        return Paper(drawn, None)
    return go_out(drawn, None)


def _erasure(_language: Language, *, scope: Scope = Scope.MEETING, weeks: int = 0) -> Paper:
    """It is in every language, whichever one asks."""
    meeting = make_meeting(rolled_weeks=weeks)
    record = make_erasure_record(meeting, scope)
    return go_out(draw_erasure_record(record), list_erasure_words(record))


PAPERS: dict[str, Callable[[], Paper]] = {
    f"{name}, {language}": partial(draw, language)
    for language in LANGUAGES
    for name, draw in {
        **{
            f"letter to {each.key}": partial(_of_delegation, each.key)
            for each in make_meeting().delegations
        },
        "letter in rehearsal": _rehearsed,
        "letter that names the passport": _to_a_consulate,
        "letter of long names": _long,
        "letter of hard names": _hard,
        "record": _record,
        "record with a drawn signature": partial(_record, signature=draw_signature()),
        "record with a broken drawing": partial(_record, signature=b"no picture"),
        "record on behalf": partial(_record, by=Actor.SECRETARIAT),
        "record of erasure": _erasure,
        "record of erased passports": partial(_erasure, scope=Scope.PASSPORTS),
        "record of one person's erasure": partial(_erasure, scope=Scope.ENTRY, weeks=250),
        "record of a submission's erasure": partial(_erasure, scope=Scope.SUBMISSION),
        "record of hard names": partial(_record, name=HARD_NAME),
        **{each: partial(_for_many, each) for each in COLLECTIONS},
    }.items()
}


@cache
def draw(name: str) -> Paper:
    """Return the paper of that name, drawn once."""
    return PAPERS[name]()
