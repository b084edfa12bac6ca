"""One language: its catalog, its dates, its lists. Mails and letters take their recipient's."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from registration.domain.ids import Language

CATALOGS = Path(__file__).parents[2] / "translations"
#: The language of the texts in the code; it needs no catalog.
SOURCE_LANGUAGE: Language = "en"
# The source texts are British in their dates: "Tuesday 1 March 2022".
_TERRITORY = {"en": "GB"}


class Translator:
    """Words in one language. Messages use named placeholders: "%(count)d days"."""

    def __init__(self, language: Language, catalog: NullTranslations) -> None:
        self.language = language
        self.locale = Locale(language, _TERRITORY.get(language))
        self._catalog = catalog

    def gettext(self, message: str, **values: object) -> str:
        return _fill(self._catalog.ugettext(message), values)

    def ngettext(self, singular: str, plural: str, number: int, **values: object) -> str:
        return _fill(self.choose(singular, plural, number), {"num": number, **values})

    def choose(self, singular: str, plural: str, number: int) -> str:
        """Return the text of that number with its placeholders, for whoever escapes what fills
        them."""
        return str(self._catalog.ungettext(singular, plural, number))

    def pgettext(self, context: str, message: str, **values: object) -> str:
        return _fill(str(self._catalog.upgettext(context, message)), values)

    def npgettext(
        self, context: str, singular: str, plural: str, number: int, **values: object
    ) -> str:
        text = str(self._catalog.unpgettext(context, singular, plural, number))
        return _fill(text, {"num": number, **values})

    def day(self, day: date) -> str:
        """Return "1 March 2022"."""
        # Translators: a CLDR date pattern; the spaces within are no-break ones
        return self._date(day, self.pgettext("date pattern", "d\u00a0MMMM y"))

    def short_day(self, day: date) -> str:
        """Return "1 March"."""
        # Translators: a CLDR date pattern; the spaces within are no-break ones
        return self._date(day, self.pgettext("date pattern", "d\u00a0MMMM"))

    def weekday(self, day: date) -> str:
        """Return "Tuesday 1 March 2022"."""
        # Translators: a CLDR date pattern; the spaces within are no-break ones
        return self._date(day, self.pgettext("date pattern", "EEEE d\u00a0MMMM y"))

    def weekday_of(self, day: date) -> str:
        """Return "Tuesday 1 March", without the year."""
        # Translators: a CLDR date pattern; the spaces within are no-break ones
        return self._date(day, self.pgettext("date pattern", "EEEE d\u00a0MMMM"))

    def month(self, day: date) -> str:
        """Return "January 2025"."""
        # Translators: a CLDR date pattern of a month alone
        return self._date(day, self.pgettext("date pattern", "MMMM\u00a0y"))

    def days(self, first: date, last: date) -> str:
        """Return "31 March and 1 April 2022", "18 to 20 March 2025" or "1 March 2022"."""
        if first == last:
            return self.day(first)
        pattern = self.pgettext("date pattern", "d\u00a0MMMM")
        if (first.year, first.month) == (last.year, last.month):
            pattern = "d"
        opening = self._date(first, pattern)
        if last - first == timedelta(days=1):
            # Translators: two days that follow each other, "31 March and 1 April 2022"
            return self.gettext("%(first)s and %(last)s", first=opening, last=self.day(last))
        # Translators: the first and the last day of a meeting, "18 to 20 March 2025"
        return self.gettext("%(first)s to %(last)s", first=opening, last=self.day(last))

    def hour(self, at: time | datetime) -> str:
        """Return "23:59"."""
        return f"{at:%H:%M}"

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Return "Tuesday 1 March 2022, 23:59" in the zone. at: aware."""
        local = at.astimezone(zone)
        day, hour = self.weekday(local.date()), self.hour(local)
        # Translators: a moment, also after "until" and "on"; the hour is "23:59"
        return self.pgettext("moment", "%(day)s, %(hour)s", day=day, hour=hour)

    def last_minute(self, closed_at: datetime, zone: ZoneInfo) -> str:
        """Return the last minute before a first instant refused: people read "until 23:59"."""
        return self.moment(closed_at - timedelta(minutes=1), zone)

    def number(self, number: int) -> str:
        """Return "20,000"."""
        return str(format_decimal(number, locale=self.locale))

    def enumerate(self, items: Sequence[str]) -> str:
        """Return "Belize, Canada and Mexico"; English without the comma before "and"."""
        return format_list(list(items), style="standard", locale=self.locale)

    def country(self, code: str) -> str:
        """Return the plain name of a country. code: ISO 3166 alpha-2. Raises KeyError."""
        return str(self.locale.territories[code.upper()])

    def language_name(self, language: Language) -> str:
        """Return the name of a language in this one: "Spanish"."""
        return str(self.locale.languages[language])

    def _date(self, day: date, pattern: str) -> str:
        """Return the day by a CLDR pattern. Its "d" of the first of a month is written as the
        catalog says: "1er avril" in French, which CLDR leaves to its readers."""
        if day.day == 1:
            # Translators: the CLDR pattern of the first day of a month, "d'er'" in French, else "d"
            first = self.pgettext("first of the month", "d")
            # What stands between apostrophes is no pattern.
            parts = pattern.split("'")
            pattern = "'".join([*_alternate(parts, "d", first)])
        return format_date(day, pattern, locale=self.locale)


@cache
def get_translator(language: Language) -> Translator:
    """Return the translator of a language. Raises LookupError where it has no compiled catalog."""
    if language == SOURCE_LANGUAGE:
        return Translator(language, NullTranslations())
    catalog = Translations.load(CATALOGS, [language])
    if not isinstance(catalog, Translations):
        raise LookupError(f"no compiled catalog of {language!r} in {CATALOGS}; run make setup")
    return Translator(language, catalog)


def is_country_code(code: str) -> bool:
    """Return whether these are the two letters of a country, in whichever case."""
    return len(code) == 2 and code.upper() in Locale(SOURCE_LANGUAGE).territories


@cache
def list_languages() -> tuple[Language, ...]:
    """Return the languages that have a catalog, the source language first."""
    found = sorted(each.parent.parent.name for each in CATALOGS.glob("*/LC_MESSAGES/messages.po"))
    return (SOURCE_LANGUAGE, *(each for each in found if each != SOURCE_LANGUAGE))


def _alternate(parts: list[str], old: str, new: str) -> Iterator[str]:
    """Yield the parts, the first, the third and so on with the new text for the old."""
    for number, part in enumerate(parts):
        yield part if number % 2 else part.replace(old, new)


def _fill(text: str, values: dict[str, object]) -> str:
    return text % values if values else text
