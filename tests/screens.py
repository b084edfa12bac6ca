"""What a page looks like on many screens: as wide as its window, and without a fault of access."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def list_too_narrow(page: Page, widths: Sequence[int]) -> list[int]:
    """Return the widths of the window, of these, at which the page scrolls sideways.

    The page is fetched once and its window made narrower: what a style sheet does is the same.
    """
    narrow = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            narrow.append(width)
    return narrow


def list_faults(page: Page, schemes: Sequence[str] = ("light", "dark")) -> list[Any]:
    """Return what axe finds on the page: every rule in the first scheme, colours in the others.

    The page is left in the first scheme: the next one must not be looked at while it changes.
    """
    found: list[Any] = []
    for scheme in schemes:
        _choose(page, scheme)
        options = None if scheme == schemes[0] else _COLOURS
        violations = Axe().run(page, options=options).response["violations"]
        found += [
            (scheme, each["id"], [node["html"][:200] for node in each["nodes"]])
            for each in violations
        ]
    _choose(page, schemes[0])
    return found


def _choose(page: Page, scheme: str) -> None:
    # Without motion: a colour half way from one scheme to the other is nobody's.
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
