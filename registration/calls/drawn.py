"""Published papers, kept once they are drawn.

Anybody may ask for one, as often as they like, and a long one takes seconds to draw. Kept is what
everybody may read, and by its words: a paper that says something else is another one.
"""

from collections import OrderedDict
from threading import Lock

from registration.letters.answers import AnswerPaper, draw_answers
from registration.web import limits

#: Papers that a process of the site keeps: of 300 kB mostly, of 5 MB at the worst.
MOST_KEPT = 32

_kept: OrderedDict[AnswerPaper, bytes] = OrderedDict()
_lock = Lock()


def draw_once(paper: AnswerPaper) -> bytes:
    """Return the paper as a PDF. Raises TooManyRequests for whoever has had too many drawn."""
    with _lock:
        found = _kept.get(paper)
        if found is not None:
            _kept.move_to_end(paper)
            return found
    limits.guard(limits.DRAWN_PAPER)
    data = draw_answers(paper)
    with _lock:
        _kept[paper] = data
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return data
