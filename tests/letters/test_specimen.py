"""The invented passport page of rehearsals."""

import io
from datetime import date

from PIL import Image

from registration.letters.specimen import draw_specimen_passport


def test_specimen_is_a_jpeg_of_one_page_and_the_same_each_time() -> None:
    one, other = _draw(), _draw()

    assert one == other
    with Image.open(io.BytesIO(one)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1240, 872))
        assert not picture.getexif()


def test_two_people_have_two_specimens() -> None:
    assert _draw() != _draw("Keisha")


def test_name_of_200_characters_is_drawn() -> None:
    assert _draw("Á" * 200)


def _draw(given_names: str = "Ana Lucía") -> bytes:
    return draw_specimen_passport(
        given_names=given_names,
        surnames="Morales Vargas",
        number="X12345678",
        born=date(1984, 8, 12),
        sex="F",
        issued=date(2019, 5, 3),
        expires=date(2029, 5, 2),
    )
