"""What may be wrong with a paper for those who hear it: one sentence each."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of faults. What is in the file is compared with itself, then with the words."""

    # what is painted
    UNMARKED = "ink belongs to no element and is no ornament"
    NESTED = "a mark stands within a mark"
    ACROSS_TEXT = "a mark begins or ends within a text object"
    UNCLOSED = "a mark is not closed, or closed twice"
    UNSEEN = "text is told that nobody sees"
    UNREADABLE = "painted text has no characters"
    PAINTED_OTHERWISE = "what is painted is not what is told"
    # marks and the tree
    NUMBERS = "the marks of a page are not numbered 0, 1, 2 in order"
    EMPTY = "a mark holds no ink"
    UNCLAIMED = "a mark belongs to no element"
    CLAIMED_TWICE = "a mark belongs to two elements, or twice to one"
    NOT_PAINTED = "an element tells a mark that no page paints"
    OTHER_TAG = "a mark and its element bear different tags"
    KEYS = "the parent tree's keys are not in order, or one is wrong"
    PARENTS = "the parent tree leads to another element than the tree"
    BRANCH = "an element stands in two places, or names another parent"
    # links and fields
    UNTOLD_LINK = "a link or a field of a page is not in the tree"
    LINK = "a link is not whole"
    FIELD = "a field is not whole"
    # the shape of the tree
    TAG = "an element has no standard tag"
    TABLE = "a table is not whole"
    LIST = "a list is not whole"
    HEADINGS = "headings skip a level, or the first is not the one H1"
    FIGURE = "a picture has no description or no place"
    HIDDEN = "a description takes the place of an element's text"
    # the file
    FILE = "the file does not say what it is"
    LANGUAGE = "the language is missing, not one, or not the paper's"
    # the words
    TOLD_OTHERWISE = "the words that are told are not the paper's words in order"
    TOLD_AS_OTHER = "a heading, an item or a cell is told as something else"
    ORNAMENT = "text is painted that is neither told nor repeated furniture"
    LINKS = "the links are not those of the paper's words"
    PICTURES = "the pictures are not those of the paper"


@dataclass(frozen=True)
class Finding:
    """One fault in its place. page: from 1, or None. detail: may hold words of the paper."""

    fault: Fault
    detail: str = ""
    page: int | None = None

    def __str__(self) -> str:
        place = f"page {self.page}: " if self.page is not None else ""
        return f"{place}{self.fault.value}" + (f" ({self.detail})" if self.detail else "")
