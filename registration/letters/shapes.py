"""The arch, the one ornament: where arches stand and how one is drawn. y from the upper edge."""

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject

from registration.letters.sheet import HEIGHT

_GAP = 0.7 * mm  # between the arches of one delegation
_LEAST_PITCH = 1.35  # a delegation's place is at least so many times as wide as its arches
_CIRCLE = 0.5523  # control points of a quarter of a circle, in radii


def arcade_places(
    seats: tuple[int, ...], *, width: float, arch: float
) -> Iterator[tuple[int, int, float, float]]:
    """Yield (delegation, seat, left, width) of each arch on a line of that width.

    The delegations stand from edge to edge. Where there are many, arches become narrower.
    """
    groups = [count * arch + (count - 1) * _GAP for count in seats]
    scale = min(1.0, width / (_LEAST_PITCH * sum(groups)))
    gap = (width - scale * sum(groups)) / max(len(seats) - 1, 1)
    left = 0.0
    for delegation, (count, group) in enumerate(zip(seats, groups, strict=True)):
        for seat in range(count):
            yield delegation, seat, left + scale * seat * (arch + _GAP), scale * arch
        left += scale * group + gap


def add_arch(path: PDFPathObject, left: float, base: float, width: float, height: float) -> None:
    """Add an arch that stands on `base`, its top half a circle. Open below."""
    radius = width / 2
    foot, spring, top = HEIGHT - base, HEIGHT - base + height - radius, HEIGHT - base + height
    curve = _CIRCLE * radius
    path.moveTo(left, foot)
    path.lineTo(left, spring)
    path.curveTo(left, spring + curve, left + radius - curve, top, left + radius, top)
    right = left + width
    path.curveTo(left + radius + curve, top, right, spring + curve, right, spring)
    path.lineTo(right, foot)
