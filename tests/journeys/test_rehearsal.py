"""The rehearsal itself: the whole journey over real HTTP and SMTP, as an operator starts it."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.builders import RCM, make_meeting

ROOT = Path(__file__).parents[2]
GCM_FILE = ROOT / "meetings" / "gcm-regional-review-2025.toml"


def test_rehearsal_of_the_workshop_does_all_it_wants_to(tmp_path: Path) -> None:
    out = tmp_path / "out"

    told = rehearse(RCM, out, tmp_path / "instance")

    meeting = make_meeting()
    seats = sum(each.seats for each in meeting.delegations)
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
    assert told["nominated by link, completed"] == 2
    assert told["public registrations refused there"] == 1
    assert told["replaced after the ticket, travel desk told"] == 1
    assert told["tickets of the replaced recorded as cancelled"] == 1
    assert told["accepted on paper, recorded at the desk"] == 2
    others = sum(each.asks_nothing for each in meeting.categories)
    assert told["entered at the desk, mail without letter"] == others
    assert told["came, as the door counts"] == seats + others - 1
    assert told["exported as not come, nobody else"] == 1
    # Nothing of the rehearsal was written to the operator's own site.
    assert not (tmp_path / "instance" / "registration.sqlite").exists()


def test_rehearsal_of_the_regional_review_plays_its_segments_and_calls(tmp_path: Path) -> None:
    # The same meeting with a seat for each State and a smaller hall: it is full sooner.
    file = tmp_path / "small-review.toml"
    text = GCM_FILE.read_text(encoding="utf-8")
    smaller = re.sub(r"^seats = \d+", "seats = 1", text, flags=re.MULTILINE)
    smaller = re.sub(r"^capacity = \d+", "capacity = 20", smaller, flags=re.MULTILINE)
    file.write_text(smaller, encoding="utf-8")

    told = rehearse(str(file), tmp_path / "out", tmp_path / "instance")

    assert told["places held in a full segment (hearing)"] == 20
    assert told["told at the confirmation: a segment is full"] == 1
    assert told["chosen at the desk (co-chairs)"] == 3
    assert told["one too many refused at the desk (co-chairs)"] == 1
    assert told["decision published: those chosen, nobody else (co-chairs)"] == 1
    assert told["chosen at the desk (keynote-speaker)"] == 1
    assert told["chosen at the desk (stakeholder-rapporteur)"] == 1
    assert told["left by one click (future-communications)"] == 1
    assert told["written by two at once, one conflict told (guiding-questions)"] == 10
    assert told["returned, corrected, submitted again (guiding-questions)"] == 1
    assert told["read on the public pages (guiding-questions)"] == 10
    names = {each.name.partition("-")[0] for each in (tmp_path / "out" / "letters").iterdir()}
    assert names == {"Letter", "Carta", "Lettre"}


def test_rehearsal_of_a_third_meeting_asks_for_no_code(tmp_path: Path) -> None:
    file = ROOT / "docs" / "small-meeting.toml"

    told = rehearse(str(file), tmp_path / "out", tmp_path / "instance", "--people", "12")

    assert told["expected, as the door counts"] >= 12
    assert told["letters that went out"] == 0


def rehearse(meeting: str, out: Path, instance: Path, *more: str) -> dict[str, int]:
    """Play the meeting through, as an operator does; return what was done of each line, when all
    was done that was wanted."""
    environ = {key: value for key, value in os.environ.items() if key != "BASE_URL"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "rehearse", meeting]
    result = subprocess.run(
        [*command, "--out", str(out), *more],
        cwd=ROOT,
        env={**environ, "DATA_DIR": str(instance)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["faults"] == []
    assert [line for line in report["lines"] if line["wanted"] != line["done"]] == []
    return {line["what"]: line["done"] for line in report["lines"]}
