"""What was used on a repair."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel.fields import Money, Quantity, UnitPrice, rounded
from houqin.kernel.records import Line
from houqin.kernel.ui import wording


def told(row: dict[str, Any]) -> str:
    """A row as the history says it: 水龙头 4 分 2 个 × ¥32.00."""
    name = " ".join(filter(None, (row.get("name", ""), row.get("spec", ""))))
    count = f"{wording.qty(row.get('quantity', 1))} {row.get('unit') or ''}".strip()
    return f"{name} {count} × {wording.money(row.get('price') or 0)}"


class Material(Line):
    """One row of material on an order."""

    head = models.ForeignKey("repairs.RepairOrder", models.CASCADE, related_name="materials")
    name = models.CharField(_("material"), max_length=60)
    spec = models.CharField(_("specification"), max_length=60, blank=True, default="")
    quantity = Quantity(_("quantity"), default=Decimal(1))
    unit = models.CharField(_("unit"), max_length=8, blank=True, default="")
    price = UnitPrice(_("unit price"), default=Decimal(0))
    amount = Money(_("amount (yuan)"), editable=False, default=Decimal(0))

    asks = "name spec quantity unit price"

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0, price__gte=0), name="repair_material_positive")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.spec}".strip()

    def clean(self) -> None:
        if self.quantity is not None and self.quantity <= 0:
            raise ValidationError({"quantity": gettext("The quantity must be more than zero.")})
        if self.price is not None and self.price < 0:
            raise ValidationError({"price": gettext("The price cannot be negative.")})

    def derive(self) -> None:
        for name in ("quantity", "price"):
            setattr(self, name, self._meta.get_field(name).to_python(getattr(self, name)))
        if self.quantity is not None and self.price is not None:
            self.amount = rounded(self.quantity * self.price)
