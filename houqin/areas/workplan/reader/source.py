"""From bytes to lines and tables: encodings of text, and the kinds of file by their content."""

import re
import sys
from pathlib import Path

from . import words
from .blocks import PASTED, Block, Cell, Line, Table, Unreadable
from .normal import match_copy

MAX_BYTES = 20_000_000
MAX_TEXT = 4_000_000
MAX_LINES = 60_000
_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"GIF8": "picture", b"BM": "picture", b"RIFF": "picture",
    b"%PDF": "printed", b"\x1f\x8b": "packed", b"7z\xbc\xaf": "packed", b"Rar!": "packed",
    b"\x7fELF": "notext", b"MZ": "notext", b"{\\rtf": "printed",
}  # fmt: skip
_COMMON = re.compile("[的一是在了工作学校周月日和安排、，。0-9]")


def blocks_of(data: bytes, name: str) -> list[Block]:
    """Lines and tables of a document. Raises Unreadable with one sentence for the person."""
    if len(data) > MAX_BYTES:
        raise Unreadable("large", name=name, limit=MAX_BYTES // 1_000_000)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("void", name=name)
    old = re.search(r"\.(doc|wps|dot)$", name, re.I) or re.search(r"\.et$", name, re.I) and b"\x00" in data[:512]
    if data.startswith(_OLD_WORD) or old and data[:2] != b"PK":
        return _old_office(data, name)
    if data[:2] == b"PK":
        return _zipped(data, name)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:4096]):
            raise Unreadable(kind, name=name)
    return text_blocks(decode(data, name))


def _old_office(data: bytes, name: str) -> list[Block]:
    if b"W\0o\0r\0k\0b\0o\0o\0k\0" in data or re.search(r"\.(xls|et)$", name, re.I):
        from .sheets import sheet_blocks

        return sheet_blocks(data, name)
    raise Unreadable("old", name=name)


def _zipped(data: bytes, name: str) -> list[Block]:
    from .package import members

    names = members(data, name)
    if "word/document.xml" in names:
        from .word import word_blocks

        return word_blocks(data, name)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        from .sheets import sheet_blocks

        return sheet_blocks(data, name)
    raise Unreadable("packed", name=name)


def decode(data: bytes, name: str) -> str:
    """UTF-8, UTF-16 or GB18030 text, with or without a byte order mark; Unreadable for anything else."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(coding, "replace"), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    best = max((_try(data, c) for c in ("gb18030", "utf-16-le", "utf-16-be", "big5")), key=lambda x: x[0])
    return _checked(best[1], name)


def _try(data: bytes, coding: str) -> tuple[float, str]:
    """How Chinese the bytes look in this coding. GB18030 is tried first and wins a draw."""
    try:
        text = data[: len(data) // 2 * 2].decode(coding) if coding.startswith("utf-16") else data.decode(coding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            return (-1.0, "")
        text = data[: error.start].decode(coding)
    sample = text[:4000]
    return (len(_COMMON.findall(sample)) / max(len(sample), 1), text)


def _checked(text: str, name: str) -> str:
    if text.count("\x00") > len(text) // 4:
        text = _try(text.encode("utf-8", "replace"), "utf-16-le")[1] or _try(text.encode(), "utf-16-be")[1]
    strange = sum(
        1
        for c in text[:20000]
        if (c < " " and c not in "\t\n\r\v\f\x1c\x1d\x1e") or c == "\ufffd" or "\ue000" <= c < "\uf000"
    )
    if not text.strip("\x00 \r\n\t") or strange > max(3, len(text[:20000]) // 20):
        raise Unreadable("notext", name=name)
    if len(text) > MAX_TEXT:
        raise Unreadable("long", name=name)
    return text


def text_blocks(text: str) -> list[Block]:
    """Lines of pasted or stored text, numbered from 1; rows with tabs or | in a run become a table."""
    raw = _BREAK.split(text)
    if len(raw) > MAX_LINES or len(text) > MAX_TEXT:
        raise Unreadable("long", name=PASTED)
    lines, gap = [], False
    for no, line in enumerate(raw, 1):
        if line.strip("\ufeff\u200b \t\u3000\xa0\x00"):
            lines.append(Line(no, line.strip("\ufeff\u200b\x00"), gap))
            gap = False
        else:
            gap = True
    return _with_tables(lines)


def _fields(line: Line) -> list[str]:
    body = line.text.strip(" \u3000\r")
    if body.count("|") >= 2 and body.startswith("|"):
        return [f.strip() for f in body.strip("|").split("|")]
    body = re.sub(r"^(\s*[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．)）])\t+", r"\1 ", body)
    return [f.strip() for f in body.split("\t")] if "\t" in body.strip() else []


def _with_tables(lines: list[Line]) -> list[Block]:
    out: list[Block] = []
    run: list[tuple[Line, list[str]]] = []
    aligned = 0
    for line in lines:
        fields = _fields(line)
        if not fields:
            aligned, fields = _aligned(line, aligned)
        if fields:
            run.append((line, fields))
            continue
        if run:
            out += _run(run)
            run = []
        out.append(Line(line.no, line.text.strip(), line.gap))
    return out + (_run(run) if run else [])


def _aligned(line: Line, columns: int) -> tuple[int, list[str]]:
    """Columns kept apart by spaces only: believed below a line of column titles, while the count of fields holds."""
    text = line.text.strip()
    single = re.split(r"[ \u3000]+", text)
    if 3 <= len(single) <= 8 and len(words.titles_of(match_copy(text))) == len(single):
        return len(single), single
    if not columns:
        return 0, []
    for fields in (re.split(r" {2,}|\u3000+", text), single):
        if len(fields) == columns or (len(fields) == columns - 1 >= 3 and fields is not single):
            return columns, fields
    return 0, []


def _run(run: list[tuple[Line, list[str]]]) -> list[Block]:
    if len(run) < 2:
        return [Line(line.no, line.text.strip(), line.gap) for line, _ in run]
    columns = max(len(fields) for _, fields in run)
    rows = []
    for line, fields in run:
        if all(set(f) <= set(":- ") for f in fields):
            continue
        cells = [Cell([Line(line.no, part) for part in re.split(r"<br/?>", f) if part]) for f in fields]
        rows.append(cells + [Cell() for _ in range(columns - len(cells))])
    return [Table(rows)]


def read_data(path: str) -> tuple[bytes, str]:
    """The bytes and the name of a file, or of standard input for "-"."""
    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"
    file = Path(path)
    try:
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            raise Unreadable("large", name=file.name, limit=MAX_BYTES // 1_000_000)
        return file.read_bytes(), file.name
    except OSError:
        raise Unreadable("closed", name=file.name) from None
