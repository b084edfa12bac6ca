"""The catalogs: fresh, whole, and with the same places to fill in as the English."""

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message

from registration.cli.catalogs import ROOT, TEMPLATE, extract, list_catalogs, read_catalog

CATALOGS = {path.parent.parent.name: read_catalog(path) for path in list_catalogs()}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def test_template_holds_what_code_and_templates_say() -> None:
    now, kept = _contents(extract()), _contents(read_catalog(TEMPLATE))

    assert now == kept, "the texts have changed since they were collected; run make catalogs"


def test_no_text_goes_by_another_name_of_gettext() -> None:
    """What is called through an alias is never collected, and stays English on every page."""
    other_name = re.compile(r"=\s*(?:\w+\.)*n?p?gettext$", re.MULTILINE)
    found = [
        path.name
        for path in (ROOT / "registration").rglob("*.py")
        if other_name.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("language", CATALOGS)
def test_catalog_has_the_texts_of_the_template_and_no_others(language: str) -> None:
    texts = set(_contents(CATALOGS[language]))

    assert texts == set(_contents(read_catalog(TEMPLATE))), "run make catalogs"


@pytest.mark.parametrize("language", CATALOGS)
def test_every_entry_is_translated(language: str) -> None:
    missing = [
        message.id
        for message in _messages(CATALOGS[language])
        if message.fuzzy or not all(_forms(message.string))
    ]

    assert missing == [], f"give these their words in translations/{language}"


@pytest.mark.parametrize("language", CATALOGS)
def test_every_entry_fills_the_same_places_as_the_english(language: str) -> None:
    wrong = {
        form: message.id
        for message in _messages(CATALOGS[language])
        for form in _forms(message.string)
        if form and not _fills_the_same(form, message)
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("english", "translated", "same"),
    [
        ("Until %(day)s", "Hasta el %(day)s", True),
        ("Until %(day)s", "Hasta el %(dia)s", False),
        ("%(a)s and %(b)s", "%(b)s y %(a)s", True),
        ("%(a)s", "%(a)s %(a)s", False),
        (("%(num)d seat", "%(num)d seats"), "%(num)d plazas", True),
        (("One seat", "%(num)d seats"), "Una plaza", True),
        (("One seat", "%(num)d seats"), "Una plaza de %(name)s", False),
    ],
)
def test_places_are_compared_form_by_form(
    english: str | tuple[str, str], translated: str, same: bool
) -> None:
    assert _fills_the_same(translated, Message(english)) is same


def _contents(catalog: Catalog) -> dict[tuple[object, object], list[str]]:
    return {
        (message.context, message.id): list(message.auto_comments) for message in _messages(catalog)
    }


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return the singular and the plurals of an entry, or its one form."""
    if text is None:
        return [""]
    return [text] if isinstance(text, str) else list(text)


def _fills_the_same(form: str, message: Message) -> bool:
    # A singular may leave its number out ("One seat"), in one language and not in the other.
    return _places(form) in [_places(each) for each in _forms(message.id)]


def _places(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))
