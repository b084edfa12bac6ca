"""The language of a page: its address says it; "/" asks the cookie, then the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_babel import Babel
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from registration.domain.ids import Language
from registration.language.translator import CATALOGS, get_translator, list_languages
from registration.web import page_addresses

COOKIE_SECONDS = 365 * 24 * 3600

blueprint = Blueprint("language", __name__)


class LanguageConverter(BaseConverter):
    """Matches the languages that have a catalog, so "/xx/" is a page that does not exist."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # Werkzeug's own
        super().__init__(*arguments, **options)
        self.regex = "|".join(list_languages())


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language. name: that language written in itself."""

    language: Language
    name: str
    address: str


def init_app(app: Flask) -> None:
    """Serve every page in the language of its address, and remember it in a cookie."""
    app.url_map.converters["language"] = LanguageConverter
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGS)
    Babel(app, locale_selector=lambda: g.language)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_add_language)
    app.after_request(_remember_language)
    app.register_blueprint(blueprint)


@blueprint.get("/")
def choose() -> AnyResponse:
    """Send the reader to the home page of their language."""
    return redirect(url_for("public.home"), 302)


def find_language() -> Language:
    """Return the reader's language: the address's, else the cookie's, else the browser's."""
    languages = list_languages()
    wanted = (request.path.split("/")[1], request.cookies.get(_cookie_name(), ""))
    for each in wanted:
        if each in languages:
            return each
    return find_accepted(languages)


def find_accepted(languages: Sequence[Language]) -> Language:
    """Return the one of these that the browser asks for first; the first where it wants none."""
    return request.accept_languages.best_match(languages) or languages[0]


def lead_to(language: Language) -> NoReturn:
    """Answer with a redirect to this page in the other language; a form that was sent goes along
    with all that it holds."""
    moves = request.method not in {"GET", "HEAD"}
    abort(redirect(_this_address(language), 307 if moves else 302))


def list_language_links() -> list[LanguageLink]:
    """Return links to the page being shown in the other languages, rebuilt from its route.

    On a page of a meeting only the languages that its file has.
    """
    meeting = g.get("meeting")
    languages = list_languages() if meeting is None else meeting.languages
    return [
        LanguageLink(each, _own_name(each), _same_page(each))
        for each in languages
        if each != g.language
    ]


@cache
def _own_name(language: Language) -> str:
    name = get_translator(language).language_name(language)
    return name[:1].upper() + name[1:]


def _same_page(language: Language) -> str:
    if request.endpoint is None or "lang" not in g.route_values:
        return url_for("public.home", lang=language)
    if request.url_rule is not None and "GET" not in (request.url_rule.methods or ()):
        # The answer to a form whose address cannot be fetched: the page that it belongs to.
        return _nearest_page(request.path, language)
    return _this_address(language)


def _this_address(language: Language) -> str:
    """Return the address that was asked for, with its query, in the language."""
    # The query goes past url_for, whose own parameters and options its names would be taken for.
    query = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name != "lang" and not name.startswith("_")
    ]
    page = page_addresses.url_for(request.endpoint or "", **{**g.route_values, "lang": language})
    return f"{page}?{urlencode(query)}" if query else page


def _nearest_page(path: str, language: Language) -> str:
    """Return the page above the path that can be fetched, in the language."""
    router = current_app.url_map.bind(request.host)
    while path.count("/") > 1:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            endpoint, values = router.match(path, method="GET")
        except HTTPException:
            continue
        return url_for(endpoint, **{**values, "lang": language})
    return url_for("public.home", lang=language)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    values = {} if values is None else values
    g.route_values = dict(values)
    g.language = values.pop("lang", None) or find_language()


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and _expects(endpoint, "lang"):
        values["lang"] = g.language


def _expects(endpoint: str, name: str) -> bool:
    return current_app.url_map.is_endpoint_expecting(endpoint, name)


def _remember_language(response: Response) -> Response:
    addressed: Mapping[str, Any] = g.get("route_values", {})
    language = addressed.get("lang")
    if language and request.cookies.get(_cookie_name()) != language:
        response.set_cookie(
            _cookie_name(),
            language,
            max_age=COOKIE_SECONDS,
            secure=_is_https(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _is_https() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _cookie_name() -> str:
    return "__Host-language" if _is_https() else "language"
