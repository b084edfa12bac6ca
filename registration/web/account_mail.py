"""The mails about an account, in its owner's language; they leave through the outbox like all."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app, g, request, url_for
from flask_security import MailUtil, hash_password

from config import Settings
from registration.domain.events import By, Occasion
from registration.domain.states import Actor
from registration.language.translator import Translator, get_translator
from registration.registrar import accounts
from registration.store.database import db
from registration.store.tables.accounts import DbStaff
from registration.web.browsers import name_browser, shorten_address
from registration.web.office import current_office

#: Hours for which the link to choose a new password holds.
LINK_HOURS = 1
#: Days for which an invitation to an account holds.
INVITATION_DAYS = 3


class OutboxMailUtil(MailUtil):
    """Takes what Flask-Security wants said and queues our own words for it."""

    def send_mail(  # type: ignore[override]  # the library's own is looser
        self, template: str, *_: object, user: DbStaff, reset_token: str = "", **__: object
    ) -> None:
        """Queue the mail that belongs to the template. Raises KeyError for one we do not send."""
        words = get_translator(user.language)
        match template.rpartition("/")[2]:
            case "reset_instructions":
                # As slow as the answer to an address without an account (Flask-Security hashes
                # there), so that the time tells nothing.
                hash_password("not-a-password")
                subject, text = _link_to_new_password(user, reset_token, words)
            case "reset_notice" | "change_notice":
                subject, text = _password_changed(user, words)
            case other:
                raise KeyError(other)
        queue(user, subject, text)


def queue(user: DbStaff, subject: str, text: str) -> None:
    """Queue a mail to the owner of the account."""
    # What Flask-Security changed is written before the registrar's own transaction begins: on
    # SQLite the one would wait for the other.
    db.session.commit()
    accounts.queue_account_mail(
        current_office(),
        By(actor=Actor.SECRETARIAT, staff_id=user.id, name=user.name),
        recipient=user.email,
        language=user.language,
        subject=subject,
        text=text,
        at=g.arrived_at,
    )


def second_factor_changed(user: DbStaff) -> None:
    """Tell the owner that signing in works otherwise from now on."""
    words = get_translator(user.language)
    subject = words.gettext("The way you sign in was changed")
    text = words.gettext(
        "The code of an app, in addition to the password, was switched on or off for the account "
        "%(email)s.\n\nIf it was not you, tell your administrator at once.",
        email=user.email,
    )
    queue(user, subject, text)


def signed_in_elsewhere(user: DbStaff) -> None:
    """Tell the owner of a sign-in from a browser that had not signed in to the account before."""
    words = get_translator(user.language)
    browser = name_browser(request.user_agent.string)
    network = shorten_address(request.remote_addr)
    text = words.gettext(
        "Somebody, probably you, signed in to the account %(email)s from a browser that had not "
        "signed in to it before.\n\n"
        "When: %(moment)s (UTC)\nBrowser: %(browser)s\nNetwork: %(network)s\n\n"
        "If it was you, there is nothing to do. If it was not you, choose another password at once "
        "and tell your administrator.",
        email=user.email,
        moment=words.moment(g.arrived_at, ZoneInfo("UTC")),
        browser=browser or words.gettext("not known"),
        network=network or words.gettext("not known"),
    )
    queue(user, words.gettext("Your account was opened from a new place"), text)


def recovery_code_used(user: DbStaff, left: int) -> None:
    """Tell the owner that one of the recovery codes is spent. left: how many are not."""
    words = get_translator(user.language)
    text = words.ngettext(
        "A recovery code was used to sign in to the account %(email)s. %(num)d code is left.\n\n"
        "If it was not you, tell your administrator at once.",
        "A recovery code was used to sign in to the account %(email)s. %(num)d codes are left.\n\n"
        "If it was not you, tell your administrator at once.",
        left,
        email=user.email,
    )
    queue(user, words.gettext("A recovery code was used"), text)


def invited(user: DbStaff, link: str, *, by: By, at: datetime) -> None:
    """Ask the owner of a new account to choose a password. link: works for INVITATION_DAYS."""
    words = get_translator(user.language)
    text = words.ngettext(
        "%(name)s invites you to the desk of the Secretariat, with the account %(email)s.\n\n"
        "Choose your password on this page. The link works for %(num)d day and only once:\n\n"
        "%(link)s\n\nIf you do not know why you get this message, do nothing.",
        "%(name)s invites you to the desk of the Secretariat, with the account %(email)s.\n\n"
        "Choose your password on this page. The link works for %(num)d days and only once:\n\n"
        "%(link)s\n\nIf you do not know why you get this message, do nothing.",
        INVITATION_DAYS,
        name=by.name or words.gettext("The administrator"),
        email=user.email,
        link=link,
    )
    accounts.queue_account_mail(
        current_office(),
        by,
        account_id=user.id,
        occasion=Occasion.STAFF_INVITED,
        recipient=user.email,
        language=user.language,
        subject=words.gettext("Your account at the desk"),
        text=text,
        at=at,
    )


def _link_to_new_password(user: DbStaff, token: str, words: Translator) -> tuple[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    # The address from BASE_URL: whoever asks chooses the Host header (T33).
    path = url_for("security.reset_password", lang=user.language, token=token, _external=False)
    text = words.ngettext(
        "Somebody, probably you, asked for a new password for the account %(email)s.\n\n"
        "Choose it on this page. The link works for %(num)d hour and only once:\n\n%(link)s\n\n"
        "If you did not ask, do nothing: your password stays as it is.",
        "Somebody, probably you, asked for a new password for the account %(email)s.\n\n"
        "Choose it on this page. The link works for %(num)d hours and only once:\n\n%(link)s\n\n"
        "If you did not ask, do nothing: your password stays as it is.",
        LINK_HOURS,
        email=user.email,
        link=settings.base_url + path,
    )
    return words.gettext("Choose a new password"), text


def _password_changed(user: DbStaff, words: Translator) -> tuple[str, str]:
    text = words.gettext(
        "The password of the account %(email)s was changed, and every browser was signed out.\n\n"
        "If it was not you, tell your administrator at once.",
        email=user.email,
    )
    return words.gettext("Your password was changed"), text
