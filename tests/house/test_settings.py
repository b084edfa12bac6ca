"""Every setting is told to the operator."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Read by the launcher of `make run`, not by the site.
OF_THE_LAUNCHER = {"PORT", "MAILBOX_PORT"}


def test_readme_names_each_setting_and_no_other() -> None:
    table = re.findall(r"^\| `([A-Z_]+)` \|", _read("README.md"), flags=re.MULTILINE)

    assert sorted(table) == sorted(_keys_read_by("config.py") | OF_THE_LAUNCHER)


def _keys_read_by(name: str) -> set[str]:
    """Return the environment keys that stand in a module: its constants in capitals."""
    return {
        node.value
        for node in ast.walk(ast.parse(_read(name)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[A-Z]+(_[A-Z]+)+", node.value)
    }


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
