"""The rehearsal itself: the whole journey over real HTTP and SMTP, as an operator starts it."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.builders import RCM, make_meeting

ROOT = Path(__file__).parents[2]


def test_rehearsal_of_the_workshop_does_all_it_wants_to(tmp_path: Path) -> None:
    out = tmp_path / "out"
    environ = {key: value for key, value in os.environ.items() if key != "BASE_URL"}

    result = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "rehearse", RCM, "--out", str(out)],
        cwd=ROOT,
        env={**environ, "DATA_DIR": str(tmp_path / "instance")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["faults"] == []
    assert [line for line in report["lines"] if line["wanted"] != line["done"]] == []
    seats = sum(each.seats for each in make_meeting().delegations)
    letters, records = list((out / "letters").iterdir()), list((out / "records").iterdir())
    # One person was replaced after the letter, and another one went to the successor.
    assert (len(letters), len(records)) == (seats + 1, seats)
    # Spanish and Portuguese call a letter the same.
    names = Counter(each.name.partition("-")[0] for each in letters)
    assert {name: number // 6 for name, number in names.items()} == {
        "Letter": 1,
        "Carta": 2,
        "Lettre": 1,
    }
    told = {line["what"]: line["done"] for line in report["lines"]}
    assert told["nominated by link, completed"] == 2
    assert told["public registrations refused there"] == 1
    assert told["replaced after the ticket, travel desk told"] == 1
    assert told["tickets of the replaced recorded as cancelled"] == 1
    assert told["accepted on paper, recorded at the desk"] == 2
    assert told["expected, as the door counts"] == told["came, as the door counts"] + 1 == seats + 1
    assert told["exported as not come, nobody else"] == 1
    # Nothing of the rehearsal was written to the operator's own site.
    assert not (tmp_path / "instance" / "registration.sqlite").exists()
