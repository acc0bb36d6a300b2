"""Filters of a list: compiled once from the fields a register names, read from the URL on each request."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import clock
from ..ui import wording
from . import contributions
from .columns import fields_along, label_of
from .parts import Filter
from .reading import read_day

NONE = "none"
RANGES = {
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
    "year": gettext_lazy("This year"),
}


@dataclass(eq=False)
class Bound:
    """A filter with everything its field tells. `kind` is choice, yes, date or record."""

    name: str
    given: Filter
    kind: str
    field: Any
    labels: dict[str, Any]
    model: Any

    @property
    def label(self) -> str:
        return str(self.given.label or "") or label_of(self.model, self.name)

    def options(self) -> list[tuple[str, str]]:
        """(value in the URL, words) where they are few and known; records are looked up while typing."""
        if self.kind == "date":
            return [(key, str(words)) for key, words in RANGES.items()]
        if self.kind == "record":
            return [(NONE, _("Not given"))] if self.field.null else []
        labels = dict(self.given.choices()) if self.given.choices else self.labels
        return [(str(value), str(words)) for value, words in labels.items() if value not in (None, "")]

    def narrow(self, queryset: Any, values: list[str]) -> Any:
        if self.given.narrow:
            return self.given.narrow(queryset, values if len(values) > 1 else values[0])
        if self.kind == "date":
            return queryset.filter(self._between(*span_of(values[0])))
        if self.kind == "yes":
            return queryset.filter(**{self.name: values[0] == "1"})
        if self.kind == "record":
            found = self._records(values)
            plural = self.field.many_to_many or self.field.one_to_many
            every = self.model._default_manager.order_by()
            return queryset.filter(pk__in=every.filter(found).values("pk")) if plural else queryset.filter(found)
        if self.labels:
            values = [value for value in values if value in map(str, self.labels)]
        elif isinstance(self.field, models.IntegerField):
            values = [value for value in values if _is_pk(value.removeprefix("-")) and len(value) < 10]
        return queryset.filter(**{f"{self.name}__in": values})

    def said(self, values: list[str], typed: str = "") -> str:
        """What is chosen, in words for the chip; `typed` is how the person who chose a record saw it."""
        if self.kind == "record" and typed and len(values) == 1 and values[0] != NONE:
            return typed
        if self.kind == "date" and values[0] not in RANGES:
            return wording.span(*span_of(values[0]))
        known = dict(self.options())
        pks = [value for value in values if self.kind == "record" and _is_pk(value)]
        if pks:
            manager = self.field.related_model._default_manager
            known |= {str(record.pk): str(record) for record in manager.filter(pk__in=pks)}
        return "、".join(known.get(value, value) for value in values)

    def _records(self, values: list[str]) -> Q:
        from .lists import matching

        found = Q(**{f"{self.name}__in": [v for v in values if _is_pk(v)]})
        for value in values:
            if value == NONE:
                found |= Q(**{f"{self.name}__isnull": True})
            elif not _is_pk(value):
                found |= Q(**{f"{self.name}__in": matching(self.field.related_model, value)})
        return found

    def _between(self, start: date | None, end: date | None) -> Q:
        found = Q()
        timed = isinstance(self.field, models.DateTimeField)
        if start:
            found &= Q(**{f"{self.name}__gte": midnight(start) if timed else start})
        if end:
            found &= Q(**{f"{self.name}__lt": midnight(end + timedelta(days=1)) if timed else end + timedelta(days=1)})
        return found


def _is_pk(value: str) -> bool:
    return value.isdecimal() and len(value) < 19


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def span_of(value: str) -> tuple[date | None, date | None]:
    """First and last day of a named range or of "2026-09-01..2026-09-30" (either end may be missing)."""
    today = clock.today()
    if value == "today":
        return today, today
    if value == "week":
        if ends := contributions.asked("week", today):
            return ends[0], ends[1]
        start = today - timedelta(days=(today.weekday() + 1) % 7)
        return start, start + timedelta(days=6)
    if value == "year":
        return today.replace(month=1, day=1), today.replace(month=12, day=31)
    if value in ("month", "last_month"):
        first = today.replace(day=1)
        if value == "last_month":
            return (first - timedelta(days=1)).replace(day=1), first - timedelta(days=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start_text, _sep, end_text = value.partition("..")
    return _day(start_text), _day(end_text if _sep else start_text)


def _day(text: str) -> date | None:
    try:
        day = read_day(text)
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


@cache
def filters(register: Any) -> dict[str, Bound]:
    """Every filter of a register, by the name it has in the URL."""
    given = register.filters.replace(",", " ").split() if isinstance(register.filters, str) else register.filters
    bound = [_bind(register, Filter(one) if isinstance(one, str) else one) for one in given]
    return {one.name: one for one in bound}


def _bind(register: Any, given: Filter) -> Bound:
    fields = fields_along(register.model, given.name)
    last = fields[-1] if fields else None
    if given.choices or given.narrow:
        kind = "choice"
    elif isinstance(last, models.DateField):
        kind = "date"
    elif isinstance(last, models.BooleanField):
        kind = "yes"
    else:
        kind = "record" if last is not None and last.is_relation else "choice"
    yes_no = {"1": gettext_lazy("Yes"), "0": gettext_lazy("No")}
    labels = yes_no if kind == "yes" else dict(getattr(last, "flatchoices", None) or [])
    return Bound(given.name, given, kind, last, labels, register.model)


def applied(register: Any, params: Any) -> dict[str, list[str]]:
    """The filters a URL asks for: {name: values}; empty ones are dropped. Custom ranges come as name_from, name_to."""
    found: dict[str, list[str]] = {}
    for name, one in filters(register).items():
        values = [value.strip() for value in params.getlist(name) if value.strip() and "\x00" not in value]
        if one.kind == "record" and not values and params.get(f"{name}_text", "").strip():
            values = [params[f"{name}_text"].replace("\x00", "").strip()[:100]]
        if one.kind == "date" and not values:
            ends = [params.get(f"{name}_{end}", "").strip() for end in ("from", "to")]
            values = ["..".join(ends)] if any(ends) else []
        if one.kind == "date" and values and values[0] not in RANGES and not any(span_of(values[0])):
            values = []
        if values:
            found[name] = values
    return found


def narrowed(register: Any, queryset: Any, params: Any) -> Any:
    """The queryset under every filter of the URL; values that cannot be read select nothing."""
    for name, values in applied(register, params).items():
        try:
            queryset = filters(register)[name].narrow(queryset, values)
        except (ValueError, TypeError, OverflowError):
            return queryset.none()
    return queryset
