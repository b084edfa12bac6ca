"""A house with one language more than this one: a folder in `translations/`, texts in a file.

What it needs beside is not copied: code, templates and styles are links to ours, so whatever knew
its languages by name would not know this one. `walk` is run by a program of its own, in that house.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from registration.cli.catalogs import ROOT, TEMPLATE, read_catalog

#: Italian, which no catalog of ours has.
LANGUAGE = "it"
#: Begins every text of it, so that one which is missing is seen.
MARK = "‹it›"
_PARTS = re.compile(r"(?P<kept>%\(\w+\)[sd]|\{\w*\}|<[^>]+>|&\w+;)|[^\W\d_]+")
_TEXT = re.compile(
    r'^(?P<own>es = (?P<long>"""(?:.*?)"""|"[^"\n]*"))$|(?P<inline>\bes = (?P<short>"[^"\n]*"))',
    re.DOTALL | re.MULTILINE,
)


def build(house: Path, meeting: str) -> None:
    """Lay out the house in an empty folder. meeting: the file that gains the language."""
    for name in ("registration", "templates", "static", "tests", "var", "config.py"):
        (house / name).symlink_to(ROOT / name)
    catalogs = house / "translations"
    catalogs.mkdir()
    for each in (ROOT / "translations").iterdir():
        (catalogs / each.name).symlink_to(each)
    _write_catalog(catalogs / LANGUAGE / "LC_MESSAGES")
    (catalogs / LANGUAGE / "small_words.txt").write_text("gli degli nella", encoding="utf-8")
    (house / "meetings").mkdir()
    source = (ROOT / "meetings" / meeting).read_text(encoding="utf-8")
    (house / "meetings" / meeting).write_text(_with_texts(source), encoding="utf-8")


def _write_catalog(folder: Path) -> None:
    catalog = Catalog(locale=LANGUAGE)
    for message in read_catalog(TEMPLATE):
        if message.id:
            catalog.add(message.id, _translate(message, catalog), context=message.context)
    folder.mkdir(parents=True)
    with (folder / "messages.po").open("wb") as po, (folder / "messages.mo").open("wb") as mo:
        write_po(po, catalog)
        write_mo(mo, catalog)


def _translate(message: Message, catalog: Catalog) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        is_pattern = message.context in {"date pattern", "first of the month"}
        return message.id if is_pattern else _garble(message.id)
    # A language may have more forms than English.
    return tuple(_garble(message.id[min(form, 1)]) for form in range(catalog.num_plurals))


def _garble(text: str) -> str:
    """Return words of no language behind the mark; what is filled in and what is HTML stays."""
    return f"{MARK} " + _PARTS.sub(lambda part: part["kept"] or f"{part[0][::-1]}uz", text)


def _with_texts(source: str) -> str:
    """Return the file with each text in the language too."""
    spoken = re.sub(r"^languages = \[", f'languages = ["{LANGUAGE}", ', source, flags=re.MULTILINE)
    return _TEXT.sub(_add, spoken)


def _add(found: re.Match[str]) -> str:
    own, text = (found["own"], found["long"]) if found["own"] else (found["inline"], found["short"])
    between = "\n" if found["own"] else ", "
    return f'{own}{between}{LANGUAGE} = "{_garble(" ".join(text.strip(chr(34)).split()))}"'


def walk(folder: Path) -> None:
    """Walk through the site of this house in the language, from the first page to the letter."""
    # Late: they are the links of the house that this program runs in.
    from config import Settings
    from registration.domain.events import Occasion
    from registration.domain.roles import Role
    from registration.mail.previewing import preview_mail
    from tests.builders import RCM
    from tests.conftest import _settings
    from tests.desks import add_staff, make_guide, sign_in, submit
    from tests.letters.reading import Paper
    from tests.pages import Pages
    from tests.schema import Schemas
    from tests.sites import make_site

    url = Schemas(folder).new_sqlite(folder / "registration.sqlite")
    site = make_site(Settings(**(_settings(folder) | {"database_url": url})))
    pages = Pages(site.app, site.url)
    first = pages.client.get("/", headers={"Accept-Language": "it, en;q=0.5"}, base_url=site.url)
    assert first.location == "/it/", first.location
    for path in ("", f"{RCM}/", f"{RCM}/register", f"{RCM}/privacy", "verify/", "registration/"):
        page = pages.get(f"/it/{path}")
        assert page.language == LANGUAGE
        assert MARK in page.title, page.title
    assert 'href="/it/" lang="it" hreflang="it">Italiano</a>' in pages.get("/en/").html

    guide = make_guide(site)
    entry = guide.approve(submit(guide, language=LANGUAGE))
    mail = preview_mail(Occasion.INVITED, guide.meeting, entry, site.office.addresses)
    assert MARK in mail.subject

    add_staff(site, roles=list(Role), language=LANGUAGE)
    desk = Pages(site.app, site.url)
    sign_in(desk)
    base = f"/it/secretariat/{RCM}/"
    for path in ("", "entries", "delegations/", "texts/", "texts/letter/", "exports/", "papers/"):
        assert MARK in desk.get(f"{base}{path}").title
    assert 'name="name_it"' in desk.get(f"{base}new-delegation").html
    assert 'name="label_it"' in desk.get(f"{base}delegations/sacm/").html
    letter = desk.client.get(f"{base}texts/letter/it.pdf", base_url=site.url)
    paper = Paper(letter.data)
    assert str(paper.pdf.Root.Lang) == LANGUAGE
    assert any(MARK in each for each in paper.list_paragraphs())
    site.office.database.dispose()


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
