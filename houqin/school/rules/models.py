"""Every number of a rule is a row here, declared in code with its default and edited by the school."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.records import Record
from houqin.kernel.verbs import verb

from .snapshots import Snapshot

Value = int | Decimal | str
UNITS = (
    gettext_noop("min"), gettext_noop("h"), gettext_noop("days"), gettext_noop("working days"), gettext_noop("weeks"),
    gettext_noop("months"), gettext_noop("years"), gettext_noop("times"), gettext_noop("persons"),
    gettext_noop("photos"), gettext_noop("yuan"), gettext_noop("%"), gettext_noop("MB"), "g", "℃", "mm",
)  # fmt: skip


class Confidence(models.TextChoices):
    """How sure the source is: the marks of domain/20."""

    VERIFIED = "V", _("read in the text")
    HIGH = "H", _("high confidence")
    MEDIUM = "M", _("to be checked")
    LOCAL = "L", _("custom of the school")


class Kind(models.TextChoices):
    INTEGER = "int", _("whole number")
    DECIMAL = "decimal", _("decimal number")
    TEXT = "text", _("text")


@dataclass(frozen=True)
class Declared:
    """What the code says about a number before the school says anything."""

    code: str
    default: Value
    unit: str
    label: Any
    source: str
    area: str
    confidence: str
    effective_on: date | None
    note: str
    check: Callable[[Any], Any] | None

    @property
    def kind(self) -> Kind:
        if isinstance(self.default, str):
            return Kind.TEXT
        return Kind.DECIMAL if isinstance(self.default, Decimal) else Kind.INTEGER


declared: dict[str, Declared] = {}


def declare(
    code: str, default: Value, unit: str = "", *, label: Any, source: str, area: str,
    confidence: str = "L", effective_on: date | None = None, note: str = "",
    check: Callable[[Any], Any] | None = None,
) -> str:  # fmt: skip
    """Say at import time that a number exists; returns its code. `unit` is one of UNITS or "", `area` an app label.

    `check` raises ValueError for a value that makes no sense (a span of hours, a range); the form then refuses it.
    """
    declared[code] = Declared(code, default, unit, label, source, area, confidence, effective_on, note, check)
    return code


SCHOOL_NAME = declare("school.name", "", label=_("name of the school"), source="", area="school")


def value(code: str, on: date | None = None) -> Any:
    """The number in force on a day (default today), typed as its default: int, Decimal or str.

    Raises KeyError for a code nobody declared.
    """
    day = on or clock.today()
    in_force = [row for row in _rows.get().get(code, ()) if row[0] is None or row[0] <= day]
    return in_force[-1][1] if in_force else declared[code].default


def text(code: str, on: date | None = None) -> str:
    """The number in force with its unit, as it stands beside the check that uses it: "15 分钟"."""
    unit = declared[code].unit
    return f"{value(code, on)} {gettext(unit)}" if unit else str(value(code, on))


class Rule(Record):
    """A number that a law, a rule or the school's custom prescribes, and from which day."""

    code = models.CharField(_("code"), max_length=60)
    label = models.CharField(_("what it is"), max_length=120, blank=True)
    area = models.CharField(_("module"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, blank=True, editable=False)
    value = models.CharField(_("value"), max_length=400, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=1, choices=Confidence, default=Confidence.LOCAL)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules and numbers")
        ordering = ["area", "code", models.F("effective_on").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_on"], name="rule_once_a_day"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(effective_on=None), name="rule_once_at_first"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @verb(_("Change from a day"), past="changed", icon="calendar-plus", tone="primary")
    def change(
        self, *, by: Any,
        value: Annotated[str, _("new value"), "short"], effective_on: Annotated[date, _("in force from")],
        source: Annotated[str, _("source"), "short"] = "", note: Annotated[str, _("note"), "short"] = "",
    ) -> None:  # fmt: skip
        """The law or the custom changes on a day: until then the old value counts, from then on the new one."""
        Rule.add(by=by, code=self.code, value=value, effective_on=effective_on, source=source or self.source, note=note)

    def prepare(self, by: Any) -> None:
        super().prepare(by)
        known = declared.get(self.code)
        if known:
            with translation.override(settings.LANGUAGE_CODE):
                self.label = self.label or str(known.label)
            self.area, self.unit, self.kind = known.area, known.unit, known.kind
            self.source = self.source or known.source

    def clean(self) -> None:
        super().clean()
        known = declared.get(self.code)
        if known is None:
            raise ValidationError({"code": gettext("No part of the program asks for this number.")})
        try:
            given = typed(known.kind, self.value)
            sensible(known, given)
        except (InvalidOperation, ValueError) as why:
            raise ValidationError({"value": gettext("Write it like this: %s") % known.default}) from why
        self.value = str(given)
        if self.effective_on and not date(1949, 10, 1) <= self.effective_on <= date(2100, 1, 1):
            raise ValidationError({"effective_on": gettext("Enter a day of our time, for example 2026-09-01.")})

    @property
    def title(self) -> Any:
        known = declared.get(self.code)
        return known.label if known else self.label or self.code

    @property
    def shown(self) -> str:
        return f"{self.value} {gettext(self.unit)}" if self.unit else self.value

    def in_force(self, on: date | None = None) -> bool:
        """Is this the row that counts on a day (default today)?"""
        day = on or clock.today()
        rows = [row for row in _rows.get().get(self.code, ()) if row[0] is None or row[0] <= day]
        return bool(rows) and rows[-1][0] == self.effective_on


def sensible(known: Declared, given: Value) -> None:
    """Raises ValueError for a number that would stop the work: below zero, or no time at all, or beyond a lifetime."""
    if known.check:
        known.check(given)
    if not isinstance(given, str):
        least = 0 if not known.unit or known.default == 0 else 1 if known.kind == Kind.INTEGER else 0
        most = 1 if not known.unit and known.default in (0, 1) else 1_000_000
        if not least <= given <= most:
            raise ValueError(given)


def typed(kind: str, written: str) -> Value:
    """The text of a value as its type. Raises ValueError or InvalidOperation."""
    written = written.strip()
    if kind == Kind.INTEGER:
        return int(written)
    if kind == Kind.DECIMAL:
        number = Decimal(written)
        if not number.is_finite():
            raise ValueError(written)
        return number
    return written


def _load() -> dict[str, list[tuple[date | None, Value]]]:
    found: dict[str, list[tuple[date | None, Value]]] = {}
    rows = Rule.objects.order_by(models.F("effective_on").asc(nulls_first=True))
    for code, day, kind, written in rows.values_list("code", "effective_on", "kind", "value"):
        found.setdefault(code, []).append((day, typed(kind, written)))
    return found


_rows = Snapshot(_load).drop_on("rules")


def seed(**_kwargs: Any) -> None:
    """After every migrate: declared numbers without a row get one; rows the school edited stay as they are."""
    if Rule._meta.db_table not in connection.introspection.table_names():
        return
    there = set(Rule.objects.values_list("code", flat=True))
    with transaction.atomic():
        for rule in declared.values():
            if rule.code not in there:
                Rule.add(
                    by=None, code=rule.code, value=str(rule.default), source=rule.source, note=rule.note,
                    confidence=rule.confidence, effective_on=rule.effective_on,
                )  # fmt: skip
    _rows.drop()
