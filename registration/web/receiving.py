"""How the body of a form is taken in: never on disk in clear, noticed when cut off, nothing lost.

Werkzeug writes each part over 500 kB to a temporary file, in clear. Here parts stay in memory, and
it is bounded: FILES_IN_MEMORY for the files of a request, FIELDS_IN_MEMORY for its fields.
Encrypted temporary files would save nothing, because a passport is judged and locked as a whole, in
memory; they would add a key, a disk that can be full and files left by a kill. (Not ours to
prevent: a server in front that spools bodies, and swap in clear.)

What comes over the limit of a file is read and dropped, so that the page can answer with all that
was typed; only a body over LARGEST_BODY is refused unread, 413. Werkzeug takes a body cut off
half-way for a form without a file: here the request knows.
"""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from registration.domain.refusals import (
    FileEmpty,
    FileFault,
    FileMissing,
    FileTooLarge,
    UploadCutOff,
)
from registration.uploads.kinds import LARGEST_FILE
from registration.uploads.names import clean_name

#: Bytes. A body that is larger is refused, 413, with nothing of it kept.
LARGEST_BODY = 64 * 2**20
#: Bytes of a refused body that are read and dropped, so that its sender sees the refusal.
LARGEST_DRAINED = 128 * 2**20
#: Bytes of all files of a request that are kept: a passport and a signed letter.
FILES_IN_MEMORY = 2 * LARGEST_FILE
#: Bytes of all fields of a request: the longest is a drawn signature (270 kB in base64).
FIELDS_IN_MEMORY = 1_000_000
MOST_PARTS = 200
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class ReceivedUpload:
    """A file as it came. name: the sender's, cleaned for showing, perhaps ""."""

    name: str
    data: bytes


class PartInMemory(BytesIO):
    """The bytes of a file, kept up to a limit. size: of all that came, kept or dropped."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.size = 0

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # bytes is what comes
        self.size += len(data)
        if self.is_over_limit:
            self.truncate(0)  # of no use any more, and others may need the memory
        else:
            super().write(data)
        return len(data)

    @property
    def is_over_limit(self) -> bool:
        return self.size > self.limit


class LockedFormParser(FormDataParser):
    """Parses a form into memory. After `parse`, was_cut_off tells whether its end never came."""

    was_cut_off = False

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Return the stream, the fields and the files, as far as they came.

        Raises RequestEntityTooLarge for a body, for fields or for a number of parts that no form
        of ours sends; ClientDisconnected for a form without files that was cut off.
        """
        if mimetype == "multipart/form-data":
            parts = _Parts(self.max_form_memory_size or FIELDS_IN_MEMORY)
            self.was_cut_off = not self._read_parts(stream, content_length, options or {}, parts)
            return stream, self.cls(parts.fields), self.cls(parts.files)
        if mimetype == "application/x-www-form-urlencoded":
            stream = _read_fields(stream, content_length)
        return super().parse(stream, mimetype, content_length, options)

    def _read_parts(
        self,
        stream: IO[bytes],
        content_length: int | None,
        options: dict[str, str],
        parts: "_Parts",
    ) -> bool:
        """Read the body to its end. Returns whether it came whole."""
        boundary = options.get("boundary", "").encode("ascii", "ignore")
        decoder = MultipartDecoder(
            boundary, max_form_memory_size=FIELDS_IN_MEMORY, max_parts=self.max_form_parts
        )
        read = 0
        try:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                _take_events(decoder, chunk, parts)
            _take_events(decoder, None, parts)
        except (ClientDisconnected, ValueError):
            # Werkzeug's word for a body without its closing boundary is a ValueError.
            return False
        return bool(boundary) and (content_length is None or read == content_length)


