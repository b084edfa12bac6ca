"""Which parts of an address are taken at all."""

from typing import Any

from werkzeug.routing import UnicodeConverter


class PrintableConverter(UnicodeConverter):
    """A part of an address without controls: PostgreSQL takes no NUL, and no name of ours has one,
    so such an address is none of ours."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # Werkzeug's own
        super().__init__(*arguments, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\x00-\x1f\x7f]")
