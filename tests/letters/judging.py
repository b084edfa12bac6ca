"""What programs of others make of a letter: its text, its fonts, its code, its seal."""

import io
import subprocess
import unicodedata
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.status import PdfSignatureStatus

from registration.letters import held_files

# Characters that surely fit on a line of the address.
_LONGEST_WORD = 40


def fold(text: str) -> str:
    """Return the text NFC, its spaces single: a no-break space comes back as a plain one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_first_page(file: Path) -> str:
    """Return what pdftotext reads on the letter's first page, in the order of the content."""
    asked = ["pdftotext", "-raw", "-l", "1", "-enc", "UTF-8", file, "-"]
    return subprocess.run(asked, capture_output=True, check=True).stdout.decode()


def is_read(shown: str, text: str) -> bool:
    """Return whether the name stands in what pdftotext read.

    Only where a word is longer than a line are spaces set aside: to pdftotext a line's end is one.
    """
    name, read = fold(shown), fold(text)
    if max(map(len, name.split())) > _LONGEST_WORD:
        name, read = name.replace(" ", ""), read.replace(" ", "")
    return name in read


def list_loose_fonts(pdf: pikepdf.Pdf) -> list[str]:
    """Return the names of the fonts whose glyphs are not in the file."""
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    return [str(each.BaseFont) for each in fonts if "/FontFile2" not in each.FontDescriptor]


def read_code(paper: bytes, *, dpi: int) -> str:
    """Return what the code on the first page says to OpenCV, from a picture of the whole page.

    Its two readers each miss a few pictures in which a module is two to three dots wide, depending
    on how the dots meet the modules' edges; no size of the code pleases both. So each is asked,
    then again with the foot of the picture enlarged.
    """
    page = pypdfium2.PdfDocument(paper)[0]
    picture = np.array(page.render(scale=dpi / 72).to_pil().convert("L"))
    foot = picture[picture.shape[0] * 4 // 5 :, : picture.shape[1] // 2]
    larger = cv2.resize(foot, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    for image in (picture, larger):
        for reader in (cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector()):
            text, _, _ = reader.detectAndDecode(image)
            if text:
                return str(text)
    return ""


def judge_seal(paper: bytes) -> PdfSignatureStatus:
    """Return what pyHanko says of the seal, to which the signer's certificate is known."""
    (signature,) = PdfFileReader(io.BytesIO(paper)).embedded_signatures
    return held_files.judge_seal(signature)
