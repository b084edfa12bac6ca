"""Every column of the schema is said to be personal or not, in one list (`store.personal`)."""

from registration.store.personal import DELETED, EMPTIED, KEPT, MADE_UNIQUE, OF_STAFF
from registration.store.tables import Base

SAID = {
    table: set(EMPTIED.get(table, ())) | MADE_UNIQUE.get(table, frozenset()) | KEPT[table]
    for table in KEPT
}


def test_every_column_is_said_to_be_personal_or_not() -> None:
    unsaid = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in DELETED | OF_STAFF
        for column in table.columns
        if column.name not in SAID.get(table.name, set())
    }

    assert unsaid == set(), "say in store/personal.py what an erasure does with it"


def test_list_names_no_column_that_is_not_there() -> None:
    tables = Base.metadata.tables
    stale = {
        f"{table}.{name}"
        for table, names in SAID.items()
        for name in names
        if table not in tables or name not in tables[table].columns
    }

    assert stale == set()
    assert set(tables) >= DELETED | OF_STAFF


def test_no_column_is_said_twice() -> None:
    for table, kept in KEPT.items():
        emptied, unique = set(EMPTIED.get(table, ())), MADE_UNIQUE.get(table, frozenset())
        assert not kept & emptied | kept & unique | emptied & unique, table
    assert not set(KEPT) & (DELETED | OF_STAFF)
