"""Amounts: how money, unit prices and quantities are kept, rounded and shared out."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models


class _Fixed(models.DecimalField):
    digits = 14
    places = 2

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = self.digits, self.places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs


class Money(_Fixed):
    """Yuan with two decimals."""


class UnitPrice(_Fixed):
    """Yuan for one unit, with up to six decimals."""

    digits, places = 16, 6


class Quantity(_Fixed):
    """How much of something, in its own unit, with up to three decimals."""

    places = 3


def rounded(value: Decimal | int | str, places: int = 2) -> Decimal:
    """四舍五入 to `places` decimals, away from zero at the half, as vouchers are rounded line by line."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def allocate(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Share `total` (yuan) by weight so that the shares add up to it again (largest remainder).

    Returns one share a weight, in the same order. Raises ValueError when no weight is positive.
    """
    cents, whole = int(rounded(total) * 100), sum(Decimal(w) for w in weights)
    if whole <= 0 or any(w < 0 for w in weights):
        raise ValueError("the weights must be positive")
    exact = [Decimal(cents) * Decimal(w) / whole for w in weights]
    shares = [int(e.to_integral_value(rounding="ROUND_FLOOR")) for e in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: cents - sum(shares)]:
        shares[i] += 1
    return [Decimal(s) / 100 for s in shares]
