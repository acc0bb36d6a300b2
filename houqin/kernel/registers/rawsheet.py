"""Run as a program: prints a workbook as JSON lines of texts. A bomb or a broken file takes down only this process."""

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

ROWS, COLUMNS, CHARACTERS, MEMORY = 21_000, 200, 60_000_000, 1_500_000_000
PASSWORD, TOO_LARGE = 3, 4
ERROR = re.compile(rb'<c r="([A-Z]{1,2})(\d+)"[^>]* t="e"[^>]*>.{0,2000}?<v>(#[A-Z0-9/!?]+)</v>', re.S)


def text(value: Any) -> str:
    """A cell as somebody would read it: whole numbers without a point, days without a time."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else "#LONG!"
    return str(value)


def failures(path: str, number: int) -> dict[int, list[tuple[int, str]]]:
    """{row: [(column, "#N/A")]} of formulas that failed: the reader itself passes over them as if they were blank."""
    found: dict[int, list[tuple[int, str]]] = {}
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(path) as box:
            part = f"xl/worksheets/sheet{number}.xml"
            data = box.read(part) if part in box.namelist() else b""
        for cell in ERROR.finditer(data):
            column = sum((c - 64) * 26**i for i, c in enumerate(reversed(cell[1]))) - 1
            if column < COLUMNS:
                found.setdefault(int(cell[2]), []).append((column, cell[3].decode()))
    return found


def lines(path: str) -> Iterator[Any]:
    """For each visible sheet its name, then its rows."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    shown = [(n, m.name) for n, m in enumerate(book.sheets_metadata, 1) if m.visible == SheetVisibleEnum.Visible]
    for number, name in shown[:12]:
        yield name
        failed = failures(path, number)
        for at, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=ROWS)):
            cells = [text(cell) for cell in row[:COLUMNS]]
            for column, word in failed.get(at + 1, ()):
                cells += [""] * (column + 1 - len(cells))
                cells[column] = word
            if any(cells):
                yield [at + 1, cells]


def main() -> int:
    try:
        import resource
    except ImportError:  # Windows: the time limit of the caller remains
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from python_calamine import PasswordError

    written = 0
    try:
        for line in lines(sys.argv[1]):
            said = json.dumps(line)
            written += len(said)
            if written > CHARACTERS:
                return TOO_LARGE
            sys.stdout.write(said + "\n")
    except PasswordError:
        return PASSWORD
    except MemoryError:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    sys.exit(main())
