"""What every template can use beside what its view gives it."""

from flask import Flask, g
from jinja2 import StrictUndefined
from werkzeug.local import LocalProxy
from wtforms import Field

from registration.domain.meeting import Delegation, Text
from registration.language import texts
from registration.language.translator import Translator, get_translator
from registration.web.current_meeting import current_meeting, get_current_meeting
from registration.web.language import list_language_links


def current_words() -> Translator:
    """Return the translator of the page's language."""
    return get_translator(g.language)


def fill(text: Text, delegation: Delegation | None = None) -> str:
    """Return a text of the current meeting's file in the page's language, placeholders filled."""
    return texts.fill(text, get_current_meeting(), current_words(), delegation=delegation)


def tied(field: Field, hint: str) -> dict[str, str]:
    """Return the attributes that tie a control to its hint and its error, for `field` macros."""
    describers = [f"{field.id}-hint"] if hint else []
    if not field.errors:
        return {"aria-describedby": " ".join(describers)} if describers else {}
    describers.append(f"{field.id}-error")
    return {"aria-describedby": " ".join(describers), "aria-invalid": "true"}


def init_app(app: Flask) -> None:
    """Give templates their globals, and make a misspelt name an error instead of nothing."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # Globals and not a context processor: macros see the one and not the other.
    app.jinja_env.globals.update(
        words=LocalProxy(current_words),
        language=LocalProxy(lambda: g.language),
        meeting=LocalProxy(current_meeting),
        fill=fill,
        tied=tied,
        language_links=list_language_links,
    )
