"""What is looked for in a list of people: posted and kept in the browser's session.

Names and addresses do not belong in an address, where histories and logs would keep them.
"""

from flask import session
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from registration.domain.names import clean_line

LONGEST_SEARCH = 100


class SearchForm(FlaskForm):
    """What is looked for."""

    text = StringField(validators=[Length(max=LONGEST_SEARCH)])


def keep_search(list_name: str, where: str) -> str:
    """Keep what was posted and return it; "" ends the search. list_name: the session keeps one
    search for each. where: which of these lists it is, a meeting's or a call's."""
    form = SearchForm()
    text = clean_line(form.text.data or "") if form.validate() else ""
    session.pop(list_name, None)
    if text:
        session[list_name] = {"where": where, "text": text}
    return text


def searched_text(list_name: str, where: str) -> str:
    """Return what is looked for there, or ""."""
    kept = session.get(list_name, {})
    return str(kept["text"]) if kept.get("where") == where else ""
