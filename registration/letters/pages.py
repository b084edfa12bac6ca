"""Blocks onto pages: what stays together, what is parted, where a new page begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from registration.letters.blocks import Block

# Lengths add up in floating point; a block may be higher than the room by no more than this.
_TOLERANCE = 0.01


@dataclass
class Page:
    """The blocks of one page, each with the y of its upper edge."""

    placed: list[tuple[float, Block]] = field(default_factory=list)


def paginate(
    blocks: Sequence[Block], *, first_top: float, later_top: float, end: float
) -> list[Page]:
    """Return the blocks on pages. A chain that is higher than a page is cut all the same."""
    pages = [Page()]
    y, top = first_top, first_top
    queue = [list(each) for each in _list_chains(blocks)]
    while queue:
        chain = queue.pop(0)
        at_top = y == top
        room = end - y + _TOLERANCE
        if chain[0].new_page and not at_top:
            pages.append(Page())
            y = top = later_top
            at_top, room = True, end - y + _TOLERANCE
        if _height(chain, at_top=at_top) <= room or (at_top and len(chain) == 1):
            parts = chain[0].split(room) if _height(chain, at_top=at_top) > room else None
            if parts:
                queue.insert(0, [parts[1]])
                chain = [parts[0]]
            y = _place(pages[-1], chain, y, at_top=at_top)
            continue
        if at_top:  # higher than a page: each block for itself
            queue[:0] = [[each] for each in chain]
            continue
        parts = chain[0].split(room - chain[0].before) if len(chain) == 1 else None
        if parts:
            y = _place(pages[-1], [parts[0]], y, at_top=at_top)
            chain = [parts[1]]
        queue.insert(0, chain)
        pages.append(Page())
        y = top = later_top
    return pages


def _list_chains(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    chain: list[Block] = []
    for block in blocks:
        chain.append(block)
        if not block.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(chain: Sequence[Block], *, at_top: bool) -> float:
    return sum(each.before + each.height for each in chain) - (chain[0].before if at_top else 0)


def _place(page: Page, chain: Sequence[Block], y: float, *, at_top: bool) -> float:
    for index, block in enumerate(chain):
        y += 0 if at_top and index == 0 else block.before
        page.placed.append((y, block))
        y += block.height
    return y
