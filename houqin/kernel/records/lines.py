"""Rows of a document: written, replaced and totalled in one place."""

from typing import Any, ClassVar

from django.db import models

from ..verbs import plain


class Line(models.Model):
    """One row of a document. The head is a ForeignKey called `head`; `asks` names the fields of the row in order."""

    position = models.PositiveIntegerField(default=0, editable=False)

    asks: ClassVar[str] = ""

    class Meta:
        abstract = True

    @classmethod
    def names(cls) -> list[str]:
        return cls.asks.replace(",", " ").split()

    def facts(self) -> dict[str, Any]:
        return {name: plain(getattr(self, name)) for name in self.names()}

    def derive(self) -> None:
        """Compute what a row's fields imply (its amount) before it is checked."""

    @classmethod
    def replace(cls, head: Any, manager: Any, rows: list[dict[str, Any]]) -> list[Any] | None:
        """Make the document's rows these; returns [was, is] as facts, or None when they were the same already."""
        old = [line.facts() for line in manager.order_by("position")]
        new = [
            cls(**{"head": head, "position": i} | {k: row[k] for k in cls.names() if k in row})
            for i, row in enumerate(rows)
        ]
        for line in new:
            line.derive()
        now = [line.facts() for line in new]
        if now == old:
            return None
        for line in new:
            line.full_clean(exclude=["head"])
        manager.all().delete()
        cls._default_manager.bulk_create(new)
        return [old, now]
