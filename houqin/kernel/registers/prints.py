"""Printed forms: data set as PDF by Typst, from a register's own template or from one that fits every record."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from .. import access, clock
from . import forms
from .base import registry
from .codes import address, svg
from .columns import bind, heading_of, slim
from .contributions import asked
from .detail import Detail
from .lists import Listing
from .page import Page
from .parts import Sheet

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ROOT / "kernel/ui/typst"
MOST, LISTED, HISTORY = 500, 2000, 8


@cache
def _fonts() -> Any:
    """黑体 is Noto Sans SC, 宋体 Noto Serif SC, from the wheel: what is printed looks the same on every machine."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


@cache
def template_of(name: str) -> Path:
    """The template "repairs/order.typ" in the templates folder of the app that has it. Raises LookupError."""
    folders = [OWN, *(Path(app.path) / "templates" for app in apps.get_app_configs())]
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if found is None:
        raise LookupError(f"no Typst template {name}")
    return found


def pdf(template: str, data: dict[str, Any], user: Any) -> bytes:
    """Set a form. `data` (JSON values) reaches the template as data only, so that no text can become markup."""
    at = f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}"
    meta = {"by": str(user), "at": at, "unit": next(iter(asked("school")), "")}
    said = json.dumps({"meta": meta} | data, ensure_ascii=False, default=str)
    return typst.compile(str(template_of(template)), root=str(ROOT), font_paths=_fonts(), sys_inputs={"data": said})


def facts_of(register: Any, record: Any, user: Any) -> dict[str, Any]:
    """What the sheet of a register without its own template shows: facts, rows with totals, the last acts."""
    detail = Detail(register, record, user)
    pairs = [(heading_of(register, c), _text(c, record)) for c in _printed(register)]
    tables = [_lines(detail, name) for name in register.model.line_names()]
    history = [[e["at"], e["verb"], e["who"], e["text"]] for e in detail.timeline[:HISTORY]]
    return {
        "title": str(register.model._meta.verbose_name),
        "number": str(getattr(record, "number", "")),
        "code": svg(address(record)) if register.qr else None,
        "facts": pairs,
        "tables": [table for table in tables if table["rows"]],
        "history": history,
    }


def _printed(register: Any) -> list[Any]:
    names = [*register.names("columns"), *forms.add_form(register).base_fields]
    left_out = {"number", *register.model.line_names()}
    own = {getattr(c, "name", c): c for c in ([] if isinstance(register.columns, str) else register.columns)}
    return [bind(register, own.get(name, name)) for name in dict.fromkeys(names) if name not in left_out]


def _text(column: Any, record: Any) -> str:
    """A cell as the list writes it, without markup."""
    return column.html(record).striptags() if hasattr(column.html(record), "striptags") else str(column.html(record))


def _lines(detail: Detail, name: str) -> dict[str, Any]:
    shown = detail._lines(name)
    right = [at for at, (_words, css) in enumerate(shown["heads"]) if "num" in css]
    heads = [words for words, _css in shown["heads"]]
    return {"title": shown["title"], "heads": heads, "rows": shown["rows"], "foot": shown["foot"], "right": right}


class SheetPage(Page):
    """One record's form, or that of several: ?pk=1,2,3, else the list as it is filtered, at most 500."""

    sheet: Any = None

    @property
    def word(self) -> str:
        return self.sheet.verb if self.sheet else "view"

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        records = [self.record] if self.record is not None else self._chosen(request)
        if not records:
            raise Http404
        if not access.may(request.user, self.register.model, "view"):
            raise PermissionDenied
        if self.sheet:
            filled = [self.sheet.fill(record, request.user) for record in records]
            data, template = {"records": filled, "options": self.sheet.options}, self.sheet.template
        else:
            data, template = {"records": [facts_of(self.register, r, request.user) for r in records]}, "record.typ"
        name = records[0] if len(records) == 1 else self.register.title
        return _answer(pdf(template, data, request.user), f"{self.sheet.label if self.sheet else ''}{name}")

    def _chosen(self, request: HttpRequest) -> list[Any]:
        given = ",".join(request.GET.getlist("pk") + request.GET.getlist("id"))
        if not given:
            reach = self.register.queryset(request.user, self.word).values("pk")
            return list(Listing(self.register, request.user, request.GET).ordered.filter(pk__in=reach)[:MOST])
        wanted = [int(one) for one in given.split(",") if one.isdecimal() and len(one) < 19][:MOST]
        found = self.register.queryset(request.user, self.word).in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]


class ListPrint(Page):
    """The filtered list as a table on A4 landscape, in the columns the user sees, at most 2 000 rows."""

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        register, listing = self.register, Listing(self.register, request.user, request.GET)
        shown = listing.chosen
        records = list(slim(register, listing.ordered, shown)[: LISTED + 1])
        body = [[str(at), *(_text(c, record) for c in shown)] for at, record in enumerate(records[:LISTED], 1)]
        heads = [_("Serial"), *(heading_of(register, column) for column in shown)]
        widths = [_width([head, *(row[at] for row in body[:200])]) for at, head in enumerate(heads)]
        cut = _("Only the first %(n)s rows; filter the list to print the others.") % {"n": LISTED}
        right = [at for at, column in enumerate(shown, 1) if column.kind == "number"]
        data = {
            "heads": heads,
            "rows": body,
            "right": right,
            "widths": widths,
            "note": cut if len(records) > LISTED else "",
        }
        return _answer(pdf("list.typ", data | {"title": str(register.title)}, request.user), str(register.title))


def _width(texts: list[str]) -> float:
    """How wide a column should be beside the others: its longest text, Chinese counted double, within reason."""
    return min(max(max(sum(2 if ord(c) > 255 else 1 for c in text) for text in texts), 4), 44)


def _answer(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    answer["Cache-Control"] = "private, no-store"
    return answer


def urlpatterns() -> list[Any]:
    """<app>/<model>/<pk>/sheet/<name>/, …/sheet/<name>/ for several, …/sheet/list/; "record" fits every register."""
    found = []
    for register in registry.values():
        base, name = register.key.replace(".", "/"), register.key.replace(".", "_")
        found.append(path(f"{base}/sheet/list/", ListPrint.as_view(register=register), name=f"{name}_print"))
        given: list[tuple[str, Sheet | None]] = [("record", None), *((s.name, s) for s in register.sheets)]
        for word, sheet in given:
            page = SheetPage.as_view(register=register, sheet=sheet)
            found.append(path(f"{base}/<int:pk>/sheet/{word}/", page, name=f"{name}_sheet_{word}"))
            found.append(path(f"{base}/sheet/{word}/", page, name=f"{name}_sheets_{word}"))
    return found
