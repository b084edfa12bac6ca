"""What was rehearsed and what came of it: a table for people, the same as data, and the papers."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from registration.cli.rehearsal.letterbox import Mail


@dataclass
class Line:
    """One line of the table: what was done, how often it was to succeed, how often it did."""

    what: str
    wanted: int
    done: int = 0

    @property
    def is_good(self) -> bool:
        return self.wanted == self.done


@dataclass
class Report:
    """The table. seconds: from the first request to the last. requests: of all browsers.

    people: how many take part in the end. memory_mb: the most that each program has held, all its
    processes together; empty where the system does not tell. database_mb: what the database holds.
    """

    meeting: str
    lines: list[Line] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0
    requests: int = 0
    people: int = 0
    memory_mb: dict[str, int] = field(default_factory=dict)
    database_mb: float = 0

    @property
    def is_good(self) -> bool:
        return not self.faults and all(line.is_good for line in self.lines)

    def add(self, what: str, wanted: int) -> Line:
        """Begin a line of the table."""
        line = Line(what, wanted)
        self.lines.append(line)
        return line

    def to_text(self) -> str:
        """Return the table as text for a terminal."""
        width = max(len(line.what) for line in self.lines)
        rows = [f"{'':{width}}  wanted   done"]
        rows += [
            f"{line.what:{width}}  {line.wanted:6}  {line.done:5}{'' if line.is_good else '  !'}"
            for line in self.lines
        ]
        rows += [f"! {fault}" for fault in self.faults]
        rows.append(
            f"{self.people} people, {self.requests} requests in {self.seconds:.0f} seconds"
            f" ({self.requests / (self.seconds or 1):.0f} a second)"
        )
        rows += [f"{name}: at most {each} MB" for name, each in self.memory_mb.items()]
        rows.append(f"The database: {self.database_mb:.1f} MB")
        return "\n".join(rows)


def write_papers(folder: Path, mails: list[Mail], report: Report) -> None:
    """Write letters/*.pdf, records/*.pdf, mails/*.eml and report.json into the folder."""
    for mail in mails:
        _write(folder / "mails" / mail.path.name, mail.path.read_bytes())
        for name, data in mail.papers.items():
            kind = "letters" if is_letter(name) else "records"
            _write(folder / kind / _plain(name), data)
    text = json.dumps({**asdict(report), "is_good": report.is_good}, ensure_ascii=False, indent=2)
    _write(folder / "report.json", f"{text}\n".encode())


def is_letter(name: str) -> bool:
    """Return whether an attached paper is a letter: its file bears the number of an issue."""
    return bool(re.search(r"-[0-9A-Z]{8}-\d+\.pdf$", name))


def _plain(name: str) -> str:
    return re.sub(r"[^\w.() -]", "-", name)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
