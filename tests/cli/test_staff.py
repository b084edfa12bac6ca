"""`flask staff`: opening, listing and closing accounts from the terminal."""

import re

import pytest
from flask.testing import FlaskCliRunner

from tests.accounts import find_link, list_account_mails
from tests.builders import RCM
from tests.desks import PASSWORD, REVIEWER, add_staff, open_desk, sign_in
from tests.pages import Pages
from tests.sites import Site

ADD = ["staff", "add", "luisa@example.org", "--name", "Luisa Pérez", "--role", "reviewer"]


@pytest.fixture
def runner(site: Site) -> FlaskCliRunner:
    return site.app.test_cli_runner()


def test_account_opens_with_the_printed_password(runner: FlaskCliRunner, site: Site) -> None:
    result = runner.invoke(args=ADD)

    password = _printed(result.output)
    pages = Pages(site.app, site.url)
    sign_in(pages, password=password)
    assert "Luisa Pérez" in pages.get("/es/secretariat/").text


def test_first_passwords_differ(runner: FlaskCliRunner) -> None:
    one = runner.invoke(args=ADD)
    other = runner.invoke(args=[*ADD[:2], "eva@example.org", *ADD[3:]])

    assert _printed(one.output) != _printed(other.output)


def test_second_account_with_one_address_is_refused(runner: FlaskCliRunner) -> None:
    runner.invoke(args=ADD)

    result = runner.invoke(args=[*ADD[:2], "Luisa@Example.org", *ADD[3:]])

    assert result.exit_code == 1
    assert "There is an account" in result.output


@pytest.mark.parametrize("more", [["--role", "king"], ["--language", "xx"]])
def test_unknown_role_or_language_is_refused(runner: FlaskCliRunner, more: list[str]) -> None:
    assert runner.invoke(args=[*ADD, *more]).exit_code == 2


def test_list_names_roles_and_state(runner: FlaskCliRunner) -> None:
    runner.invoke(args=[*ADD, "--role", "administrator"])
    runner.invoke(args=["staff", "close", REVIEWER])

    result = runner.invoke(args=["staff", "list"])

    assert result.output == (
        "luisa@example.org\tLuisa Pérez\tadministrator, reviewer\tclosed\tpassword\n"
    )


def test_new_password_signs_the_account_out(runner: FlaskCliRunner, site: Site) -> None:
    pages = open_desk(site)

    password = _printed(runner.invoke(args=["staff", "password", REVIEWER]).output)

    pages.get("/en/secretariat/", status=303)
    sign_in(pages, password=PASSWORD, status=422)
    sign_in(pages, password=password)


def test_closed_account_is_out_at_once_and_stays_out(runner: FlaskCliRunner, site: Site) -> None:
    pages = open_desk(site)

    runner.invoke(args=["staff", "close", REVIEWER])

    pages.get("/en/secretariat/", status=303)
    sign_in(pages, status=422)


def test_unknown_account_is_said_so(runner: FlaskCliRunner, site: Site) -> None:
    add_staff(site)

    result = runner.invoke(args=["staff", "close", "nobody@example.org"])

    assert result.exit_code == 1
    assert result.output == "Error: There is no account for nobody@example.org.\n"


def test_roles_of_one_meeting_are_listed_with_it(runner: FlaskCliRunner) -> None:
    runner.invoke(args=[*ADD, "--meeting", RCM])

    result = runner.invoke(args=["staff", "list"])

    assert f"\treviewer@{RCM}\topen\tpassword\n" in result.output


def test_unknown_meeting_is_said_so(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=[*ADD, "--meeting", "nowhere"])

    assert (result.exit_code, result.output) == (1, "Error: There is no meeting nowhere.\n")


def test_invited_account_chooses_its_password_by_the_mailed_link(
    runner: FlaskCliRunner, site: Site
) -> None:
    result = runner.invoke(args=["staff", "invite", *ADD[2:]])
    (first,) = list_account_mails(site, REVIEWER)
    runner.invoke(args=["staff", "invite", *ADD[2:]])
    _, second = list_account_mails(site, REVIEWER)

    assert "the invitation is on its way" in result.output
    pages = Pages(site.app, site.url)
    pages.get(find_link(site, first[2]), status=404)
    pages.get(find_link(site, second[2]), status=303)
    new = {"password": PASSWORD, "again": PASSWORD}
    pages.post("/es/secretariat/welcome", new, status=303)
    assert runner.invoke(args=["staff", "invite", *ADD[2:]]).exit_code == 1


def _printed(output: str) -> str:
    found = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", output)
    assert found is not None, output
    return found[0]
