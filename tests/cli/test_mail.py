from uuid import uuid4

import pytest
from flask import Flask

from config import Settings
from registration.app import create_app
from registration.mail.room import MailRoom
from tests.mail.rows import add_mails, change_mail, make_room
from tests.offices import Guide, load_meeting


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def room(settings: Settings) -> MailRoom:
    return make_room(settings.database_url)


def test_mails_that_were_not_sent_are_listed_with_what_the_server_said(
    app: Flask, room: MailRoom
) -> None:
    first, second, third = add_mails(room, "a@example.org", "b@example.org", "c@example.org")
    change_mail(room, first, status="refused", last_error="550 No such mailbox")
    change_mail(room, second, status="sent")

    result = app.test_cli_runner().invoke(args=["mail", "list"])

    assert result.exit_code == 0
    assert f"{first}  2022-02-01 12:00  refused " in result.output
    assert "550 No such mailbox" in result.output
    assert str(third) in result.output
    assert str(second) not in result.output
    assert result.output.endswith("2 mails.\n")


def test_list_can_be_asked_for_one_state(app: Flask, room: MailRoom) -> None:
    first, second = add_mails(room, "a@example.org", "b@example.org")
    change_mail(room, first, status="sent")

    result = app.test_cli_runner().invoke(args=["mail", "list", "--status", "sent"])

    assert str(first) in result.output
    assert str(second) not in result.output


def test_failed_mails_of_entries_are_sent_again_together(app: Flask, room: MailRoom) -> None:
    office = app.extensions["office"]
    load_meeting(office)
    guide = Guide(office)
    entry = guide.submit()
    with office.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE mail SET status = 'failed'")
    before = guide.list_mails(entry.id)

    result = app.test_cli_runner().invoke(args=["mail", "send-again", "--failed"])

    assert result.output == f"{len(before)} of {len(before)} mails are due again.\n"
    assert sorted(guide.list_mails(entry.id)) == sorted(before * 2)


def test_what_cannot_be_sent_again_ends_with_1(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["mail", "send-again", str(uuid4())])

    assert result.output == "0 of 1 mails are due again.\n"
    assert result.exit_code == 1
