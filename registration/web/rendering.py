"""How templates are run: what Jinja does for each import and each word, done once for all pages."""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, g
from flask.templating import Environment
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup

from registration.language.translator import get_translator

_MOST_DRAWN = 2000


class HouseEnvironment(Environment):
    """Jinja's environment, whose templates share one plain dict of globals.

    A page imports a dozen files of macros. For each, Jinja compares the names that the page can see
    with those that the file was loaded with; in a dict that is nothing, in the chain of dicts that
    it makes of them it was a twentieth of the page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # A template that is loaded with globals of its own keeps Jinja's chain.
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    """Let templates speak through our translators. Must come after Flask-Babel, whose own look up
    the reader's catalog for each word again."""
    app.jinja_env.globals.update(
        remember=_Remembered(), _=_gettext, gettext=_gettext, ngettext=_ngettext, pgettext=_pgettext
    )


class _Remembered:
    """What small macros have drawn: `remember(icon, "check", 15)` instead of `icon("check", 15)`.

    For macros whose words and marks follow from their arguments and the language alone: a sign, a
    chip. Nothing of a person may be an argument.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[object, ...], str] = {}

    def __call__(self, macro: Macro, *arguments: object) -> str:
        key = (macro, g.language, *arguments)
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            found = self._drawn[key] = macro(*arguments)
        return found


@pass_eval_context
def _gettext(context: EvalContext, message: str, **values: Any) -> str:  # noqa: ANN401  # any value
    if not values:
        return _word(g.language, message, is_markup=context.autoescape)
    return _fill(context, get_translator(g.language).gettext(message), values)


@pass_eval_context
def _ngettext(
    context: EvalContext,
    singular: str,
    plural: str,
    number: int,
    **values: Any,  # noqa: ANN401  # as above
) -> str:
    text = get_translator(g.language).choose(singular, plural, number)
    return _fill(context, text, {"num": number, **values})


@pass_eval_context
def _pgettext(context: EvalContext, sense: str, message: str, **values: Any) -> str:  # noqa: ANN401
    text = get_translator(g.language).pgettext(sense, message)
    return _fill(context, text, {"context": sense, **values})


# Of the catalogs' texts alone: a few thousand in each language, and none of a person's.
@lru_cache(maxsize=8192)
def _word(language: str, message: str, *, is_markup: bool) -> str:
    text = get_translator(language).gettext(message)
    return Markup(text) % {} if is_markup else text % {}  # noqa: S704  # ours, from the catalogs


def _fill(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    """Return the text with its values, escaped where the template is one of HTML."""
    return Markup(text) % values if context.autoescape else text % values  # noqa: S704  # as above
