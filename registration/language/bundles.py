"""The ZIP of passports in words: why a copy is left out, and the note that lies in the ZIP."""

from collections.abc import Sequence

from registration.domain.bundles import LeftOut
from registration.language.translator import Translator


def left_out_words(why: LeftOut, words: Translator) -> str:
    """Return why somebody's passport is not in the ZIP."""
    return {
        LeftOut.NO_COPY: words.gettext("No copy of the passport was sent."),
        LeftOut.WAITING: words.gettext("The copy is still being checked."),
        LeftOut.FAILED: words.gettext("The copy that was sent could not be used."),
        LeftOut.NOT_OPENED: words.gettext("The copy could not be opened."),
    }[why]


def note_name(words: Translator) -> str:
    """Return the name of the note: ASCII, and before all the others."""
    # Translators: name of a text file, in plain letters without accents
    name = words.gettext("READ ME")
    return f"00 {name}.txt"


def compose_note(
    title: str, number: int, left_out: Sequence[tuple[str, LeftOut]], words: Translator
) -> bytes:
    """Return the note. number: how many copies are in. left_out: names, each with why."""
    count = words.ngettext("%(num)d copy of a passport.", "%(num)d copies of passports.", number)
    lines = [title, count, ""]
    if left_out:
        lines.append(words.gettext("Not in this ZIP:"))
        lines += [f"- {name}: {left_out_words(why, words)}" for name, why in left_out]
    else:
        lines.append(words.gettext("Nobody is missing."))
    lines += ["", words.gettext("Delete these copies as soon as the tickets are bought.")]
    # With the mark of UTF-8 and its line ends, for the plainest of readers.
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")
