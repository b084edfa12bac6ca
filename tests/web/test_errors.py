"""Errors are pages of their own, in the reader's language, and say what to do."""

import pytest
from flask import Flask, abort, url_for

from registration.web import errors
from tests.pages import Pages
from tests.sites import Site

CODES = [400, 403, 404, 405, 409, 413, 422, 429, 500, 503]


@pytest.mark.parametrize("code", CODES)
def test_each_error_has_words_in_both_languages(site: Site, code: int) -> None:
    told = []
    for path in ("/en/", "/es/"):
        with site.app.test_request_context(path, base_url=site.url):
            site.app.preprocess_request()
            told.append(errors.describe(code))

    assert told[0].title != told[1].title
    assert told[0].advice != told[1].advice


def test_form_without_its_token_says_how_to_go_on(site: Site) -> None:
    with site.app.test_request_context("/es/", base_url=site.url):
        site.app.preprocess_request()
        sign_in = url_for("security.login", lang="es")

    response = site.app.test_client().post(sign_in, base_url=site.url, data={})

    assert response.status_code == 400
    assert "Este formulario estuvo abierto demasiado tiempo" in response.text


def test_wrong_method_names_the_right_ones(site: Site) -> None:
    response = site.app.test_client().post("/health/live", base_url=site.url)

    assert response.status_code in {400, 405}


def test_fault_of_ours_shows_nothing_of_it(site: Site) -> None:
    _fail(site.app)
    site.app.config["PROPAGATE_EXCEPTIONS"] = False

    page = Pages(site.app, site.url).get("/es/accessibility", status=500)

    assert page.headings == ["Algo falló de nuestro lado"]
    assert "a secret of ours" not in page.html


def test_spent_limit_says_how_long_to_wait(site: Site) -> None:
    pages = Pages(site.app, site.url)
    for _ in range(30):
        pages.get("/en/verify/NONE", status=404)

    page = pages.get("/en/verify/NONE", status=429)

    assert page.headings == ["Too many tries in a short time"]
    assert int(page.response.headers["Retry-After"]) > 0


def test_refusal_by_the_router_is_a_page(site: Site) -> None:
    @site.app.before_request
    def refuse() -> None:
        abort(403)

    assert Pages(site.app, site.url).get("/en/", status=403).status == 403


def _fail(app: Flask) -> None:
    def fail() -> str:
        raise RuntimeError("a secret of ours")

    app.view_functions["public.accessibility"] = fail
