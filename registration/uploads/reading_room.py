"""What happens in the reading room: the process that `mrz_reader` starts, for some files.

It gets pictures that we drew, finds the long lines of text on them, offline, at whatever turn, and
looks for the two of a passport. It needs the optional extra: nothing else imports this module.

Each order is a line of JSON, {"sizes": [bytes of each picture]}, and the pictures; each answer is a
line of JSON, {"first", "second"}, or {} where there are no such lines.
"""

import json
import math
import resource
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image
from rapidocr import RapidOCR

from registration.domain.mrz import Lines
from registration.domain.mrz_repair import FoundLines, find_lines
from registration.uploads.mrz_reader import FILE_PROCESSOR_SECONDS, READY

#: Its four corners, from the upper left one clockwise as the text runs, in pixels.
Box: TypeAlias = list[tuple[float, float]]

_SETTINGS = {
    "Global.log_level": "critical",
    # It tells which lines stand on their heads, and is mostly wrong about these two.
    "Global.use_cls": False,
    # Where lines are is found on a smaller picture; they are cut out of the whole one.
    "Global.max_side_len": 1280,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Rec.rec_batch_num": 1,
}
#: How much longer than high a line, or a piece of one, is at least; 44 signs are 25 to 30 times.
_LONG = 7
#: Lines looked at on a page, the longest first: a letter with a passport on it has many.
_MOST_LINES = 16


def main() -> None:
    """Answer orders until no more come."""
    engine = RapidOCR(params=_SETTINGS)
    # Models are loaded when they are first asked: what fails now is no fault of a file.
    _read_line(engine, Image.new("RGB", (320, 48), "white"))
    _find_boxes(engine, Image.new("RGB", (64, 64), "white"))
    _answer(READY)
    for order in sys.stdin.buffer:
        _allow_processor_time()
        pictures = [sys.stdin.buffer.read(size) for size in json.loads(order)["sizes"]]
        lines = _find(engine, pictures)
        found = {} if lines is None else {"first": lines.first, "second": lines.second}
        _answer(json.dumps(found).encode() + b"\n")


def _allow_processor_time() -> None:
    """Give this file as much as any other, however many were read before."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(spent + FILE_PROCESSOR_SECONDS, hard), hard))


def _find(engine: RapidOCR, pictures: Iterable[bytes]) -> Lines | None:
    """Return the first sound pair of lines on any page at any turn, else the best of all."""
    best: FoundLines | None = None
    for texts in _read_all(engine, pictures):
        found = find_lines(texts)
        if found is not None and (best is None or found.rank > best.rank):
            best = found
        if best is not None and best.is_sound:
            break
    return best.lines if best is not None else None


def _read_all(engine: RapidOCR, pictures: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield the texts of each page, from above, at each of four turns until somebody is content.

    A line is cut out along its length, which leaves two turns, of which one stands on its head. The
    page on its side is searched as well: lines are found there that were not before.
    """
    for data in pictures:
        with Image.open(BytesIO(data), formats=["JPEG"]) as opened:
            upright = opened.convert("RGB")
        for page in (upright, upright.transpose(Image.Transpose.ROTATE_90)):
            strips = [_cut_out(page, box) for box in _find_boxes(engine, page)]
            if not strips:
                break  # no text on it; its side would show none either
            yield [_read_line(engine, strip) for strip in strips]
            turned = [strip.transpose(Image.Transpose.ROTATE_180) for strip in reversed(strips)]
            yield [_read_line(engine, strip) for strip in turned]


def _find_boxes(engine: RapidOCR, picture: Image.Image) -> list[Box]:
    """Return the long lines of text on the picture, from above, each along its length."""
    found = engine(_pixels(picture), use_det=True, use_rec=False)
    corners = getattr(found, "boxes", None)
    boxes = [] if corners is None else [_lengthwise([(x, y) for x, y in box]) for box in corners]
    lines = [box for box in boxes if _length(box) >= _LONG * _height(box)]
    longest = sorted(lines, key=_length, reverse=True)[:_MOST_LINES]
    return [box for box in lines if box in longest]


def _lengthwise(box: Box) -> Box:
    return box if _length(box) >= _height(box) else box[1:] + box[:1]


def _length(box: Box) -> float:
    return max(math.dist(box[0], box[1]), math.dist(box[3], box[2]))


def _height(box: Box) -> float:
    return max(math.dist(box[0], box[3]), math.dist(box[1], box[2]))


def _cut_out(picture: Image.Image, box: Box) -> Image.Image:
    """Return the line alone, level and without perspective."""
    size = (max(1, round(_length(box))), max(1, round(_height(box))))
    upper_left, upper_right, lower_right, lower_left = box
    corners = (*upper_left, *lower_left, *lower_right, *upper_right)
    return picture.transform(
        size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="white"
    )


def _read_line(engine: RapidOCR, strip: Image.Image) -> str:
    found = engine(_pixels(strip), use_det=False, use_rec=True)
    texts = getattr(found, "txts", None)
    return "".join(texts) if texts else ""


def _pixels(picture: Image.Image) -> npt.NDArray[np.uint8]:
    """Return the pixels as the engine takes them: blue before red."""
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


def _answer(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
