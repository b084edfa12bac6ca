"""Keys are found on their lines, in every way in which TOML can write them."""

from registration.meetings.places import find_line, index_lines

SOURCE = '''\
top = 1
list = [
    { en = "a" },
    { en = "b" },
]

[table]
key = """
[not.a.table]
key = "within a text"
"""
other = 2

[[days]]
day = 1

[[days.items]]
title = "a"

[[days.items]]
title = "b"

[[days]]
[[days.items]]
title = "c"
[days.items.more]
deep.key = 1
'''


def test_each_key_is_found_on_its_line() -> None:
    lines = index_lines(SOURCE)

    assert lines == {
        ("top",): 1,
        ("list",): 2,
        ("list", 0): 3,
        ("list", 1): 4,
        ("table",): 7,
        ("table", "key"): 8,
        ("table", "other"): 12,
        ("days", 0): 14,
        ("days", 0, "day"): 15,
        ("days", 0, "items", 0): 17,
        ("days", 0, "items", 0, "title"): 18,
        ("days", 0, "items", 1): 20,
        ("days", 0, "items", 1, "title"): 21,
        ("days", 1): 23,
        ("days", 1, "items", 0): 24,
        ("days", 1, "items", 0, "title"): 25,
        ("days", 1, "items", 0, "more"): 26,
        ("days", 1, "items", 0, "more", "deep"): 27,
        ("days", 1, "items", 0, "more", "deep", "key"): 27,
    }


def test_key_that_is_not_there_is_looked_for_in_the_table_above() -> None:
    lines = index_lines(SOURCE)

    assert find_line(lines, ("days", 1, "items", 0, "kind")) == 24
    assert find_line(lines, ("list", 1, "en")) == 4
    assert find_line(lines, ("unknown",)) is None
