"""The desk of a meeting with 10,000 registrations: every page beside its floor, in one run.

`make bench`, or this file alone with `--benchmark-disable -s`. Processor time; page and floor are
visited in turn, so that both meet the same machine.
"""

from collections.abc import Callable, Iterable

from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import select

from registration.domain.listing import Place
from registration.domain.registrations import Registration
from registration.secretariat.entries import place_value
from registration.store.tables.registrations import DbRegistration
from tests.bench.floors import DeskPage, Measured, interleave, measure
from tests.builders import RCM
from tests.crowds import fill_meeting
from tests.desks import ENTRIES, LIST, SEARCH, entry_path, make_guide, open_desk, submit
from tests.sites import Site

NUMBER = 10_000
MILLION = 1_000_000

#: What is asked for is twice the floor. The home page and the list are above it: some milliseconds
#: are a page's before its first row (who is signed in, the meeting, limits, the frame), and the
#: floor of a list costs one in all (docs/decisions, "What a page of the desk costs"). These bounds
#: are what they cost now, with room for a busy machine, so that they do not grow unnoticed.
HOME_MOST, LIST_MOST, SEARCH_MOST = 3.0, 6.0, 7.0
#: The desk's pages that belong to no entry; a page that is built is added here.
PAGES = (
    DeskPage("home", "/es/secretariat/", reads_all=True, most=HOME_MOST),
    DeskPage("overview", LIST, reads_all=True),
    DeskPage("list", ENTRIES, most=LIST_MOST),
    DeskPage("list, one state", f"{ENTRIES}?state=submitted", most=LIST_MOST),
    DeskPage("list, one delegation", f"{ENTRIES}?delegation=cr", most=LIST_MOST),
    DeskPage("list, a courtesy", f"{ENTRIES}?courtesy=flight", most=LIST_MOST),
    DeskPage("papers", f"/es/secretariat/{RCM}/papers/", reads_all=True),
    DeskPage("retention", f"/es/secretariat/{RCM}/retention", reads_all=True),
)


def test_every_page_of_the_desk_is_near_its_floor(benchmark: BenchmarkFixture, site: Site) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    fill_meeting(site.office, NUMBER)

    measured = benchmark.pedantic(lambda: _measure_pages(site, entry), rounds=1)

    _tell(str(each) for each, _ in measured)
    assert [str(each) for each, most in measured if each.ratio > most] == []


def test_paging_stays_flat_at_a_million(benchmark: BenchmarkFixture, site: Site) -> None:
    fill_meeting(site.office, MILLION)

    found = benchmark.pedantic(lambda: _measure_places(site), rounds=1)

    _tell(f"{name}: {page:.2f} ms, first page {first:.2f}" for name, (page, first) in found.items())
    assert {name for name, (page, first) in found.items() if page > 1.5 * first} == set()


def _tell(lines: Iterable[str]) -> None:
    """Print the table: a benchmark is read (`pytest -s`)."""
    print("", *lines, sep="\n")  # noqa: T201  # that is what it is for


def _measure_pages(site: Site, entry: Registration) -> list[tuple[Measured, float]]:
    """Return what each page costs, with how many times the floor it may."""
    desk = open_desk(site)
    deep = DeskPage("list, page 150", _find_deep(site, 7500), most=LIST_MOST)
    pages = (*PAGES, deep, DeskPage("entry", entry_path(entry), reads_all=True))
    measured = [(measure(site, desk.client, page), page.most) for page in pages]
    desk.post(ENTRIES, {"text": "rafael ortega"}, form=SEARCH, status=303)
    searched = DeskPage("list, searched", ENTRIES, most=SEARCH_MOST)
    return [*measured, (measure(site, desk.client, searched), searched.most)]


def _measure_places(site: Site) -> dict[str, tuple[float, float]]:
    """Return what a page of the list costs at each place, and the first of the same filter."""
    client = open_desk(site).client
    places = {
        "middle": (MILLION // 2, ""),
        "last": (MILLION - 60, ""),
        "middle of a state": (MILLION // 2, "&state=submitted"),
        "middle of a delegation": (MILLION // 2, "&delegation=cr"),
        "middle of a courtesy": (MILLION // 2, "&courtesy=flight"),
    }

    def visit(path: str) -> Callable[[], object]:
        return lambda: client.get(path)

    found = {}
    for name, (number, more) in places.items():
        paths = (_find_deep(site, number, more), f"{ENTRIES}?{more}")
        page, first = interleave([visit(each) for each in paths], 15)
        found[name] = (page, first)
    return found


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
