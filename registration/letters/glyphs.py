"""Painting one fragment of text: in one go, or as a letter with its marks."""

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


def paint_fragment(
    canvas: Canvas, fragment: Fragment, *, left: float, base: float, tail: str
) -> None:
    """Paint the fragment. base: its base line, from the page's lower edge. tail: painted behind."""
    piece, style = fragment.piece, fragment.style
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
