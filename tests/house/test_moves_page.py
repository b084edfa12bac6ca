"""The page about states and moves says what the table says."""

from registration.cli.moves import PAGE, draw_page


def test_page_of_moves_is_drawn_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw_page(), "run make docs"
