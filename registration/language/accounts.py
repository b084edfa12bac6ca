"""The roles of the staff and what happens to accounts, in words."""

from collections.abc import Mapping
from typing import assert_never

from registration.domain.events import Event
from registration.domain.roles import LastAdministrator, Role
from registration.language.translator import Translator


def role_name(role: Role, words: Translator) -> str:
    """Return what the role is called."""
    match role:
        case Role.ADMINISTRATOR:
            return words.pgettext("role", "Administration")
        case Role.REVIEWER:
            return words.pgettext("role", "Review of registrations")
        case Role.TRAVEL:
            return words.pgettext("role", "Travel desk")
        case Role.HOST:
            return words.pgettext("role", "Host desk")
        case Role.DOOR:
            return words.pgettext("role", "Door")
        case _:
            assert_never(role)


def sentence(_refusal: LastAdministrator, words: Translator) -> str:
    """Return why the account stays as it is, and what to do."""
    return words.gettext(
        "This is the last account that administers every meeting. Give that role to another one"
        " first."
    )


def change(event: Event, facts: Mapping[str, str], words: Translator) -> str | None:
    """Return a line of an account's history in words, as the end of a sentence that begins with
    who did it. None for an event that is no account's."""
    match event:
        case Event.SIGNED_IN:
            return words.gettext("signed in")
        case Event.SIGNED_OUT:
            return words.gettext("signed out")
        case Event.PASSWORD_CHANGED:
            return words.gettext("changed the password")
        case Event.ACCOUNT_MAILED if facts.get("occasion") == "staff_invited":
            return words.gettext("sent the invitation")
        case Event.ACCOUNT_MAILED:
            return words.gettext("was sent a message about the account")
        case Event.ACCOUNT_CHANGED if "second_factor" in facts:
            return words.gettext("changed the second factor")
        case Event.ACCOUNT_CHANGED if facts.get("recovery_codes") == "used":
            return words.gettext("used a recovery code")
        case Event.ACCOUNT_CHANGED if "recovery_codes" in facts:
            return words.gettext("made recovery codes")
        case Event.ACCOUNT_CHANGED:
            return _changes(words).get(facts.get("account", ""), words.gettext("changed it"))
    return None


def _changes(words: Translator) -> dict[str, str]:
    return {
        "opened": words.gettext("opened the account"),
        "invitation taken up": words.gettext("took up the invitation and chose a password"),
        "name and language": words.gettext("changed name or language"),
        "new password": words.gettext("gave the account a new password"),
        "roles": words.gettext("changed the roles"),
        "closed": words.gettext("closed the account"),
        "reopened": words.gettext("opened the account again"),
        "signed out": words.gettext("ended what was signed in"),
        "factors off": words.gettext("took the second factor away"),
    }
