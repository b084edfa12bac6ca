"""Finds the words of the other languages in what a page, a mail or a letter shows.

Two nets. Whatever is translated, in the catalogs or in the meeting's file, may not stand in its
other form; and small words of the other language give away what nobody thought to translate.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from babel.messages.catalog import Message

from registration.cli.catalogs import list_catalogs, read_catalog
from registration.domain.meeting import Meeting
from registration.domain.meeting_text import Text
from registration.language.translator import (
    CATALOGS,
    SOURCE_LANGUAGE,
    get_translator,
    list_languages,
)
from tests.builders import make_meeting

# Beside each catalog: small words of the language that no name of a person or an institution has.
SMALL_WORDS = {
    path.parent.name: frozenset(path.read_text(encoding="utf-8").split())
    for path in CATALOGS.glob("*/small_words.txt")
    if path.parent.name in list_languages()
}
# In so many texts a word is no quotation.
_IN_USE = 5
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|\n")
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+|\b\w[\w-]*\.\w{2,4}\b")

Phrase = tuple[str, ...]
#: Phrases by their first two words; one of a single word by that.
Phrases = Mapping[Phrase, set[Phrase]]


def list_foreign(
    runs: Iterable[str], language: str, *, meeting: Meeting | None = None, typed: Sequence[str] = ()
) -> list[str]:
    """Return what stands in a text of `language` and belongs to another one.

    runs: the pieces of text as they stand, one a heading, a sentence, a label.
    meeting: whose texts are looked for beside the catalogs'; the RCM workshop by default.
    typed: what people typed in any language; it is taken out first.
    """
    pieces = [_words(_without(each, typed)) for each in runs]
    text = tuple(word for piece in pieces for word in piece)
    known = _shipped() if meeting is None else _texts_of(meeting)
    foreign = _foreign_phrases(language, known)
    phrases = {each for each in _find(foreign, text) if len(each) > 1}
    phrases |= {each for each in pieces if each in foreign.get(each[:2], ())}
    found = [" ".join(each) for each in sorted(phrases)]
    words = set(text)
    for other, small in SMALL_WORDS.items():
        if other != language:
            given_away = small - _vocabulary(language) - _country_words(language)
            found += sorted(words & (given_away | _days_and_months(other, language)))
    return found


def list_words(value: object) -> Iterator[str]:
    """Yield every text of a tree of dataclasses and tuples, such as a letter."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from list_words(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (type, Text)):
        for part in dataclasses.fields(value):
            if part.name != "language":
                yield from list_words(getattr(value, part.name))


@cache
def _foreign_phrases(language: str, known: tuple["_Forms", ...]) -> Phrases:
    """Return the phrases of the other languages that no text of this one has within it."""
    forms = [*_catalog_texts(), *known]
    own = {_words(part) for each in forms if each.language == language for part in each.parts}
    own |= {_words(name) for name in _country_names(language)}
    foreign = {_words(part) for each in forms if each.language != language for part in each.parts}
    every = _by_beginning(each for each in foreign if each)
    return _by_beginning(foreign.difference({()}, *(_find(every, each) for each in own)))


def _by_beginning(phrases: Iterable[Phrase]) -> Phrases:
    found: dict[Phrase, set[Phrase]] = {}
    for each in phrases:
        found.setdefault(each[:2], set()).add(each)
    return found


def _find(phrases: Phrases, words: Phrase) -> Iterator[Phrase]:
    """Yield those of the phrases whose words stand among these in their order. Thousands are looked
    for in every page: by their beginnings, that costs the words of the page alone."""
    for at in range(len(words)):
        for beginning in (words[at : at + 1], words[at : at + 2]):
            for each in phrases.get(beginning, ()):
                if words[at : at + len(each)] == each:
                    yield each


@cache
def _vocabulary(language: str) -> frozenset[str]:
    """Return the words that the language's texts use: "que" is Spanish, French and Portuguese.

    Not those of a text or two: that may be an example in another language.
    """
    forms = [each for each in _catalog_texts() if each.language == language]
    used = Counter(word for each in forms for part in each.parts for word in set(_words(part)))
    return frozenset(word for word, times in used.items() if times >= _IN_USE)


def _country_names(language: str) -> list[str]:
    """Return the countries' names: "Réunion" and "São Tomé and Príncipe" are English too."""
    return [str(name) for name in get_translator(language).locale.territories.values()]


@cache
def _country_words(language: str) -> frozenset[str]:
    return frozenset(word for name in _country_names(language) for word in _words(name))


@dataclasses.dataclass(frozen=True)
class _Forms:
    """A text in one language, cut where something is filled in."""

    language: str
    parts: tuple[str, ...]


@cache
def _catalog_texts() -> tuple[_Forms, ...]:
    found = []
    for path in list_catalogs():
        for message in read_catalog(path):
            if message.id and message.context != "date pattern":
                found += [_cut(SOURCE_LANGUAGE, each) for each in _forms(message, "id")]
                found += [_cut(path.parent.parent.name, each) for each in _forms(message, "string")]
    return tuple(found)


def _forms(message: Message, name: str) -> Sequence[str]:
    text = getattr(message, name)
    return [text] if isinstance(text, str) else list(text)


@cache
def _shipped() -> tuple[_Forms, ...]:
    return _texts_of(make_meeting())


def _texts_of(value: object) -> tuple[_Forms, ...]:
    """Return the texts of the meeting's file, but for the forms of address: people choose those."""
    if isinstance(value, Text):
        return tuple(_cut(language, value[language]) for language in value)
    if isinstance(value, tuple):
        return tuple(found for each in value for found in _texts_of(each))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in dataclasses.fields(value) if each.name != "treatments"]
        return tuple(found for name in names for found in _texts_of(getattr(value, name)))
    return ()


def _cut(language: str, text: str) -> _Forms:
    return _Forms(language, tuple(_PLACE.split(text)))


@cache
def _days_and_months(language: str, beside: str) -> frozenset[str]:
    """Return their names, but those that are the same word beside, or another word ("May")."""
    words = get_translator(language)
    days = [date(2022, month, day) for month in range(1, 13) for day in range(1, 8)]
    names = {word for day in days for word in _words(words.weekday(day)) if word.isalpha()}
    if language == beside:
        return frozenset(names)
    return frozenset(names - _days_and_months(beside, beside) - {"de", "may", "march"})


def _words(text: str) -> Phrase:
    return tuple(_WORD.findall(_ADDRESS.sub(" ", text).lower()))


def _without(text: str, typed: Sequence[str]) -> str:
    for each in typed:
        text = text.replace(each, " ")
    return text
