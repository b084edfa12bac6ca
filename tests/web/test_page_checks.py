"""The checker of pages finds what it is there to find."""

import pytest
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from tests.pages import Page, list_wrongs

GOOD = (
    '<html lang="en"><head><title>Register – Site</title></head><body><h1>Register</h1>'
    '<form action="/x" method="post"><input type="hidden" name="csrf_token" value="1">'
    '<label for="a">A</label><input id="a" name="a"></form></body></html>'
)


def test_good_page_has_no_wrongs() -> None:
    assert list_wrongs(_page(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('lang="en"', 'lang="es"', "the address says"),
        (' lang="en"', "", "has no lang"),
        ("<h1>Register</h1>", "", "0 h1"),
        ("<h1>Register</h1>", "<h1>Register</h1><h1>Again</h1>", "2 h1"),
        ("<title>Register", "<title>Enter", "does not begin with the h1"),
        ('id="a"', 'id="b"', "has no label"),
        ("<h1>", '<h1 id="a">', "used twice"),
        ('name="csrf_token"', 'name="other"', "no CSRF token"),
        ('action="/x" ', "", "no action"),
        ("<h1>", '<h1 style="color:red">', "a style of its own"),
        ("<h1>", '<h1 onclick="x()">', "a script of its own"),
        ("</form>", "<script>x()</script></form>", "stands in the page"),
        ("</form>", '<img src="x"></form>', "no alt"),
        ("</form>", '<a href="#nowhere">x</a></form>', "leads nowhere"),
        ('name="a"', 'name="a" aria-describedby="gone"', "described by nothing"),
        ('name="a"', 'name="a" placeholder="x"', "placeholder"),
        ("</form>", "</div></form>", "closes nothing"),
        ("</form>", "</form><p>Sus <b>inscripciones</b></p>", "'sus inscripciones' is of the"),
        ("</form>", '</form><img src="x" alt="Carta de invitación">', "of the other language"),
        ("</form>", "<button data-busy='Buscando…'>A</button></form>", "of the other language"),
        (
            "</form>",
            "<select name='b' aria-label='A'><option>Cupo</option></select></form>",
            "other lang",
        ),
    ],
)
def test_wrong_is_found(old: str, new: str, wrong: str) -> None:
    assert any(wrong in each for each in list_wrongs(_page(GOOD.replace(old, new, 1))))


def test_part_that_says_it_is_in_the_other_language_may_be() -> None:
    other = '<a href="/es/" lang="es">Sus <b>inscripciones</b></a> Verify'
    page = GOOD.replace("</form>", f"</form>{other}")

    assert list_wrongs(_page(page)) == []
    assert list_wrongs(_page(page.replace("Verify", "Verificar una carta"))) != []


def test_what_was_typed_may_be_in_any_language() -> None:
    page = GOOD.replace("</form>", "<textarea>Mi letra</textarea></form><q>Sus inscripciones</q>")

    assert any("inscripciones" in each for each in list_wrongs(_page(page)))
    wrongs = list_wrongs(_page(page), typed=["Sus inscripciones"])
    assert not any("language" in each for each in wrongs)


def test_title_of_a_refused_form_begins_with_error() -> None:
    refused = GOOD.replace("<title>", "<title>Error: ")

    assert list_wrongs(_page(refused)) == []


def _page(html: str) -> Page:
    body = Response(html, mimetype="text/html")
    response = TestResponse(body.response, "200 OK", body.headers, None)  # type: ignore[arg-type]
    return Page(response, "/en/x")