class LockedUploadRequest(Request):
    """The site's request. To be set as `app.request_class`."""

    _parser: LockedFormParser | None = None

    def make_form_data_parser(self) -> LockedFormParser:
        self._parser = LockedFormParser(
            max_form_memory_size=FIELDS_IN_MEMORY,
            max_content_length=self.max_content_length,
            max_form_parts=MOST_PARTS,
            cls=self.parameter_storage_class,
        )
        return self._parser

    def _load_form_data(self) -> None:
        try:
            super()._load_form_data()
        except RequestEntityTooLarge:
            # So that the page of the error may ask for the form without being refused once more.
            empty = self.parameter_storage_class
            self.__dict__.update(stream=BytesIO(), form=empty(), files=empty())
            self._drain()
            raise

    def _drain(self) -> None:
        """Read the rest and drop it: a browser that cannot end sending shows no page of ours."""
        if "wsgi.input_terminated" not in self.environ:
            return  # the server would wait for more than comes
        left = LARGEST_DRAINED
        with suppress(OSError, ValueError):
            while left > 0 and (chunk := self.input_stream.read(_CHUNK)):
                left -= len(chunk)

    @property
    def body_was_cut_off(self) -> bool:
        """Whether the body ended before its last part did, or before its Content-Length."""
        self._load_form_data()
        return self._parser is not None and self._parser.was_cut_off


def take_file(request: Request, field: str) -> ReceivedUpload | FileFault:
    """Return the file of a field, whole, or why there is none. Its kind is judged elsewhere.

    A request cut off is told before anything else: half a form is not to look like a form without
    a file. Text in the field's place (a form sent without its encoding) is no file.
    """
    if isinstance(request, LockedUploadRequest) and request.body_was_cut_off:
        return UploadCutOff()
    storage = request.files.get(field)
    if storage is None:
        return FileMissing()
    part = cast("PartInMemory", storage.stream)
    if part.is_over_limit:
        return FileTooLarge(size=part.size, limit=LARGEST_FILE)
    data = part.getvalue()
    if not data:
        # A browser sends an empty part without a name when no file was chosen.
        return FileEmpty() if storage.filename else FileMissing()
    return ReceivedUpload(clean_name(storage.filename), data)


class _Parts:
    """The parts of a form as they come in."""

    def __init__(self, fields_limit: int) -> None:
        self.fields: list[tuple[str, str]] = []
        self.files: list[tuple[str, FileStorage]] = []
        self._fields_left = fields_limit
        self._files_left = FILES_IN_MEMORY
        self._part: Field | File | None = None
        self._kept: PartInMemory = PartInMemory(0)

    def take(self, event: Event) -> None:
        if isinstance(event, Field | File):
            self._part = event
            left = self._files_left if isinstance(event, File) else self._fields_left
            self._kept = PartInMemory(min(left, LARGEST_FILE))
        elif isinstance(event, Data):
            self._kept.write(event.data)
            if isinstance(self._part, Field) and self._kept.is_over_limit:
                raise RequestEntityTooLarge
            if not event.more_data:
                self._finish()

    def _finish(self) -> None:
        part, kept = self._part, self._kept
        if isinstance(part, File):
            self._files_left -= len(kept.getbuffer())
            kept.seek(0)
            self.files.append(
                (part.name, FileStorage(kept, part.filename, part.name, headers=part.headers))
            )
        elif part is not None:
            self._fields_left -= kept.size
            self.fields.append((part.name, kept.getvalue().decode("utf-8", "replace")))


def _read_fields(stream: IO[bytes], content_length: int | None) -> IO[bytes]:
    """Return the fields of a form without files: whole, or not at all."""
    body = BytesIO()
    while chunk := stream.read(_CHUNK):
        body.write(chunk)
        if body.tell() > FIELDS_IN_MEMORY:
            raise RequestEntityTooLarge
    if content_length is not None and body.tell() != content_length:
        raise ClientDisconnected
    body.seek(0)
    return body


def _take_events(decoder: MultipartDecoder, chunk: bytes | None, parts: _Parts) -> None:
    decoder.receive_data(chunk)
    event = decoder.next_event()
    while not isinstance(event, Epilogue | NeedData):
        parts.take(event)
        event = decoder.next_event()
