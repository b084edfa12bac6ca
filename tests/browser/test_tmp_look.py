from playwright.sync_api import Page
from tests.browser.test_desk_pages import _prepare, _sign_in
from tests.sites import Site
def test_look(page: Page, live_site: Site) -> None:
    paths = _prepare(live_site)
    _sign_in(page, live_site)
    page.set_viewport_size({"width": 320, "height": 800})
    p = next(x for x in paths if "/en/" in x and "/entry/RCM" in x)
    page.goto(live_site.url + p)
    print(page.evaluate("""[...document.querySelectorAll('*')].filter(e=>e.getBoundingClientRect().right>innerWidth+1).map(e=>e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right)).slice(0,15)"""))
    page.set_viewport_size({"width": 1280, "height": 800})
    for i, q in enumerate(["/es/secretariat/rcm-imrf-2022/", "/es/secretariat/rcm-imrf-2022/entries", p.replace("/en/","/es/")]):
        page.goto(live_site.url + q)
        page.screenshot(path=f"/tmp/look{i}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_site.url + "/es/secretariat/rcm-imrf-2022/")
    page.screenshot(path="/tmp/look3.png", full_page=True)
