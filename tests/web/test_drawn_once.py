"""What pages share is drawn once, and nobody is shown what was drawn for somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import flask
import pytest
from flask import Flask, g, render_template_string

from registration.domain.ids import MeetingId
from registration.domain.roles import Role
from registration.domain.states import State
from registration.language.translator import list_languages
from registration.secretariat import filtering
from registration.web import page_addresses, rendering
from registration.web.access import RULES
from tests.builders import RCM, make_meeting
from tests.desks import ENTRIES, LIST, open_desk
from tests.offices import load_meeting
from tests.sites import Site

OTHER = MeetingId("other-workshop")
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
    # Imported ones: a macro of the page's own is another one each time that the page is drawn.
    source = (
        '{% from "macros/answers.html" import answer_words %}'
        '{% from "macros/chip.html" import counter %}'
        "{{ remember(answer_words, ()) }}|{{ remember(answer_words, ('a',)) }}|"
        "{{ remember(counter, ()) }}|{{ remember(answer_words, ()) }}"
    )
    template = site.app.jinja_env.from_string(source)
    drawn = []
    for language in ("en", "es", "en"):
        with _asking(site.app, language):
            drawn.append(flask.render_template(template))

    none, some, number = (
        '<p class="quiet">{}</p>',
        "<p><bdi>a</bdi></p>",
        '<span class="counter">()</span>',
    )
    expected = [
        "|".join([none.format(word), some, number, none.format(word)])
        for word in ("No answer", "Sin respuesta", "No answer")
    ]
    assert drawn == expected


def test_memory_of_what_was_drawn_has_an_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rendering, filtering):
        monkeypatch.setattr(module, "_MOST_DRAWN", 3)
    monkeypatch.setattr(page_addresses, "_MOST", 3)
    remember, languages = site.app.jinja_env.globals["remember"], list_languages()
    states = [each.value for each in list(State)[:5]]
    with _asking(site.app):
        g.meeting = meeting = make_meeting()
        macro = site.app.jinja_env.get_template("macros/chip.html").module.counter
        for number, state in enumerate(states):
            assert remember(macro, number) == f'<span class="counter">{number}</span>'
            filtering.filter_form(meeting, {"state": state})
            page_addresses.url_for("public.home", lang=languages[number % len(languages)])

    assert len(remember._drawn) <= 3
    assert len(filtering._drawn) <= 3
    assert len(site.app.extensions["addresses"]) <= 3


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


def test_address_that_is_another_one_elsewhere_is_not_kept(site: Site) -> None:
    kept = site.app.extensions["addresses"]
    with site.app.test_request_context("/en/secretariat/"):
        g.language = "en"
        site.app.preprocess_request()
        assert page_addresses.url_for(".home") == "/en/secretariat/"

    assert not [key for key in kept if key[0] == ".home"]


def test_address_outside_a_request_is_flask_s_own(site: Site) -> None:
    site.app.config["SERVER_NAME"] = "registration.example.org"
    with site.app.app_context():
        g.language = "en"
        address = page_addresses.url_for("public.home", lang="es")

    assert address == "http://registration.example.org/es/"


def test_nothing_is_kept_while_the_site_is_being_built(site: Site) -> None:
    site.app.debug = True
    with _asking(site.app):
        page_addresses.url_for("static", filename="mark.svg")

    assert site.app.extensions["addresses"] == {}


def test_filter_below_another_path_is_drawn_for_itself(site: Site) -> None:
    forms = []
    for base in ("http://localhost", "http://localhost/below"):
        with _asking(site.app, base_url=base):
            g.meeting = meeting = make_meeting()
            forms.append(filtering.filter_form(meeting, {}))

    assert ["/below/" in each for each in forms] == [False, True]


def test_tabs_lead_to_the_meeting_that_is_open(site: Site) -> None:
    # Of the same file: what it consists of gives no tab that the other has not.
    load_meeting(site.office, as_id=OTHER)
    desk = open_desk(site)

    pages = [desk.get(f"/en/secretariat/{each}/").html for each in (RCM, OTHER, RCM)]

    navs = [each.partition('<nav class="staff-tabs"')[2].partition("</nav>")[0] for each in pages]
    assert [f"/{RCM}/entries" in each for each in navs] == [True, False, True]
    assert [f"/{OTHER}/entries" in each for each in navs] == [False, True, False]


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
