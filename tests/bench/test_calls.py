"""The desk's page of a call to which 5,000 people sent something, beside its floor, in one run.

`make bench`, or this file alone with `--benchmark-disable -s`. Processor time, as in `test_desk`.
"""

from datetime import UTC, datetime

from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.floors import DeskPage, Measured, measure
from tests.builders import RCM
from tests.desks import open_desk
from tests.senders import load_calls
from tests.sites import Site
from tests.submissions import fill_call

NUMBER = 5_000
NEWS = f"/es/secretariat/{RCM}/calls/news/"

#: As of the list of entries (`test_desk`): what the pages cost now, with room for a busy machine.
#: The order of this list is no index's: the floor sorts 5,000 rows too, and makes the sums.
MOST = 3.0
PAGES = (
    DeskPage("call", NEWS, reads_all=True),
    DeskPage("call, page 51", f"{NEWS}?after=RCM-S0002499", reads_all=True),
    DeskPage("call, one state", f"{NEWS}?state=submitted", reads_all=True),
)


def test_page_of_a_call_is_near_its_floor(benchmark: BenchmarkFixture, site: Site) -> None:
    load_calls(site.office, now=datetime.now(UTC))
    fill_call(site.office, NUMBER, answers={"interests": "documents"})

    measured = benchmark.pedantic(lambda: _measure_pages(site), rounds=1)

    print("", *map(str, measured), sep="\n")  # noqa: T201  # a benchmark is read
    assert [str(each) for each in measured if each.ratio > MOST] == []


def _measure_pages(site: Site) -> list[Measured]:
    desk = open_desk(site)
    return [measure(site, desk.client, page) for page in PAGES]
