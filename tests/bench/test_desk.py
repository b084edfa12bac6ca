"""The desk of a meeting with 10,000 registrations: every page beside its floor, in one run.

`make bench`, or this file alone with `--benchmark-disable -s`. Processor time; page and floor are
visited in turn, so that both meet the same machine.
"""

from collections.abc import Callable, Iterable

from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import select

from registration.domain.listing import Place
from registration.secretariat.entries import place_value
from registration.store.tables.registrations import DbRegistration
from tests.bench.floors import DeskPage, Measured, interleave, measure
from tests.builders import RCM
from tests.crowds import fill_meeting
from tests.desks import ENTRIES, LIST, SEARCH, entry_path, make_guide, open_desk, submit
from tests.sites import Site

NUMBER = 10_000
MILLION = 1_000_000

LIST_MOST = 13.0
#: The desk's pages that belong to no entry; a page that is built is added here.
PAGES = (
    DeskPage("home", "/es/secretariat/", reads_all=True),
    DeskPage("overview", LIST, reads_all=True),
    DeskPage("list", ENTRIES, most=LIST_MOST),
    DeskPage("list, one state", f"{ENTRIES}?state=submitted", most=LIST_MOST),
    DeskPage("list, one delegation", f"{ENTRIES}?delegation=cr", most=LIST_MOST),
    DeskPage("list, a courtesy", f"{ENTRIES}?courtesy=flight", most=LIST_MOST),
    DeskPage("papers", f"/es/secretariat/{RCM}/papers/", reads_all=True),
    DeskPage("retention", f"/es/secretariat/{RCM}/retention", reads_all=True),
)


def test_every_page_of_the_desk_is_near_its_floor(benchmark: BenchmarkFixture, site: Site) -> None:
    fill_meeting(site.office, NUMBER)

    measured = benchmark.pedantic(lambda: _measure_pages(site), rounds=1)

    _tell(str(each) for each, _ in measured)
    assert [str(each) for each, most in measured if each.ratio > most] == []


def test_paging_stays_flat_at_a_million(benchmark: BenchmarkFixture, site: Site) -> None:
    fill_meeting(site.office, MILLION)

    found = benchmark.pedantic(lambda: _measure_places(site), rounds=1)

    ratios = {name: each / found["first"] for name, each in found.items()}
    _tell(f"{name}: {found[name]:.2f} ms, {each:.2f}" for name, each in ratios.items())
    assert {name: each for name, each in ratios.items() if each > 1.5} == {}


def _tell(lines: Iterable[str]) -> None:
    """Print the table: a benchmark is read (`pytest -s`)."""
    print("", *lines, sep="\n")  # noqa: T201  # that is what it is for


def _measure_pages(site: Site) -> list[tuple[Measured, float]]:
    """Return what each page costs, with how many times the floor it may."""
    desk, guide = open_desk(site), make_guide(site)
    entry = guide.approve(submit(guide))
    deep = DeskPage("list, page 150", _find_deep(site, 7500), most=LIST_MOST)
    pages = (*PAGES, deep, DeskPage("entry", entry_path(entry), reads_all=True))
    measured = [(measure(site, desk.client, page), page.most) for page in pages]
    desk.post(ENTRIES, {"text": "rafael ortega"}, form=SEARCH, status=303)
    searched = DeskPage("list, searched", ENTRIES, most=LIST_MOST)
    return [*measured, (measure(site, desk.client, searched), searched.most)]


def _measure_places(site: Site) -> dict[str, float]:
    """Return what a page of the list costs at each place, in milliseconds."""
    client = open_desk(site).client
    places = {
        "first": ENTRIES,
        "middle": _find_deep(site, MILLION // 2),
        "last": _find_deep(site, MILLION - 60),
        "middle of a state": _find_deep(site, MILLION // 2, "&state=submitted"),
        "one delegation": f"{ENTRIES}?delegation=cr",
        "a courtesy, middle": _find_deep(site, MILLION // 2, "&courtesy=flight"),
    }

    def visit(path: str) -> Callable[[], object]:
        return lambda: client.get(path)

    times = interleave([visit(path) for path in places.values()], 20)
    return dict(zip(places, times, strict=True))


def _find_deep(site: Site, number: int, more: str = "") -> str:
    """Return the address of the page behind so many entries."""
    with site.office.database.reading() as session:
        place = session.execute(
            select(DbRegistration.changed_at_utc, DbRegistration.reference).where(
                DbRegistration.reference == f"RCM-{number:08d}"
            )
        ).one()
    with site.app.app_context():
        return f"{ENTRIES}?after={place_value(Place(*place))}{more}"
