"""Mutated uploads as the site takes them: a process for each. `make proof` runs 100,000."""

from concurrent.futures import ThreadPoolExecutor
from typing import get_args

from registration.domain.refusals import FileFault
from registration.uploads.cleaning import Cleaned, clean
from registration.uploads.decoder import Patience
from tests.uploads.mutating import SEEDS, mutate
from tests.uploads.searching import CANARY, find_foreign

#: Of each kind; others than those of the proof, whose numbers begin at 0.
NUMBERS = range(1_000_000, 1_000_030)
PATIENCE = Patience(processor=10, answer=240)


def test_mutated_file_is_cleaned_without_a_trace_or_refused():
    files = [(kind, number) for kind in SEEDS for number in NUMBERS]

    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda each: clean(mutate(*each), patience=PATIENCE), files))

    wrong = [
        file
        for file, each in zip(files, made, strict=True)
        if not isinstance(each, get_args(FileFault))
        and (
            not isinstance(each, Cleaned)
            or CANARY.encode() in each.data
            or find_foreign(each) != []
        )
    ]
    assert wrong == []
    cleaned = [each for each in made if isinstance(each, Cleaned)]
    assert 0 < len(cleaned) < len(files)


def test_same_number_is_the_same_file():
    assert [mutate(kind, 7) for kind in SEEDS] == [mutate(kind, 7) for kind in SEEDS]
