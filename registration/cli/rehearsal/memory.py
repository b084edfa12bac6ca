"""How much memory programs have held at most, all their processes together (Linux)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

_PROC = Path("/proc")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def measure_peaks(processes: Mapping[str, int]) -> dict[str, int]:
    """Return the peaks of the programs in megabytes, by name; nothing where the system has no
    /proc.

    processes: the first process of each program. What its processes share is counted in each.
    """
    if not (_PROC / "self" / "status").exists():
        return {}
    children = _read_children()
    return {
        name: sum(map(_read_peak, _list_family(first, children))) // 1000
        for name, first in processes.items()
    }


def _list_family(first: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    yield first
    for each in children.get(first, ()):
        yield from _list_family(each, children)


def _read_children() -> dict[int, list[int]]:
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in _PROC.glob("[0-9]*"):
        try:
            # The name in brackets may hold anything; the parent is the second field behind it.
            parent = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
        except OSError:
            continue  # it has ended meanwhile
        children[int(parent)].append(int(folder.name))
    return children


def _read_peak(number: int) -> int:
    """Return the process' peak in kB, 0 of one that has ended."""
    try:
        status = (_PROC / str(number) / "status").read_text()
    except OSError:
        return 0
    found = _PEAK.search(status)
    return int(found[1]) if found else 0
