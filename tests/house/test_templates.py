"""Templates: each parses, and imports no macro that it does not use."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

FOLDER = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt"})
ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_template_parses_and_uses_what_it_imports(path: Path) -> None:
    unused = list_unused_imports(path.read_text(encoding="utf-8"))

    assert unused == [], "remove the import"


@pytest.mark.parametrize(
    ("source", "unused"),
    [
        ("{% from 'a.html' import field %}{{ field() }}", []),
        ("{% from 'a.html' import field %}", ["field"]),
        ("{% from 'a.html' import field, other as chip %}{{ field() }}", ["chip"]),
        ("{% import 'a.html' as forms %}", ["forms"]),
        ("{% from 'a.html' import box %}{% call box() %}x{% endcall %}", []),
    ],
)
def test_unused_import_is_found(source: str, unused: list[str]) -> None:
    assert list_unused_imports(source) == unused


def list_unused_imports(source: str) -> list[str]:
    """Return the names that a template imports and never uses, in the order of import."""
    tree = ENVIRONMENT.parse(source)
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    imported: list[str] = [each.target for each in tree.find_all(nodes.Import)]
    for each in tree.find_all(nodes.FromImport):
        imported += [name if isinstance(name, str) else name[1] for name in each.names]
    return [name for name in imported if name not in used]
