"""Collect the texts of code and templates into the catalogs: `make catalogs`.

What it writes depends on the texts alone: no dates, no line numbers, so that a change of the
catalogs is a change of words.
"""

import re
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGS = ROOT / "translations"
TEMPLATE = CATALOGS / "messages.pot"

_KEYWORDS = ("pgettext:1c,2", "npgettext:1c,2,3", "lazy_gettext", "lazy_pgettext:1c,2")
_OPTIONS = (
    "--no-location",
    "--no-wrap",
    "--sort-output",
    "--add-comments=Translators:",
    "--project=registration",
    "--version=1",
)
# Lines of the header that change with the day, the machine or the release of Babel.
_PASSING = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team'
    r"|Report-Msgid-Bugs-To):.*\n"
)


def extract() -> Catalog:
    """Return the texts of the code and the templates as they are now."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as file:
        command = ["pybabel", "--quiet", "extract", "--mapping-file", str(ROOT / "babel.cfg")]
        command += [*_OPTIONS, *(f"--keyword={each}" for each in _KEYWORDS)]
        command += ["--output-file", file.name, str(ROOT)]
        # Babel has annotated all but its command line.
        CommandLineInterface().run(command)  # type: ignore[no-untyped-call]
        return read_po(file)


def read_catalog(path: Path) -> Catalog:
    """Return a catalog of `translations/`."""
    with path.open("rb") as file:
        return read_po(file)


def list_catalogs() -> list[Path]:
    """Return the catalogs, one for each language but the source's."""
    return sorted(CATALOGS.glob("*/LC_MESSAGES/messages.po"))


def main() -> None:
    """Write the template and bring each catalog up to it; say what is not translated yet."""
    template = extract()
    _write(template, TEMPLATE)
    for path in list_catalogs():
        catalog = read_catalog(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(catalog, path)
        missing = [message.id for message in catalog if message.id and not message.string]
        for each in missing:
            print(f"{path.relative_to(ROOT)}: not translated: {each!r}")


def _write(catalog: Catalog, path: Path) -> None:
    with tempfile.TemporaryFile("w+b") as file:
        write_po(file, catalog, width=0, sort_output=True, no_location=True, ignore_obsolete=True)
        file.seek(0)
        text = file.read().decode("utf-8")
    without_comments = re.sub(r"\A(#.*\n)+", "", text)
    path.write_text(_PASSING.sub("", without_comments), encoding="utf-8")


if __name__ == "__main__":
    main()
