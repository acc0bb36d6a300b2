"""Reads a school's work plan, in whatever form a clerk wrote it, into plans, periods and items. Knows no Django.

`read_text`, `read_bytes` and `read_file` give a `Reading`; a document that cannot be read raises `Unreadable` with one
sentence. `year` is the autumn of the school year, `first_day` the first day of week 1."""

from datetime import date

from .answer import Item, Measure, Period, Plan, Prose, Reading, Remark, Suggestion
from .areas import MODULES
from .assemble import read_blocks
from .blocks import PASTED, Block, Unreadable
from .check import check
from .dates import Dating, year_line, years_for
from .owntime import own_time
from .source import blocks_of, read_data, text_blocks
from .suggest import suggest

__all__ = [
    "MODULES", "Item", "Measure", "Period", "Plan", "Prose", "Reading", "Remark", "Suggestion", "Unreadable",
    "read_bytes", "read_file", "read_text", "years_for",
]  # fmt: skip


def read_text(text: str, *, year: int | None = None, first_day: date | None = None) -> Reading:
    """Reads pasted text. Raises Unreadable when there is none."""
    if not text.strip("\ufeff\x00 \t\r\n\u3000"):
        raise Unreadable("void", name=PASTED)
    return _read(text_blocks(text), year, first_day)


def read_bytes(data: bytes, name: str, *, year: int | None = None, first_day: date | None = None) -> Reading:
    """Reads a document by its content; the name only helps in telling its kind and in messages."""
    return _read(blocks_of(data, name), year, first_day)


def read_file(path: str, *, year: int | None = None, first_day: date | None = None) -> Reading:
    """Reads a file; "-" is standard input."""
    data, name = read_data(str(path))
    return read_bytes(data, name, year=year, first_day=first_day)


def _read(blocks: list[Block], year: int | None, first_day: date | None) -> Reading:
    reading, heads = read_blocks(blocks)
    for plan, pairs in zip(reading.plans, heads, strict=True):
        pairs = pairs or own_time(reading, plan)
        before = [u.text for u in reading.unread if u.code == "before"] if len(reading.plans) == 1 else []
        Dating(reading, year_line(plan, before), pairs, year, first_day).run()
    suggest(reading)
    check(reading)
    reading.unread.sort(key=lambda u: u.line)
    return reading
