"""The table of moves as a page of the documentation: `make docs` writes `docs/moves.md`."""

from pathlib import Path

from registration.domain.states import FINAL, MOVES, Actor, Move, Seat, State, holds_seat

PAGE = Path(__file__).parents[2] / "docs" / "moves.md"

_HEAD = """\
# States and moves

Written by `make docs` from `registration/domain/states.py`; change it there.

A registration that holds a seat of its delegation stands in a state with a thick frame. Nothing
leaves a state with a round frame.
"""


def draw_page() -> str:
    """Return the page: a diagram of the moves that change the state, and the table of all."""
    return "\n".join([_HEAD, *_draw_diagram(), "", *_draw_table(), ""])


def _draw_diagram() -> list[str]:
    lines = ["```mermaid", "flowchart LR", '  new(("&nbsp;"))']
    for state in State:
        opening, closing = ("([", "])") if state in FINAL else ("[", "]")
        lines.append(f'  {state}{opening}"{state}"{closing}')
    edges: dict[tuple[str, str], list[str]] = {}
    for move in MOVES.values():
        for source, target in _list_edges(move):
            edges.setdefault((source, target), []).append(str(move.name))
    lines += [
        f'  {source} -->|"{", ".join(names)}"| {target}'
        for (source, target), names in edges.items()
    ]
    seated = ",".join(state for state in State if holds_seat(state))
    return [*lines, "  classDef seated stroke-width:3px", f"  class {seated} seated", "```"]


def _list_edges(move: Move) -> list[tuple[str, str]]:
    """Return from where to where the move leads, those that change nothing left out."""
    found = [
        (str(source or "new"), str(target))
        for source, target in _in_order(move)
        if source is not target
    ]
    if move.otherwise is not None:
        found += [(source, str(move.otherwise)) for source, _ in found]
    return found


def _in_order(move: Move) -> list[tuple[State | None, State]]:
    """Return the move's sources and targets; the table's own order differs from run to run."""
    return [(source, move.to[source]) for source in (None, *State) if source in move.to]


def _draw_table() -> list[str]:
    lines = [
        "| move | who | from | to | seat | closed by |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return lines + [_draw_row(move) for move in MOVES.values()]


def _draw_row(move: Move) -> str:
    edges = _in_order(move)
    sources = ", ".join(str(source or "(new)") for source, _ in edges)
    targets = ", ".join(dict.fromkeys(str(target) for _, target in edges))
    if all(source is target for source, target in edges):
        targets = "same"
    if move.otherwise is not None:
        targets += f"; {move.otherwise} when no seat is free"
    cells = [
        f"`{move.name}`" + (" (with a reason)" if move.reason else ""),
        ", ".join(actor.value.replace("_", " ") for actor in Actor if actor in move.actors),
        sources,
        targets,
        "-" if move.seat is Seat.NONE else move.seat.value.replace("_", " "),
        move.closing.value.replace("_", " "),
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(draw_page(), encoding="utf-8")
