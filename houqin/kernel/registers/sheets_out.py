"""Lists as .xlsx and .csv: all a register knows of the filtered records, typed, ready to print and to read back."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import access, clock
from ..events import Event
from ..fields import Money
from ..records import Numbered
from . import forms
from .base import registry
from .columns import Column, bind, columns, fields_along, heading_of, slim
from .contributions import asked
from .lists import Listing
from .page import Page

DANGEROUS = re.compile(r"[=+\-@\t\r]")
"""A text that begins so would be run as a formula; in a sheet it is marked as text, in CSV it gets an apostrophe."""
STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEF2F1"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "money": {"num_format": "#,##0.00"},
    "number": {"num_format": "#,##0.######"},
    "whole": {},
    "text": {"num_format": "@"},
    "held": {"num_format": "@", "quote_prefix": True},
}
CHUNK = 2000


def heads(register: Any, user: Any) -> list[tuple[str, Column]]:
    """(heading, column) of a sheet: number, columns, extra columns; the form's own fields for those who may correct
    all they see: a masked phone stays masked for everybody else."""
    first = {"number": bind(register, "number")} if issubclass(register.model, Numbered) else {}
    known = {**first, **columns(register)}
    amends = access.scopes(user, register.model, "amend")
    if access.ALL in amends or amends and access.scopes(user, register.model, "view") <= amends:
        for name, field in forms.add_form(register).base_fields.items():
            if name not in register.model.line_names() and fields_along(register.model, name):
                known[name] = bind(register, Column(name, label=field.label))
    return [(heading_of(register, column), column) for column in known.values()]


def rows(register: Any, queryset: Any, shown: list[Column]) -> Iterator[list[Any]]:
    """The records as typed cells, read from the database piece by piece."""
    bound = [(column.value, (fields_along(register.model, column.name) or [None])[-1]) for column in shown]
    readers = [(read, isinstance(field, Money), dict(getattr(field, "flatchoices", ()))) for read, field in bound]
    for record in slim(register, queryset, shown).iterator(chunk_size=CHUNK):
        yield [_cell(read(record), money, labels) for read, money, labels in readers]  # type: ignore[misc]


def _cell(value: Any, money: bool, labels: dict[Any, Any]) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "all"):
        return "、".join(str(one) for one in value.all()) or None
    if labels and isinstance(value, str | int) and value in labels:
        return str(labels[value])
    if isinstance(value, int | float | Decimal | date):
        return ("money", value) if money else value
    return str(value)


def write_xlsx(out: Any, title: str, lines: list[str], names: list[str], body: Iterator[list[Any]]) -> int:
    """Write the sheet, one row in memory at a time; returns how many records it holds."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])
    styles = {key: book.add_format({"border": 1, **words}) for key, words in STYLES.items()}
    top, last = 1 + len(lines), len(names)
    sheet.merge_range(0, 0, 0, last, title, book.add_format({"bold": True, "font_size": 16, "align": "center"}))
    for at, line in enumerate(lines, 1):
        sheet.write_string(at, 0, line)
    for at, name in enumerate([_("Serial"), *names]):
        sheet.set_column(at, at, 6 if not at else min(max(12, 2 * len(name) + 4), 40))
        sheet.write_string(top, at, name, styles["head"])
    count = 0
    for count, cells in enumerate(body, 1):
        sheet.write_number(top + count, 0, count, styles["whole"])
        for at, cell in enumerate(cells, 1):
            _write(sheet, top + count, at, cell, styles)
    sheet.autofilter(top, 0, top + count, last)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C&P/&N")
    book.close()
    return count


def _write(sheet: Any, row: int, at: int, cell: Any, styles: dict[str, Any]) -> None:
    kind, cell = cell if isinstance(cell, tuple) else ("number", cell)
    if cell is None:
        sheet.write_blank(row, at, None, styles["text"])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, at, timezone.localtime(cell).replace(tzinfo=None), styles["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, at, cell, styles["day"])
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, at, cell, styles["whole" if isinstance(cell, int) else kind])
    else:
        sheet.write_string(row, at, cell[:32767], styles["held" if DANGEROUS.match(cell) else "text"])


def write_csv(out: Any, title: str, lines: list[str], names: list[str], body: Iterator[list[Any]]) -> int:
    """Write UTF-8 with a byte order mark, as Excel and WPS expect; returns how many records it holds."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    table, count = csv.writer(text), 0
    table.writerows([line] for line in [title, *lines])
    table.writerow([_("Serial"), *names])
    for count, cells in enumerate(body, 1):
        table.writerow([count, *(_plain(cell) for cell in cells)])
    text.detach()
    return count


def _plain(cell: Any) -> Any:
    kind, cell = cell if isinstance(cell, tuple) else ("", cell)
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        return "'" + cell if DANGEROUS.match(cell) else cell
    return f"{cell:.2f}" if kind == "money" else cell


def above(register: Any, user: Any) -> list[str]:
    """The lines between title and header: whose list it is; for personal particulars, who took it out and when."""
    unit = [_("Unit: %(name)s") % {"name": name} for name in asked("school")[:1] if name]
    words = _("Personal particulars, for official use only · exported by %(who)s, %(at)s")
    at = f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}"
    return [*unit, *([words % {"who": user, "at": at}] if register.personal else [])]


class ExportPage(Page):
    """GET ?format=xlsx|csv and the list's own query."""

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponseBase:
        user: Any = request.user
        register = self.register
        kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
        shown, title = heads(register, user), str(register.title)
        body = rows(register, Listing(register, user, request.GET).ordered, [column for _words, column in shown])
        folder = settings.DATA_DIR / "uploads"
        folder.mkdir(parents=True, exist_ok=True)
        out = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the answer closes it
        write = write_csv if kind == "csv" else write_xlsx
        count = write(out, title, above(register, user), [words for words, _column in shown], body)
        if register.personal:
            query = request.GET.urlencode()
            Event.record(f"{register.key}.exported", user, by=user, rows=count, format=kind, query=query)
        out.seek(0)
        answer = FileResponse(out, as_attachment=True, filename=f"{title} {clock.today():%Y%m%d}.{kind}")
        answer["Cache-Control"] = "private, no-store"
        return answer


def urlpatterns() -> list[Any]:
    found = []
    for register in (r for r in registry.values() if r.exports):
        base, name = register.key.replace(".", "/"), register.key.replace(".", "_")
        found.append(path(f"{base}/export/", ExportPage.as_view(register=register), name=f"{name}_export"))
    return found
