"""Words in the language of the page, as a typed text: for what views put together themselves."""

from registration.web.templates import current_words


def gettext(message: str, **values: object) -> str:
    """Return the message in the language of the page. values: its named placeholders."""
    return current_words().gettext(message, **values)


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Return the message of that number in the language of the page; %(num)d is the number."""
    return current_words().ngettext(singular, plural, number, **values)


def pgettext(context: str, message: str, **values: object) -> str:
    """Return the message as it is meant in the context, in the language of the page."""
    return current_words().pgettext(context, message, **values)
