"""The name a file had on the sender's machine: for showing and for downloads, never for storing."""

import unicodedata
from urllib.parse import quote

from registration.domain.names import compose
from registration.uploads.kinds import FileKind

LONGEST_NAME = 100
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    "application/zip": (".zip",),
    "text/csv": (".csv",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}
#: Separators of folders, and what no file system or header takes in a name.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*;', "_"))


def clean_name(name: str | None) -> str:
    """Return the file's name as people may see it; "" if nothing is left of it.

    Folders before it go, and so do controls, line breaks and whatever turns the direction of the
    text (U+202E shows "gnp.exe" as "exe.png"). A long one keeps its beginning and its ending.
    """
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    composed = compose(last).translate(_NOT_IN_NAMES)
    visible = "".join(" " if character.isspace() else character for character in composed)
    # Cc, Cf, Cs, Co, Cn: controls, formats, halves of characters, private and unassigned ones.
    shown = "".join(c for c in visible if not unicodedata.category(c).startswith("C"))
    return _shorten(" ".join(shown.split()).strip(". "))


def rename(name: str, media_type: str) -> str:
    """Return the cleaned name of a file that has become one of this type: "a.heic" -> "a.jpg".

    An ending that says nothing of ours stays in front: "a.exe" -> "a.exe.jpg". "" stays "".
    """
    if not name or name.lower().endswith(_ENDINGS[media_type]):
        return name
    stem, dot, ending = name.rpartition(".")
    is_ours = any(dot + ending.lower() in endings for endings in _ENDINGS.values())
    return _shorten((stem if stem and is_ours else name) + _ENDINGS[media_type][0])


def name_for_download(name: str, media_type: str) -> str:
    """Return the cleaned name with an ending that says what the bytes are: "a.exe" -> "a.exe.jpg".

    media_type: that of a FileKind or of a paper of ours. Raises KeyError for any other.
    """
    endings = _ENDINGS[media_type]
    cleaned = clean_name(name) or "file"
    return cleaned if cleaned.lower().endswith(endings) else cleaned + endings[0]


def attachment(name: str, media_type: str) -> str:
    """Return the Content-Disposition of a download, RFC 6266: never shown, always saved.

    The plain form is for old browsers and holds ASCII alone; the other one has every letter.
    """
    full = name_for_download(name, media_type)
    decomposed = unicodedata.normalize("NFKD", full).replace("\\", "_").replace("%", "_")
    plain = "".join(c for c in decomposed if " " <= c <= "~") or "file"
    stem = plain.rpartition(".")[0].strip()
    plain = plain if stem else f"file{_ENDINGS[media_type][0]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"


def _shorten(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > max(map(len, FileKind)) + 1:
        return name[: LONGEST_NAME - 1] + "…"
    return stem[: LONGEST_NAME - len(ending) - 2] + "…." + ending
