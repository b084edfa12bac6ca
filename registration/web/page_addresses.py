"""The addresses that every page bears (its tabs, its style sheet), built once.

A page of the desks has thirty links; building them took as long as reading its rows. Only what is
the same for everybody is kept: which page, in which language, of which meeting, which static file.
"""

from typing import Any

from flask import Flask, current_app, g, has_request_context, request

#: What may be named beside the page for its address to be kept: none is about a person.
_KEPT = frozenset({"lang", "meeting", "filename"})
#: Addresses in memory; then it begins anew. A site with ten meetings has fewer.
_MOST = 5000


def init_app(app: Flask) -> None:
    """Give templates the `url_for` that remembers. Must come after the routes of the languages."""
    app.extensions["addresses"] = {}
    app.jinja_env.globals["url_for"] = url_for


def url_for(endpoint: str, **values: Any) -> str:  # noqa: ANN401  # Flask's own
    """Return the address of the page, as Flask's `url_for` does.

    In debug mode nothing is remembered: a static file's address holds the mark of its content.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # the proxy's way
    if app.debug or not _is_kept(endpoint, values):
        return str(app.url_for(endpoint, **values))
    kept: dict[tuple[object, ...], str] = app.extensions["addresses"]
    here = g._get_current_object()  # noqa: SLF001  # as above
    meeting = here.get("meeting")
    key = (endpoint, here.language, meeting and meeting.id, *values.items())
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST:
            kept.clear()
        found = kept[key] = str(app.url_for(endpoint, **values))
    return found


def _is_kept(endpoint: str, values: dict[str, Any]) -> bool:
    """Return whether the address depends on nothing but the page, its language and its meeting.

    Not where the site lies below another path, nor for ".page", which is another one elsewhere.
    """
    return (
        values.keys() <= _KEPT
        and not endpoint.startswith(".")
        and has_request_context()
        and not request.script_root
    )
