"""Wrapped keys, wrapped anew; no file is touched."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Table, bindparam, update
from sqlalchemy.orm import Session

from registration.store.reading.wrapped_keys import Batch


def replace_wrapped_keys(session: Session, batch: Batch, anew: Mapping[Any, bytes]) -> int:
    """Put the new wrapped keys, by the rows' ids, in place of the batch's; return how many.

    On the condition that the row still holds the old one: a mail that was sent meanwhile holds none
    any more, and must not get one back.
    """
    table = batch.column.table
    [id] = table.primary_key.columns
    values = [
        {"row": each.id, "before": each.wrapped_key, batch.column.name: anew[each.id]}
        for each in batch.keys
        if each.id in anew
    ]
    if not values:
        return 0
    assert isinstance(table, Table)
    statement = update(table).where(id == bindparam("row"), batch.column == bindparam("before"))
    result = session.connection().execute(statement, values)
    assert isinstance(result, CursorResult)
    return result.rowcount
