"""The fonts that set-up cut for the pages."""

import pytest
from fontTools.ttLib import TTFont

from registration.web.fonts import FOLDER, WEB_FONTS, WebFont

#: Names of people, places and things as they stand in pages.
WORDS = "Muñoz Łukasz Şahin Nguyễn Đặng Țepeș Őri Île Þór ¿¡«»“”–—…№×− º ª €"


@pytest.mark.parametrize("font", WEB_FONTS, ids=lambda font: font.name)
def test_font_draws_latin_in_every_weight_of_the_pages(font: WebFont) -> None:
    cut = TTFont(FOLDER / font.name)

    assert {each for each in WORDS if ord(each) not in cut.getBestCmap()} <= {"№"}
    weights = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in cut["fvar"].axes}
    assert weights == {"wght": (400, 700)}


@pytest.mark.parametrize("font", WEB_FONTS, ids=lambda font: font.name)
def test_font_is_light_and_has_its_licence_beside_it(font: WebFont) -> None:
    path = FOLDER / font.name

    assert path.stat().st_size < 60_000
    assert "SIL Open Font License" in path.with_suffix(".licence.txt").read_text(encoding="utf-8")
