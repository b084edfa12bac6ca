"""A table in words, before it becomes a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

#: What a cell may hold. A number is one that is counted; a passport's is a text.
Cell: TypeAlias = str | int | date | None


@dataclass(frozen=True)
class Column:
    """One column. width: in characters, for the formats that have one."""

    heading: str
    width: int = 18


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table with its head. name: of the tab, at most 31 characters, and of the file.

    date_format: how a spreadsheet shows a day, as the page's language writes it.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    date_format: str = "yyyy-mm-dd"
