"""Run as a program: prints a workbook as JSON lines of texts. A bomb or a broken file takes down only this process."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

ROWS, COLUMNS, CHARACTERS, MEMORY = 21_000, 200, 60_000_000, 1_500_000_000
PASSWORD, TOO_LARGE = 3, 4


def text(value: Any) -> str:
    """A cell as somebody would read it: whole numbers without a point, days without a time."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time().replace(microsecond=0).isoformat() != "00:00:00" else str(value.date())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else "#LONG!"
    return str(value)


def lines(path: str) -> Iterator[Any]:
    """For each visible sheet its name, then its rows."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    for meta in [m for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible][:12]:
        yield meta.name
        sheet = book.get_sheet_by_name(meta.name)
        for at, row in enumerate(sheet.to_python(skip_empty_area=False, nrows=ROWS)):
            cells = [text(cell) for cell in row[:COLUMNS]]
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
