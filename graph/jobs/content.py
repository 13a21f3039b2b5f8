"""Whether a file is of the form it was declared as: told by its first bytes."""

import codecs

from graph.load.files import MARKS
from graph.terms import FileFormat

START = 4096  # bytes that are looked at
PACKED = (
    b"PK\x03\x04",  # zip, and what office programs write
    b"PK\x05\x06",
    b"\x1f\x8b",  # gzip
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf\x27\x1c",
    b"\x28\xb5\x2f\xfd",  # zstd
    b"Rar!",
    b"\x04\x22\x4d\x18",  # lz4
    b"\xd0\xcf\x11\xe0",  # office programs before 2007
)
TAR = (257, b"ustar")
PARQUET = b"PAR1"
MEDIA = {
    FileFormat.CSV: ("text/csv", "text/plain", "text/tab-separated-values"),
    FileFormat.JSON_LINES: (
        "application/jsonl",
        "application/x-ndjson",
        "application/json-lines",
        "application/json",
        "text/plain",
    ),
    FileFormat.BODS: ("application/json", "application/x-ndjson", "application/jsonl"),
    FileFormat.GLEIF: ("application/json", "application/vnd.api+json"),
    FileFormat.PARQUET: ("application/vnd.apache.parquet", "application/x-parquet"),
}
ANY = ("", "application/octet-stream")
OPENED = {FileFormat.JSON_LINES: "{", FileFormat.BODS: "{[", FileFormat.GLEIF: "{["}
ARCHIVE = "This is an archive or a packed file. Unpack it and send the file itself."
BINARY = "This is no text. Send the file as {}."
NOT_SO = "This does not begin as {} does. Send the file in the format that the job was asked for."
JSON = "This is JSON, but the job was asked for CSV. Start a job for the right format."


def media_fits(given: str, format_: FileFormat) -> bool:
    """Whether a Content-Type is one of the format, or says nothing."""
    return given.partition(";")[0].strip().lower() in (*ANY, *MEDIA[format_])


def fault(start: bytes, format_: FileFormat) -> str | None:
    """What is wrong with a file that begins so; None if nothing is."""
    if start.startswith(PACKED) or start[TAR[0] :].startswith(TAR[1]):
        return ARCHIVE
    if format_ is FileFormat.PARQUET:
        return None if start.startswith(PARQUET) else NOT_SO.format(format_.value)
    name = next((name for mark, name in MARKS if start.startswith(mark)), None)
    text = codecs.getincrementaldecoder(name or "cp1252")("replace").decode(start)
    if any(character < " " and character not in "\t\r\n\f" for character in text):
        return BINARY.format(format_.value)
    first = text.lstrip("\ufeff \t\r\n")[:1]
    if format_ in OPENED:
        return None if first in OPENED[format_] else NOT_SO.format(format_.value)
    return JSON if first in "{[" and first else None
