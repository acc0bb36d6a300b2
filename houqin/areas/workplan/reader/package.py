"""Looks into a zipped office document before anything unpacks it."""

import io
import zipfile
from struct import error as struct_error

from .blocks import Unreadable

MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
MAX_PARTS = 2_000


def members(data: bytes, name: str) -> set[str]:
    """The names of the parts. Raises Unreadable when the file is damaged, locked or unpacks to a huge size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        IndexError,
        struct_error,
    ) as error:
        raise Unreadable("damaged", name=name) from error
    total = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if (
        len(parts) > MAX_PARTS
        or total > 5 * MAX_UNPACKED
        or texts > MAX_UNPACKED
        or texts > MAX_RATIO * len(data) + 2_000_000
    ):
        raise Unreadable("bomb", name=name)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("locked", name=name)
    return {part.filename for part in parts}


def part(data: bytes, which: str, name: str) -> bytes:
    """The bytes of one part, never more than the limit, whatever the directory of the file claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(which) as stream:
            content = stream.read(MAX_UNPACKED + 1)
    except KeyError:
        return b""
    except Exception as error:  # noqa: BLE001  a damaged part may fail in many ways, all of them mean the same
        raise Unreadable("damaged", name=name) from error
    if len(content) > MAX_UNPACKED:
        raise Unreadable("bomb", name=name)
    return content
