"""Papers at the desk: what answers with a person's data is kept by no browser (T37)."""

from registration.store import reading
from tests.desks import entry_path, make_guide, open_desk, submit
from tests.registrar.moving import accept, moved
from tests.sites import Site


def test_no_paper_of_an_entry_is_kept_by_the_browser(site: Site) -> None:
    guide = make_guide(site)
    entry = moved(accept(guide, guide.approve(submit(guide))))
    pages = open_desk(site)
    with site.office.database.reading() as session:
        letter = reading.find_newest_letter(session, entry.id)
    assert letter is not None
    papers = [
        f"letter/{letter.id}.pdf",
        "record.pdf",
        f"file/{entry.passport}",
        "passport/1/small.jpg",
        "",
    ]

    answers = [pages.client.get(entry_path(entry, each), base_url=site.url) for each in papers]

    assert [each.status_code for each in answers] == [200] * len(papers)
    assert {each.headers["Cache-Control"] for each in answers} == {"no-store"}
    assert {each.headers["Vary"] for each in answers} == {"Cookie"}
    assert answers[0].headers["Content-Disposition"].startswith('inline; filename="RCM-')
