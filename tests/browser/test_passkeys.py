"""A passkey in a browser, with an authenticator that the browser itself makes up."""

from playwright.sync_api import CDPSession, Page, expect

from tests.desks import PASSWORD, REVIEWER, add_staff
from tests.sites import Site


def test_passkey_is_added_and_signs_in_after_the_password(page: Page, live_site: Site) -> None:
    add_staff(live_site)
    _make_authenticator(page)
    # By name: browsers know passkeys of names, not of addresses in figures.
    desk = live_site.url.replace("127.0.0.1", "localhost") + "/en/secretariat/"
    _enter_password(page, desk)
    page.goto(f"{desk}passkeys")
    page.get_by_label("Name of the passkey").fill("Office computer")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Office computer")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()

    _enter_password(page, desk)
    expect(page.get_by_role("heading", name="Your passkey")).to_be_visible()
    page.goto(desk)
    assert "/sign-in" in page.url
    _enter_password(page, desk)
    page.get_by_role("button", name="Use the passkey").click()

    expect(page.get_by_role("link", name="Meetings")).to_be_visible()


def test_sign_in_without_the_passkey_says_so(page: Page, live_site: Site) -> None:
    add_staff(live_site)
    session, id = _make_authenticator(page)
    desk = live_site.url.replace("127.0.0.1", "localhost") + "/en/secretariat/"
    _enter_password(page, desk)
    page.goto(f"{desk}passkeys")
    page.get_by_label("Name of the passkey").fill("Lost key")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    session.send("WebAuthn.clearCredentials", {"authenticatorId": id})

    _enter_password(page, desk)
    page.get_by_role("button", name="Use the passkey").click()

    expect(page.get_by_text("The browser gave no passkey")).to_be_visible()
    page.goto(desk)
    assert "/sign-in" in page.url


def _make_authenticator(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, str(answer["authenticatorId"])


def _enter_password(page: Page, desk: str) -> None:
    page.goto(f"{desk}sign-in")
    page.get_by_label("E-mail address").fill(REVIEWER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
