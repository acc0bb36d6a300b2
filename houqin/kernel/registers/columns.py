"""Columns: how one value stands in a table, in a sheet and in a list of facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from ..fields import Money
from ..records import Numbered, Record
from ..ui import wording


@dataclass
class Column:
    """A column named after a field path, or computed.

    `value(record)` gives the plain value (for sheets and sorting); `html(record)` its markup. `sort` is the field path
    to order by ("" = not sortable). `kind` picks the alignment: text, number, date, state.
    """

    name: str
    label: Any = None
    value: Callable[[Any], Any] | None = None
    html: Callable[[Any], Any] | None = None
    sort: str | None = None
    kind: str = "text"
    needs: str = ""
    """Field paths the computed value reads (for `only()` and `select_related`)."""

    @property
    def css(self) -> str:
        return {"number": "num", "date": "num t2", "state": "nw"}.get(self.kind, "wide")


@cache
def fields_along(model: Any, path: str) -> list[Any]:
    """The model fields a path such as "place__name" goes through; empty when a part is no field."""
    found: list[Any] = []
    for part in path.split("__"):
        try:
            found.append(model._meta.get_field(part))
        except FieldDoesNotExist:
            return []
        model = found[-1].related_model
        if model is None and len(found) < path.count("__") + 1:
            return []
    return found


def getter(path: str) -> Callable[[Any], Any]:
    """Read a path from a record; None as soon as a part is None, methods are called."""
    parts = path.split("__")

    def get(record: Any) -> Any:
        for part in parts:
            if record is None:
                return None
            record = getattr(record, part)
        return record() if callable(record) and not hasattr(record, "all") else record

    return get


def writer(field: Any, full: bool = False) -> Callable[[Any], str]:
    """How a value of this model field is written: short in tables, `full` in lists of facts."""
    if getattr(field, "choices", None):
        return lambda value: choices_in(field, get_language()).get(value, value)
    if isinstance(field, models.DateTimeField):
        return _full_moment if full else wording.moment
    if isinstance(field, models.DateField):
        return wording.fullday if full else wording.day
    if isinstance(field, models.BooleanField):
        return lambda value: wording.NOTHING if value is None else _("Yes") if value else _("No")
    if isinstance(field, Money):
        return wording.money if full else wording.amount
    if isinstance(field, models.DecimalField | models.FloatField):
        return wording.qty
    if field is not None and (field.many_to_many or field.one_to_many):
        return lambda value: "、".join(str(v) for v in value.all()) or wording.NOTHING
    return lambda value: wording.NOTHING if value is None or value == "" else str(value)


def _full_moment(value: Any) -> str:
    return f"{wording.fullday(value)} {timezone.localtime(value):%H:%M}" if value else wording.NOTHING


def _kind(field: Any) -> str:
    if getattr(field, "choices", None):
        return "text"
    if isinstance(field, models.DateField):
        return "date"
    numeric = models.DecimalField | models.IntegerField | models.FloatField
    return "number" if isinstance(field, numeric) and not field.is_relation else "text"


def label_of(model: Any, path: str, unit: bool = False) -> str:
    """The words of a path's last telling field; money says (yuan) where its values do not."""
    fields = fields_along(model, path)
    named = next((f for f in reversed(fields) if not (f.name == "name" and len(fields) > 1)), None)
    if named is None:
        return path
    label = str(capfirst(getattr(named, "verbose_name", None) or named.related_model._meta.verbose_name_plural))
    told = not unit or label.endswith((")", "）")) or not isinstance(fields[-1], Money)
    return label if told else _("%(label)s (yuan)") % {"label": label}


def state_html(record: Any, dot: bool = False) -> Markup:
    """The state as a pill, or as a dot and words in tables; nothing for records without one."""
    model = record._meta.model
    if not fields_along(model, "state"):
        return Markup("")
    words = said(record, "state")
    return Markup(f'<span class="hq-st {"pl " if dot else ""}is-{record.tone()}">{words}</span>')  # noqa: S704


@cache
def choices_in(field: Any, language: str | None) -> dict[Any, Any]:
    """{value: escaped words} of a field's choices in one language: a list would translate them again for each row."""
    return {None: wording.NOTHING, "": wording.NOTHING} | {value: escape(words) for value, words in field.flatchoices}


def said(record: Any, name: str) -> Any:
    """What `get_<name>_display()` says, without translating every choice each time: for columns and cards."""
    value = getattr(record, name)
    return choices_in(record._meta.get_field(name), get_language()).get(value, value)


@cache
def _home(model: Any) -> str:
    own = model.get_absolute_url is Record.get_absolute_url
    return reverse(model.url_name("list")) if own else ""


def address(record: Any) -> str:
    """A record's page; the route is looked up once a model."""
    home = _home(record._meta.model)
    return f"{home}{record.pk}/" if home else record.get_absolute_url()


