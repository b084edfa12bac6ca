"""Painting one fragment of text: in one go, as a letter with its marks, or as a box."""

from functools import cache
from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from registration.letters.breaking import Fragment, Style
from registration.letters.fonts import Cut
from registration.letters.typefaces import Stroke, get_face

_BOX_LINE = 0.5


def paint_fragment(
    canvas: Canvas, fragment: Fragment, *, left: float, base: float, tail: str
) -> None:
    """Paint the fragment. base: its base line, from the page's lower edge. tail: painted behind."""
    piece, style = fragment.piece, fragment.style
    if not piece.strokes:
        _paint_box(canvas, fragment, left, base)
        return
    if len(piece.strokes) == 1:
        _write(canvas, piece.strokes[0].text + tail, piece.cut, style, left, base)
        return
    tx = canvas.beginText()
    tx.setFillColor(HexColor(style.colour))
    tx.setFont(piece.cut.name, style.size)
    tx.setTextOrigin(left, base)
    tx.textOut(piece.strokes[0].text)
    for stroke in piece.strokes[1:]:
        _add_mark(tx, stroke, fragment, left, base)
    canvas.drawText(tx)


def _write(canvas: Canvas, text: str, cut: Cut, style: Style, left: float, base: float) -> None:
    """Paint text in one go: what `PDFTextObject` writes for it, at a third of the cost."""
    font = cast("TTFont", getFont(cut.name))
    document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001  # the only way to it
    shown = " ".join(
        f"{font.getSubsetInternalName(subset, document)} {style.size:g} Tf ({escapePDF(codes)}) Tj"
        for subset, codes in font.splitString(text, document)
    )
    canvas.addLiteral(f"BT {_filling(style.colour)} 1 0 0 1 {left:.3f} {base:.3f} Tm {shown} ET")


@cache
def _filling(colour: str) -> str:
    red, green, blue = HexColor(colour).rgb()
    return f"{red:.4f} {green:.4f} {blue:.4f} rg"


def _paint_box(canvas: Canvas, fragment: Fragment, left: float, base: float) -> None:
    """Paint an outlined box in place of a character that no font has.

    A space lies on it, as wide as the box: what is told in its place needs a text to replace.
    """
    style = fragment.style
    canvas.setStrokeColor(HexColor(style.colour))
    canvas.setLineWidth(_BOX_LINE)
    inset = 0.05 * style.size
    canvas.rect(left + inset, base, fragment.width - 2 * inset, 0.68 * style.size, stroke=1, fill=0)
    tx = canvas.beginText(left, base)
    tx.setFont(fragment.piece.cut.name, style.size)
    tx.setCharSpace(fragment.width - get_face(fragment.piece.cut).width(" ") * style.size / 1000)
    tx.textOut(" ")
    tx.setCharSpace(0)
    canvas.drawText(tx)


def _add_mark(
    tx: PDFTextObject, stroke: Stroke, fragment: Fragment, left: float, baseline: float
) -> None:
    """Paint a mark over the base letter at `left`, and end where the letter ends.

    The way back is the mark's own character space (Tc): after a step back by any other operator
    pdftotext takes the mark for the end of the word and puts in a space.
    """
    scale = fragment.style.size / 1000
    own_width = get_face(fragment.piece.cut).width(stroke.text) * scale
    tx.setTextOrigin(left + stroke.right * scale, baseline + stroke.up * scale)
    tx.setCharSpace(fragment.width - stroke.right * scale - own_width)
    tx.textOut(stroke.text)
    tx.setCharSpace(0)
