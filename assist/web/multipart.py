"""A multipart body -> files, written as they come, and a few short fields."""

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from assist.errors import BadInput, TooLarge
from assist.ports import Upload

FILES = "files"
LONGEST_FIELDS = 10_000
"""Bytes of all fields together that are no files: names and switches."""


async def receive_form(request: Request, upload: Upload, limit: int) -> dict[str, str]:
    """The fields that are no files; each part `files` goes to `upload` as it comes.

    No more than a piece of the body is held at a time. Raises `TooLarge` over `limit` bytes, and
    `BadInput` for what is no such form.
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and float(declared) > limit:
        raise _too_large(limit)
    form = _Form(_boundary(request), upload)
    read = 0
    try:
        async for piece in request.stream():
            read += len(piece)
            if read > limit:
                raise _too_large(limit)
            await run_in_threadpool(form.write, piece)
    except ClientDisconnect as error:
        raise BadInput("the body broke off", cure="send it again") from error
    return form.end()


def _too_large(limit: int) -> TooLarge:
    cure = "send the files in parts, or raise ASSIST_MAX_UPLOAD_MB on the server"
    return TooLarge(f"over {limit} bytes", cure=cure)


def _boundary(request: Request) -> bytes:
    _, parameters = parse_options_header(request.headers.get("content-type", ""))
    boundary = parameters.get(b"boundary", b"")
    if not boundary:
        raise _malformed("its Content-Type has no boundary")
    return boundary


def _malformed(what: str) -> BadInput:
    return BadInput(
        f"not a multipart form: {what}", cure=f"send multipart/form-data with parts named {FILES}"
    )


class _Form:
    """A form while it arrives, part by part."""

    def __init__(self, boundary: bytes, upload: Upload) -> None:
        self._upload = upload
        self._fields: dict[str, bytearray] = {}
        self._field: bytearray | None = None
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._size = 0
        self._files = 0
        self._is_whole = False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_header_field": lambda data, start, end: self._header[0].extend(
                        data[start:end]
                    ),
                    "on_header_value": lambda data, start, end: self._header[1].extend(
                        data[start:end]
                    ),
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._begin_content,
                    "on_part_data": self._content,
                    "on_end": self._finish,
                },
            )
        except FormParserError as error:
            raise _malformed(str(error)) from error

    def write(self, data: bytes) -> None:
        """The next piece of the body."""
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise _malformed(str(error)) from error

    def end(self) -> dict[str, str]:
        """The fields, once the body has ended; one that is cut off is refused."""
        if not self._is_whole:
            raise _malformed("it ends too early")
        if not self._files:
            raise BadInput("no file was sent", where=FILES, cure=f"send parts named {FILES}")
        try:
            return {name: bytes(value).decode() for name, value in self._fields.items()}
        except UnicodeDecodeError as error:
            raise _malformed("a field is not UTF-8 text") from error

    def _begin_part(self) -> None:
        self._disposition = b""
        self._field = None

    def _end_header(self) -> None:
        name, value = map(bytes, self._header)
        self._header = (bytearray(), bytearray())
        if name.lower() == b"content-disposition":
            self._disposition = value

    def _begin_content(self) -> None:
        _, parameters = parse_options_header(self._disposition)
        name = parameters.get(b"name", b"").decode("utf-8", "replace")
        file = parameters.get(b"filename")
        if file is not None:
            if name != FILES:
                raise BadInput(f"a file named {name[:100]!r}", cure=f"name its part {FILES}")
            self._files += 1
            self._upload.begin(file.decode("utf-8", "replace"))
        elif name == FILES:
            raise BadInput(
                "a file without a file name", where=FILES, cure="send each with its filename"
            )
        elif name in self._fields:
            raise BadInput("stands twice", where=name[:100], cure="send it once")
        else:
            self._field = self._fields[name] = bytearray()

    def _content(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            self._upload.write(data[start:end])
            return
        self._size += end - start
        if self._size > LONGEST_FIELDS:
            raise TooLarge("the fields beside the files are too long", cure="shorten them")
        self._field += data[start:end]

    def _finish(self) -> None:
        self._is_whole = True
