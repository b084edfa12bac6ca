"""What a script adds to forms: the chosen file at once, one sending, the way back."""

from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.builders import RCM
from tests.sites import Site


def test_chosen_file_is_named_at_once(page: Page, live_site: Site, tmp_path: Path) -> None:
    file = tmp_path / "pasaporte.jpg"
    file.write_bytes(b"x" * 2_400_000)
    page.goto(f"{live_site.url}/es/{RCM}/register")

    page.get_by_label("Copia del pasaporte").set_input_files(file)

    expect(page.get_by_role("status")).to_have_text("pasaporte.jpg (2,4\u00a0MB)")


def test_file_over_the_limit_is_told_before_it_is_sent(
    page: Page, live_site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "passport.pdf"
    file.write_bytes(b"x" * 10_485_761)
    page.goto(f"{live_site.url}/en/{RCM}/register")

    page.get_by_label("Copy of the passport").set_input_files(file)

    expect(page.get_by_role("status")).to_have_text(
        "The file is too large. Choose one of 10\u00a0MB or less."
    )


def test_second_click_sends_nothing(page: Page, live_site: Site) -> None:
    page.goto(f"{live_site.url}/en/{RCM}/register")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)  # an answer that leaves the browser where it is

    page.route("**/register", take)

    button = page.get_by_role("button", name="Send the registration").element_handle()
    with page.expect_request("**/register"):
        button.evaluate("button => button.click()")
    button.evaluate("button => button.click()")
    page.wait_for_timeout(300)

    assert sent == ["POST"]
    assert button.text_content() == "Sending…"
    assert button.get_attribute("aria-disabled") == "true"


def test_form_keeps_what_was_typed_when_one_comes_back(page: Page, live_site: Site) -> None:
    page.goto(f"{live_site.url}/en/{RCM}/register")
    page.get_by_role("textbox", name="Institution").fill("Ministry of Foreign Affairs")
    page.get_by_role("link", name="How we handle passport data").click()

    page.go_back()

    expect(page.get_by_role("textbox", name="Institution")).to_have_value(
        "Ministry of Foreign Affairs"
    )
