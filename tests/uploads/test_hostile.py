"""The folder of hostile files: nothing that was planted in them is left in what is kept."""

from io import BytesIO

import pikepdf
import pytest

from registration.domain.refusals import FileUnreadable
from registration.uploads.cleaning import Cleaned, clean
from registration.uploads.decoder import Patience
from registration.uploads.kinds import FileKind
from tests.uploads import files, hostile
from tests.uploads.searching import CANARY, find_canary, find_foreign

PATIENCE = Patience(processor=10, answer=240)


@pytest.mark.parametrize("title", hostile.TO_BE_CLEANED)
def test_nothing_planted_is_left_in_what_is_kept(title: str):
    made = clean(hostile.TO_BE_CLEANED[title](), patience=PATIENCE)

    assert isinstance(made, Cleaned), made
    assert find_foreign(made) == []
    assert not find_canary(made.data)


@pytest.mark.parametrize("title", [*hostile.EITHER, *files.HEAVY])
def test_heavy_or_twisted_file_is_cleaned_or_refused(title: str):
    made = clean({**hostile.EITHER, **files.HEAVY}[title](), patience=PATIENCE)

    assert isinstance(made, Cleaned | FileUnreadable)
    assert find_foreign(made) == [] if isinstance(made, Cleaned) else True


@pytest.mark.parametrize("title", hostile.PLANTED)
def test_search_finds_what_is_planted(title: str):
    """The search itself: what it does not find in the file that came proves nothing after."""
    data = hostile.TO_BE_CLEANED[f"a PDF with {title}"]()

    assert find_canary(data) or CANARY.encode() in _unpack_whole(data)
    assert find_foreign(Cleaned(FileKind.PDF, 1, data)) != []


def _unpack_whole(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as document:
        return b"".join(each.unparse(resolved=True) for each in document.objects)
