"""What must hold of the languages of a meeting's file, and of its texts in each of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from babel import Locale

from registration.language.texts import PLACEHOLDERS, list_placeholders
from registration.language.translator import list_languages
from registration.meetings.faults import Place, Wrong, offer_key
from registration.meetings.keys import walk_texts

if TYPE_CHECKING:
    from registration.meetings.definition import Definition

#: What every meeting speaks, whatever else it does.
_EVERYWHERE = ("en", "es")


def check(definition: "Definition") -> Iterator[Wrong]:
    """Give what is wrong with the languages, then with the texts."""
    yield from _languages(definition)
    yield from _texts(definition)


def _languages(definition: "Definition") -> Iterator[Wrong]:
    catalogs = list_languages()
    for language in _EVERYWHERE:
        if language not in definition.languages:
            yield Wrong(
                ("languages",),
                f"Every meeting is held in English and Spanish, and {_name(language)} is missing.",
                f'Add "{language}" to the list, and to each text.',
            )
    for index, language in enumerate(definition.languages):
        if language not in catalogs:
            yield Wrong(
                ("languages", index),
                f"The site has no catalog of {language!r}.",
                f"Write languages of {', '.join(catalogs)}.",
            )
        if language in definition.languages[:index]:
            yield Wrong(
                ("languages", index),
                f"{language!r} stands here twice.",
                "Take one of them out.",
            )


def _texts(definition: "Definition") -> Iterator[Wrong]:
    # A language without a catalog is a fault of its own; not one of each text beside it.
    wanted = set(definition.languages) & set(list_languages())
    spoken = {*definition.languages, *_EVERYWHERE}
    for place, words in walk_texts(definition):
        for language in sorted(wanted - set(words.root)):
            yield Wrong(
                place, f"The text lacks {_name(language)}.", f'Add {language} = "..." to it.'
            )
        for language in sorted(set(words.root) - spoken):
            yield _unspoken((*place, language), language)
        for language, text in words.root.items():
            yield from _placeholders((*place, language), text)


def _unspoken(place: Place, language: str) -> Wrong:
    if language not in Locale("en").languages:
        return Wrong(
            place,
            f"The key {language!r} is not known here.",
            offer_key(language, "A text has the codes of its languages alone: en, es."),
        )
    return Wrong(
        place,
        f"The text is in {_name(language)}, which the meeting does not speak.",
        f"Take {language} out, or add it to languages.",
    )


def _placeholders(place: Place, text: str) -> Iterator[Wrong]:
    known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
    try:
        unknown = list_placeholders(text) - PLACEHOLDERS
    except ValueError:
        yield Wrong(
            place,
            "A brace has no partner.",
            "Write {{ or }} where a brace itself is meant.",
        )
        return
    for name in sorted(unknown):
        yield Wrong(place, f"The placeholder {{{name}}} is not known.", f"Write one of {known}.")


def _name(language: str) -> str:
    return str(Locale("en").languages.get(language, language))
