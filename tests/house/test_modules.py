"""How large modules and functions are, what the rules import, and what no file may hold."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("*.py"), *(ROOT / "registration").rglob("*.py")])
# The tables of one part of the schema stand in one revision, written by Alembic.
MIGRATIONS = ROOT / "registration" / "store" / "migrations" / "versions"
TEXTS = sorted(
    path
    for folder in ("docs", "meetings", "registration", "static", "templates", "tests")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".css", ".html", ".js", ".md", ".py", ".toml", ".txt"}
)
LONGEST_MODULE = 300
LONGEST_FUNCTION = 45


def test_no_module_is_over_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if MIGRATIONS not in path.parents and (lines := _count_lines(path)) > LONGEST_MODULE
    }

    assert long == {}, "two things live together here; part them"


def test_no_function_is_over_45_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{function.name}": lines
        for path in SOURCES
        if MIGRATIONS not in path.parents
        for function in _functions(path)
        if (lines := _length_of(function)) > LONGEST_FUNCTION
    }

    assert long == {}, "a part of it has a name of its own; give it one"


def test_rules_import_the_standard_library_alone() -> None:
    foreign = {
        f"{path.name}: {name}"
        for path in (ROOT / "registration" / "domain").rglob("*.py")
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("registration.domain")
    }

    assert foreign == set()


def test_rules_read_no_clock() -> None:
    clocks = {
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "registration" / "domain").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "time_ns"}
    }

    assert clocks == set(), "the moment is given as an argument"


def test_nothing_is_put_off_in_a_comment() -> None:
    put_off = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bX" + r"XX\b"]))

    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in TEXTS
        if (match := put_off.search(path.read_text(encoding="utf-8")))
    ]

    assert found == [], "an issue, or nothing"


def _count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function from its `def` to its end, its docstring left out."""
    body = function.body
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole package"
            yield node.module or ""
