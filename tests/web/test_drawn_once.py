"""What pages share is drawn once, and nobody is shown what was drawn for somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import flask
import pytest
from flask import Flask, g, render_template_string

from registration.domain.roles import Role
from registration.language.translator import list_languages
from registration.web import page_addresses
from registration.web.access import RULES
from tests.builders import RCM, make_meeting
from tests.desks import ENTRIES, LIST, open_desk
from tests.sites import Site

#: What a new delegation is called, in each language.
NAMES = ("name", "official_name", "of_name")


def test_values_in_a_sentence_are_escaped(site: Site) -> None:
    with _asking(site.app):
        html = render_template_string('{{ _("for “%(text)s”", text="<b>&</b>") }}')
        counted = render_template_string(
            '{{ ngettext("One %(name)s", "%(num)d %(name)s", 3, name="<i>") }}'
        )

    assert html == "for “&lt;b&gt;&amp;&lt;/b&gt;”"
    assert counted == "3 &lt;i&gt;"


def test_word_is_that_of_the_reader(site: Site) -> None:
    words = []
    for language in ("en", "es", "en"):
        with _asking(site.app, language):
            words.append(render_template_string('{{ _("Search") }} {{ pgettext("desk", "Door") }}'))

    assert words == ["Search Door", "Buscar Acreditación", "Search Door"]


def test_macro_is_remembered_by_its_arguments_and_the_language(site: Site) -> None:
    source = (
        "{% macro chip(kind) %}{{ kind }} {{ _('Search') }}{% endmacro %}"
        "{{ remember(chip, 'a') }}|{{ remember(chip, 'b') }}|{{ remember(chip, 'a') }}"
    )
    template = site.app.jinja_env.from_string(source)
    drawn = []
    for language in ("en", "es"):
        with _asking(site.app, language):
            drawn.append(flask.render_template(template))

    assert drawn == ["a Search|b Search|a Search", "a Buscar|b Buscar|a Buscar"]


def test_kept_address_is_the_one_that_flask_builds(site: Site) -> None:
    kept = []
    for language in (*list_languages(), *list_languages()):
        for meeting in (None, make_meeting()):
            with _asking(site.app, language):
                g.meeting = meeting
                for endpoint, values in _list_addressed(site.app, with_meeting=meeting is not None):
                    address = page_addresses.url_for(endpoint, **values)
                    assert address == flask.url_for(endpoint, **values)
                    kept.append(address)

    assert len(site.app.extensions["addresses"]) * 2 == len(kept)


@pytest.mark.parametrize("values", [{"reference": "RCM-7K2M4QXZ"}, {"meeting": RCM, "after": "x"}])
def test_address_of_one_person_or_place_is_not_kept(site: Site, values: dict[str, str]) -> None:
    endpoint = "secretariat.entry" if "reference" in values else "secretariat.entries"
    with _asking(site.app):
        page_addresses.url_for(endpoint, **values)

    assert site.app.extensions["addresses"] == {}


def test_address_below_another_path_is_not_kept(site: Site) -> None:
    with _asking(site.app):
        plain = page_addresses.url_for("public.home")
    with _asking(site.app, base_url="http://localhost/below"):
        below = page_addresses.url_for("public.home")

    assert (plain, below) == ("/en/", "/below/en/")


def test_tabs_are_those_of_who_asks(site: Site) -> None:
    all_of_them = open_desk(site, "ada@example.org", roles=[Role.ADMINISTRATOR])
    door = open_desk(site, "door@example.org", roles=[Role.DOOR])
    all_of_them.get(f"{LIST}door/")

    page = door.get(f"{LIST}door/")

    assert _tabs(page.html) == ["Meetings", "Exports", "Door"]
    assert "Texts" in _tabs(all_of_them.get(f"{LIST}door/").html)
    assert "Textos" in _tabs(all_of_them.get(f"{LIST}door/".replace("/en/", "/es/")).html)


def test_filter_knows_a_delegation_that_was_just_added(site: Site) -> None:
    desk = open_desk(site, "ada@example.org", roles=[Role.ADMINISTRATOR])
    before = desk.get(ENTRIES)
    names = {f"{kind}_{language}": "Brazil" for kind in NAMES for language in list_languages()}
    data = {"key": "br", "kind": "member_country", "country": "BR", "seats": "1", "reason": "Asked"}
    desk.post(f"{LIST}new-delegation", {**data, **names, "name_es": "Brasil"}, status=303)

    after = desk.get(ENTRIES)

    assert "Brazil" not in before.html
    assert '<option value="br">Brazil</option>' in after.html
    assert ">Brasil</option>" in desk.get(ENTRIES.replace("/en/", "/es/")).html


def test_filter_shows_what_each_reader_chose(site: Site) -> None:
    desk = open_desk(site)

    pages = [desk.get(f"{ENTRIES}{each}").html for each in ("?state=invited", "", "?visa=none")]

    chosen = [page.count(" selected>") for page in pages]
    assert chosen == [1, 0, 1]
    assert '<option value="invited" selected>' in pages[0]


def _list_addressed(app: Flask, *, with_meeting: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pages whose address needs nothing but a language and perhaps a meeting, and files."""
    needed = {"lang", "meeting"} if with_meeting else {"lang"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in RULES and rule.arguments <= needed and "GET" in (rule.methods or ()):
            yield rule.endpoint, {}
    yield "static", {"filename": "mark.svg"}
    yield "public.home", {"lang": "es"}


@contextmanager
def _asking(app: Flask, language: str = "en", base_url: str = "http://localhost") -> Iterator[None]:
    with app.test_request_context(f"/{language}/", base_url=base_url):
        g.language, g.arrived_at = language, datetime.now(UTC)
        yield


def _tabs(html: str) -> list[str]:
    nav = html.partition('<nav class="staff-tabs"')[2].partition("</nav>")[0]
    return [each.partition("<")[0] for each in nav.split('">')[2:]]