def bind(register: Any, given: str | Column) -> Column:
    """A column with everything filled in that its field tells."""
    column = Column(given) if isinstance(given, str) else given
    fields = fields_along(register.model, column.name)
    field = fields[-1] if fields else None
    get = column.value or getter(column.name)
    write = writer(field)
    html = column.html
    if html is None and column.name == "state" and field is not None and not column.value:
        html = lambda record: state_html(record, dot=True)  # noqa: E731
    elif html is None:
        html = lambda record: write(get(record))  # noqa: E731
    plural = field is not None and (field.many_to_many or field.one_to_many)
    sort = column.sort if column.sort is not None else column.name if fields and not plural else ""
    needs = column.needs or (column.name if fields else "")
    kind = column.kind if column.kind != "text" or field is None else _kind(field)
    return replace(column, value=get, html=html, sort=sort, needs=needs, kind=kind)


@cache
def columns(register: Any) -> dict[str, Column]:
    """Every column a list of this register can show, by name; the first one links to the record."""
    given = register.columns.replace(",", " ").split() if isinstance(register.columns, str) else list(register.columns)
    bound = [bind(register, one) for one in [*given, *register.extra_columns.replace(",", " ").split()]]
    if bound:
        link = next((c for c in bound if c.name == "number" and issubclass(register.model, Numbered)), bound[0])
        bound[bound.index(link)] = replace(link, html=_linked(register, link.html))
    return {column.name: column for column in bound}


def _linked(register: Any, inner: Any) -> Callable[[Any], Markup]:
    return lambda record: Markup(f'<a class="no" href="{address(record)}">{escape(inner(record))}</a>')  # noqa: S704


def heading_of(register: Any, column: Column) -> str:
    """The column's words, in the language of the request."""
    return str(column.label) if column.label is not None else label_of(register.model, column.name, unit=True)


def slim(register: Any, queryset: Any, shown: list[Column]) -> Any:
    """Only what the columns read: joins for relations, long texts left out unless somebody reads them.

    `Register.needs` names what card, tone and heading read beyond the columns; without it every short field is loaded.
    """
    joins, only, prefetch = _slim(register, " ".join(column.needs for column in shown))
    queryset = queryset.select_related(*joins) if joins else queryset.select_related(None)
    return queryset.only(*only).prefetch_related(*prefetch)


@cache
def _slim(register: Any, needs: str) -> tuple[list[str], list[str], list[str]]:
    """What to join, to load and to prefetch."""
    model = register.model
    paths = needs.split() + register.related.split()
    only, joins, prefetch = _own(register), set(), set()
    for path in paths:
        fields = fields_along(model, path)
        depth = 0
        while depth < len(fields) and (fields[depth].many_to_one or fields[depth].one_to_one):
            depth += 1
        joined, parts = "__".join(path.split("__")[:depth]), path.split("__")
        if joined:
            joins.add(joined)
            only |= {"__".join(parts[: i + 1]) for i in range(depth)}
            only |= _said(fields[depth - 1], joined) if depth == len(fields) else set()
        if depth < len(fields) and (fields[depth].many_to_many or fields[depth].one_to_many):
            prefetch.add("__".join(parts[: depth + 1]))
        elif depth < len(fields):
            only.add(path)
    return sorted(joins), sorted(only), sorted(prefetch)


def named(register: Any, queryset: Any) -> Any:
    """Every field of the records themselves, but only the names of what they refer to (and what `reads` says)."""
    joins, only = _named(register)
    return queryset.select_related(*joins).only(*only)


@cache
def _named(register: Any) -> tuple[list[str], list[str]]:
    fields = register.opts.concrete_fields
    # Not a whole record of its own kind: that is rare, wide, and read by one more query where there is one.
    wide = None if hasattr(register.model, "said_by") else register.model
    joined = [f for f in fields if f.many_to_one and f.related_model is not wide]
    only = {f.name for f in fields}.union(register.reads.split(), *(_said(f, f.name) for f in joined))
    return [f.name for f in joined], sorted(only)


def _own(register: Any) -> set[str]:
    wanted = set(register.needs.split()) | {name for name in register.search.split() if "__" not in name}
    if register.needs:
        return {"pk", *wanted} | ({"state"} if fields_along(register.model, "state") else set())
    long = models.TextField | models.JSONField | models.BinaryField
    return {f.name for f in register.opts.concrete_fields if not isinstance(f, long) or f.name in wanted}


def _said(field: Any, path: str) -> set[str]:
    """The columns of a related record that its `str()` reads: `Model.said_by` names them, else all."""
    model = field.related_model
    said = getattr(model, "said_by", "").split()
    if not said and issubclass(model, get_user_model()):
        said = ["username", *(f.name for f in model._meta.concrete_fields if f.name == "name")]
    return {f"{path}__{name}" for name in said or [f.name for f in model._meta.concrete_fields]}
