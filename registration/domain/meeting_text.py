"""A text of a meeting's file, in each of its languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registration.domain.ids import Language


@dataclass(frozen=True)
class Text:
    """One text in each language of the meeting. May hold placeholders such as {deadline}."""

    by_language: Mapping[Language, str]

    def __getitem__(self, language: Language) -> str:
        """Return the text in the language. Raises KeyError where the file has none."""
        return self.by_language[language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self.by_language)


@dataclass(frozen=True, kw_only=True)
class TextSection:
    """Paragraphs about the meeting under a heading of their own."""

    heading: Text
    texts: tuple[Text, ...]
