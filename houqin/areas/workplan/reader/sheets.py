"""Spreadsheets: every sheet becomes a table; merged cells are told apart from empty ones."""

import datetime
import io
from typing import Any

from .blocks import Block, Cell, Line, Table, Unreadable

MAX_ROWS, MAX_COLUMNS = 5_000, 80


def sheet_blocks(data: bytes, name: str) -> list[Block]:
    """The sheets of an .xlsx, .xls or .ods. A line's number is its row; later sheets go on counting."""
    try:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        blocks: list[Block] = []
        base = 0
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            if sheet.height > MAX_ROWS * 20:
                raise Unreadable("long", name=name)
            rows = sheet.to_python(skip_empty_area=False)[:MAX_ROWS]
            blocks += _blocks(rows, sheet.merged_cell_ranges or [], base)
            base += len(rows)
    except Unreadable:
        raise
    except BaseException as error:  # noqa: BLE001  the Rust reader may panic on a damaged file
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable("damaged", name=name) from error
    if not blocks:
        raise Unreadable("void", name=name)
    return blocks


def _blocks(rows: list[list[Any]], merges: list[Any], base: int) -> list[Block]:
    wide = min(max((len(r) for r in rows), default=0), MAX_COLUMNS)
    grid = [[_cell(v, base + i + 1) for v in (row + [""] * wide)[:wide]] for i, row in enumerate(rows)]
    for (top, left), (bottom, right) in merges:
        for i in range(top, min(bottom, len(grid) - 1) + 1):
            for j in range(left, min(right, wide - 1) + 1):
                if (i, j) != (top, left):
                    grid[i][j].lines, grid[i][j].up = [], i > top
                    grid[i][j].span = 0 if j > left else right - left + 1
        if top < len(grid) and left < wide:
            grid[top][left].span = min(right, wide - 1) - left + 1
    kept = [j for j in range(wide) if any(row[j].lines or row[j].up or row[j].span != 1 for row in grid)]
    return _sorted([[row[j] for j in kept] for row in grid])


def _sorted(grid: list[list[Cell]]) -> list[Block]:
    """Rows with one cell before the table's second column begins are lines of text: titles and notes."""
    out: list[Block] = []
    table: list[list[Cell]] = []
    for row in grid:
        filled = [cell for cell in row if cell.lines]
        if not filled and not any(cell.up for cell in row):
            continue
        alone = (
            len(filled) == 1 and not any(cell.up for cell in row) and (filled[0].span > 1 or not table or len(row) == 1)
        )
        if alone and (not table or len(row) == 1):
            out += filled[0].lines
        else:
            table.append(row)
    return [*out, Table(table)] if table else out


def _cell(value: Any, row: int) -> Cell:
    text = _shown(value)
    return Cell([Line(row, part.strip()) for part in text.splitlines() if part.strip()])


def _shown(value: Any) -> str:
    """Numbers without a trailing .0, dates as 2026.9.1."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}.{value.month}.{value.day}"
    return str(value).strip()
