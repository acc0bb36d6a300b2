"""Document numbers such as WX-2026-0001: one series a kind and year, never used twice, never skipped silently."""

from typing import Annotated, Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import clock
from ..verbs import verb
from .base import Record

DEFAULT_PATTERN = "{prefix}-{year}-{serial:04d}"


class NumberKind(Record):
    """How the numbers of one kind of document are written."""

    prefix = models.CharField(gettext_lazy("prefix"), max_length=10, unique=True)
    label = models.CharField(gettext_lazy("document"), max_length=60)
    pattern = models.CharField(gettext_lazy("pattern"), max_length=60, default=DEFAULT_PATTERN)

    class Meta:
        app_label = "kernel"
        verbose_name = gettext_lazy("document number")
        verbose_name_plural = gettext_lazy("document numbers")

    def __str__(self) -> str:
        return f"{self.prefix} {self.label}"

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        try:
            samples = {self.pattern.format(prefix=self.prefix, year=2026, serial=n) for n in (1, 2)}
            samples.add(self.pattern.format(prefix=self.prefix, year=2027, serial=1))
        except (KeyError, IndexError, ValueError) as why:
            raise ValidationError({"pattern": _("Write it as %s.") % DEFAULT_PATTERN}) from why
        if len(samples) < 3:
            raise ValidationError({"pattern": _("The pattern needs {year} and {serial}, or numbers would repeat.")})


class NumberSeries(models.Model):
    """The last serial given out for a prefix in a year."""

    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year}: {self.last}"

    @classmethod
    def take(cls, prefix: str, year: int, count: int = 1) -> range:
        """The next `count` serials, inside the caller's transaction: a rollback gives them back."""
        cls.objects.get_or_create(prefix=prefix, year=year)
        series = cls.objects.select_for_update().get(prefix=prefix, year=year)
        series.last += count
        series.save()
        return range(series.last - count + 1, series.last + 1)


def write_number(prefix: str, year: int, serial: int) -> str:
    pattern = NumberKind.objects.filter(prefix=prefix).values_list("pattern", flat=True).first()
    return (pattern or DEFAULT_PATTERN).format(prefix=prefix, year=year, serial=serial)


class Numbered(Record):
    """A document with a number; a void one keeps it (作废留号)."""

    number = models.CharField(gettext_lazy("number"), max_length=40, unique=True, editable=False)
    serial = models.PositiveIntegerField(editable=False, default=0)
    voided_at = models.DateTimeField(gettext_lazy("voided at"), null=True, editable=False)

    prefix: ClassVar[str] = ""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    def prepare(self, by: Any) -> None:
        super().prepare(by)
        if not self.number:
            year = self.number_year()
            (self.serial,) = NumberSeries.take(self.prefix, year)
            self.number = write_number(self.prefix, year, self.serial)

    def number_year(self) -> int:
        return clock.today().year

    def barred(self) -> str | None:
        return _("It is void.") if self.voided_at else super().barred()

    @verb(gettext_lazy("Void"), past="voided", icon="ban", tone="danger")
    def void(self, *, by: Any, reason: Annotated[str, gettext_lazy("reason")]) -> None:
        """The document no longer counts; its number stays in the ledger and is never used again."""
        self.voided_at = clock.now()
