"""The papers of a meeting: those that can be read, and those to come."""

from flask import abort, render_template

from registration.public import blueprint
from registration.public.words import site_of
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words


@blueprint.get("/<meeting>/documents")
def documents() -> str:
    """Show each paper with its symbol and where it is to be read."""
    shown, words = get_current_meeting().documents, current_words()
    if not shown:
        abort(404)
    return render_template(
        "public/documents.html",
        at_hand=[each for each in shown if each.link],
        to_come=[each for each in shown if not each.link],
        site_of=site_of,
        name_languages=lambda codes: words.enumerate([words.language_name(each) for each in codes]),
    )
