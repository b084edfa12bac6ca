"""The mails about accounts, as their owners get them."""

import re

from sqlalchemy import select

from registration.mail.ready import unlock_ready
from registration.store.tables.mail import DbMail
from tests.sites import Site


def list_account_mails(site: Site, recipient: str) -> list[tuple[str, str, str]]:
    """Return occasion, subject and text of the mails to this address, the oldest first."""
    with site.office.database.reading() as session:
        query = select(DbMail).where(DbMail.recipient == recipient).order_by(DbMail.made_at_utc)
        mails = list(session.scalars(query))
    told = []
    for mail in mails:
        ready = unlock_ready(
            site.office.vault, mail.facts, mail.facts_wrapped_key, cause_id=mail.cause_id
        )
        told.append((mail.occasion, ready.subject, ready.text))
    return told


def find_link(site: Site, text: str) -> str:
    """Return the path of the link in a mail."""
    found = re.search(rf"{re.escape(site.url)}(/\S+)", text)
    assert found is not None, text
    return found[1]
