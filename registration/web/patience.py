"""Forms that may stay open for days: an old token costs a second look, never what was typed.

The site checks the token of every form before its view runs and answers 400. For the views that are
marked here the check waits until the form is read, so that the same page comes back filled in.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, current_app
from flask.sansio.blueprints import BlueprintSetupState
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError

from registration.web.words import gettext

View = TypeVar("View", bound=Callable[..., Any])


def leave_tokens_to_views(blueprint: Blueprint) -> Callable[[View], View]:
    """Return what marks a view of the blueprint: it calls `has_expired` itself, and makes nothing
    of the form if it has."""

    def keeps_typing(view: View) -> View:
        def exempt(state: BlueprintSetupState) -> None:
            csrf: CSRFProtect = state.app.extensions["csrf"]
            csrf.exempt(view)

        blueprint.record(exempt)
        return view

    return keeps_typing


def has_expired(form: FlaskForm) -> bool:
    """Return whether the form's token is missing, too old or another browser's; then say so."""
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return False
    csrf: CSRFProtect = current_app.extensions["csrf"]
    try:
        csrf.protect()
    except CSRFError:
        form.form_errors.append(
            gettext(
                "This form was open for too long, so nothing was sent. All that you typed is still "
                "here: look it over and send it again."
            )
        )
        return True
    return False
