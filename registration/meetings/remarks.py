"""What is remarked on in a file that can be loaded as it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """Something to look at; the file can be loaded as it is. key: as in a `Fault`."""

    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.key}: {self.sentence}"


def quote(words: dict[str, str]) -> str:
    """Return a text in the file's first language, as a remark names it."""
    return f"“{next(iter(words.values()))}”"
