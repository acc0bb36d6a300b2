"""From an uploaded file to a table of texts: which sheet, where the header is, which rows are records."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import rawsheet
from .reading import plain_text

MOST, MEGABYTES, UNPACKED, SECONDS, DEEP = 20_000, 20, 400, 90, 30
NO_RECORD = re.compile(r"(本页)?([合小总共]计|累计)|(制表|填[表报制]|审核|单位负责|负责)人?:|(备注|说明|注):")
SERIAL = {"序号", "serial", "no.", "no"}
Cells = list[tuple[int, list[str]]]


def words(text: Any) -> str:
    """A heading for comparison: 联系电话（必填） *, 联系 电话 and 联系电话: are the same."""
    return re.sub(r"[\s*:﹡]|\([^)]*\)$", "", plain_text(text)).lower()


def kind_of(data: bytes, name: str) -> str:
    """xlsx, xlsb, ods, xls or csv, by content. Raises ValidationError for anything else and for zip bombs."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "xls"
    if data[:4] == b"PK\x03\x04":
        if found := _packed(data):
            return found
    elif name.lower().endswith((".csv", ".txt")) and (data[:2] in UTF16 or b"\0" not in data):
        return "csv"
    raise ValidationError(_("This is no Excel, WPS or CSV sheet. Open it in Excel or WPS and save it as .xlsx."))


def _packed(data: bytes) -> str | None:
    try:
        packed = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as why:
        raise ValidationError(_("The file is damaged. Save it again in Excel or WPS and choose it anew.")) from why
    if sum(part.file_size for part in packed) > UNPACKED * 2**20 or len(packed) > 5000:
        words = _("The file unpacks to more than %(n)s MB. Copy the rows into a new sheet.")
        raise ValidationError(words % {"n": UNPACKED})
    kinds = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
    return next((kinds[part.filename] for part in packed if part.filename in kinds), None)


UTF16 = (b"\xff\xfe", b"\xfe\xff")


def tables(path: Path) -> list[tuple[str, Cells]]:
    """[(sheet, [(row number, cells)])] of a file whose suffix is its kind; blank rows are left out."""
    if path.suffix == ".csv":
        return [("", _csv(path.read_bytes()))]
    command = [sys.executable, "-I", rawsheet.__file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as why:
        raise ValidationError(_("Reading the file takes too long. Copy the rows into a new sheet.")) from why
    if done.returncode:
        raise ValidationError(
            {
                rawsheet.PASSWORD: _("The file is protected by a password. Save it without one."),
                rawsheet.TOO_LARGE: _("The sheet is too large. Import at most %(n)s rows at a time.") % {"n": MOST},
            }.get(done.returncode, unreadable())
        )
    found: list[tuple[str, Cells]] = []
    for line in done.stdout.splitlines():
        value = json.loads(line)
        if isinstance(value, str):
            found.append((value, []))
        else:
            found[-1][1].append((value[0], value[1]))
    return found


def unreadable() -> str:
    return _("The file cannot be read. Save it as .xlsx in Excel or WPS and choose it anew.")


def _csv(data: bytes) -> Cells:
    code = "utf-16" if data[:2] in UTF16 else "utf-8-sig"
    try:
        text = data.decode(code)
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    latin = len(re.findall("[\u0080-\u00ff]", text)) > 2 and not re.search("[\u4e00-\u9fff]", text)
    if latin or "\ufffd" in text or "锟斤拷" in text:
        raise ValidationError(_("The Chinese characters in the file are broken. Save it as .xlsx, or as CSV UTF-8."))
    head = text[:4000]
    mark = max(",\t;", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as why:
        raise ValidationError(unreadable()) from why
    return [(at, [_free(cell) for cell in row]) for at, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]


def _free(cell: str) -> str:
    """Without the apostrophe our own export puts before what looks like a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


@dataclass
class Table:
    """The rows of one sheet under their names. `columns` is {position: name}; names are those `known` leads to."""

    sheet: str
    columns: dict[int, str]
    heads: dict[str, str]
    unknown: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def find(sheets: list[tuple[str, Cells]], known: dict[str, str], aliases: dict[str, str]) -> Table:
    """The sheet and header row with most known headings ({words(heading): name}); "" means known but not read.

    An alias stands for its field only where the field has no column of its own.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    for at, (_sheet, cells) in enumerate(sheets):
        for row, (_number, line) in enumerate(cells[:DEEP]):
            hits = len({known.get(w) or aliases.get(w) for w in map(words, line)} - {None, ""})
            best = max(best, (hits, -at, -row))
    hits, at, row = best[0], -best[1], -best[2]
    if not hits:
        raise ValidationError(_("No header row was found. The first row needs headings such as those of the template."))
    sheet, cells = sheets[at]
    head, body = list(cells[row][1]), cells[row + 1 :]
    both = {**aliases, **{word: name or aliases.get(word, "") for word, name in known.items()}}
    if body and _second_head(head, body[0][1], both):
        below, body = body[0][1], body[1:]
        head = [_lower(head, below, i, both) for i in range(max(len(head), len(below)))]
    table = Table(sheet, {}, {})
    _place(table, head, known, aliases)
    table.rows = [(number, cut) for number, line in body if (cut := _record(table, line, head))]
    if len(table.rows) > MOST:
        raise ValidationError(_("The sheet is too large. Import at most %(n)s rows at a time.") % {"n": MOST})
    return table


def _place(table: Table, head: list[str], known: dict[str, str], aliases: dict[str, str]) -> None:
    """Say which column carries which field, and which are not read or are there twice."""
    own = {known[words(text)] for text in head if known.get(words(text))}
    for i, text in enumerate(head):
        word = words(text)
        alias = aliases.get(word) if not known.get(word) else None
        name = alias if alias and alias not in own else known.get(word, "" if alias else None)
        if name and name in table.columns.values():
            table.double.append(text.strip())
        elif name:
            table.columns[i], table.heads[name] = name, text.strip().strip("*")
        elif name is None and word not in SERIAL and text.strip():
            table.unknown.append(text.strip())


def _second_head(head: list[str], below: list[str], known: dict[str, str]) -> bool:
    """A header of two merged rows: the second one names columns that the first leaves open or only groups."""
    first = {known[w] for w in map(words, head) if known.get(w)}
    second = [known.get(words(text)) for text in below if text.strip()]
    return bool(second) and all(second) and bool(set(second) - first)


def _lower(head: list[str], below: list[str], at: int, known: dict[str, str]) -> str:
    under = below[at] if at < len(below) else ""
    return under if known.get(words(under)) else head[at] if at < len(head) else ""


def _record(table: Table, line: list[str], head: list[str]) -> dict[str, str]:
    """The row's texts by name; empty for blank rows, totals, signatures and headers repeated on each page."""
    filled = [(at, text) for at, text in enumerate(line) if text.strip()]
    first = [NO_RECORD.match(re.sub(r"\s", "", plain_text(text))) for _at, text in filled[:2]]
    if any(first) or all(words(text) in {*SERIAL, words(head[at] if at < len(head) else "")} for at, text in filled):
        return {}
    cut = {name: line[at].strip() if at < len(line) else "" for at, name in table.columns.items()}
    return cut if any(cut.values()) else {}
