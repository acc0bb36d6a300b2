"""A document on its way into the plan: as it came, as it was read, and what the person who checks has decided."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houqin.kernel.records import Record
from houqin.kernel.verbs import NotAllowed, verb
from houqin.school.people.models import Department
from houqin.school.terms.models import Term

from .. import reader
from ..reader.blocks import Line
from ..reader.source import blocks_of, text_blocks
from . import review
from .reviewing import review as reviewed
from .taking import Taken, already, take


class IntakeState(models.TextChoices):
    READ = "read", gettext_lazy("to be checked")
    IMPORTED = "imported", gettext_lazy("imported")


class Intake(Record):
    """A plan somebody handed in as a document or as pasted text, until it is checked and imported."""

    name = models.CharField(gettext_lazy("document"), max_length=200)
    text = models.TextField(gettext_lazy("pasted text"), blank=True, editable=False)
    file = models.BinaryField(null=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("term"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("department")
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("autumn of the school year"), null=True, blank=True)
    first_day = models.DateField(gettext_lazy("first day of week 1"), null=True, blank=True)
    decisions = models.JSONField(default=dict, editable=False, blank=True)
    """{"plans": {"0": {skip, term, department}}, "periods": {"0.1": {dates}}, "items": {"0.1.2": {skip, text, owner,
    area, start, due, checked, and the answer to each doubt}}, "extra": [{line, period}], "past": bool}"""
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=IntakeState, default=IntakeState.READ, editable=False
    )

    tones = {IntakeState.READ: "wait", IntakeState.IMPORTED: "done"}

    class Meta:
        verbose_name = gettext_lazy("document to import")
        verbose_name_plural = gettext_lazy("documents to import")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workplan_review", args=[self.pk])

    def amend_refusal(self, by: Any) -> str | None:
        done = self.state == IntakeState.IMPORTED
        return _("This document is imported already; correct the tasks themselves.") if done else None

    # what it holds -------------------------------------------------------------

    def read(self) -> reader.Reading:
        """The document by the year and first day chosen. Raises reader.Unreadable."""
        data = bytes(self.file) if self.file else self.text
        return review.read(data, self.name, self.year, self.first_day)

    def lines(self) -> list[tuple[int, str]]:
        """(number, text) of every line that is not empty, as the reader counts them."""
        blocks = blocks_of(bytes(self.file), self.name) if self.file else text_blocks(self.text)
        found: dict[int, list[str]] = {}
        for block in blocks:
            cells = (
                [block]
                if isinstance(block, Line)
                else [line for row in block.rows for cell in row for line in cell.lines]
            )
            for line in cells:
                if line.text.strip() and line.text not in found.setdefault(line.no, []):
                    found[line.no].append(line.text)
        return [(number, "　".join(texts)) for number, texts in sorted(found.items()) if texts]

    def review(self) -> review.Review:
        found = reviewed(self)
        found.already = already(found)
        return found

    # deciding --------------------------------------------------------------------

    def decide(self, kind: str, key: str, **given: Any) -> None:
        """Keep answers about a plan, a period or an item; None forgets one. No history: a draft is a draft."""
        empty = ("owner", "term", "department")

        def change(decisions: dict[str, Any]) -> None:
            held = decisions.setdefault(kind, {}).setdefault(key, {}) | given
            decisions[kind][key] = {name: value for name, value in held.items() if value is not None or name in empty}

        self._keep(change)

    def take_up(self, line: int, period: str) -> None:
        """Take a line the reader left out as a task of a period."""

        def change(decisions: dict[str, Any]) -> None:
            kept = [extra for extra in decisions.get("extra", []) if extra["line"] != line]
            decisions["extra"] = [*kept, {"line": line, "period": period}]

        self._keep(change)

    def close_past(self, done: bool) -> None:
        """Import what was due before today as completed, not as overdue."""
        self._keep(lambda decisions: decisions.update(past=done))

    def _keep(self, change: Callable[[dict[str, Any]], Any]) -> None:
        """Change the decisions under a lock: answers sent at the same moment do not undo each other."""
        with transaction.atomic():
            self.lock()
            if self.state != IntakeState.READ:
                raise NotAllowed(self.amend_refusal(None) or "")
            change(self.decisions)
            self.save(update_fields=["decisions"])

    def _clear(self, by: Any) -> str | None:
        try:
            left = len(self.review().pending)
        except reader.Unreadable as why:
            return str(why)
        return (
            ngettext("%(n)s row still has to be looked at.", "%(n)s rows still have to be looked at.", left)
            % {"n": left}
            if left
            else None
        )

    @verb(
        gettext_lazy("Import into the plan"), IntakeState.READ, to=IntakeState.IMPORTED, past="imported", when=_clear,
        icon="file-import", tone="primary",
    )  # fmt: skip
    def take(self, *, by: Any) -> dict[str, Any]:
        """Make plans and tasks of it, all or nothing; what is there already is not made again."""
        self.taken: Taken = take(self.review(), by)
        return asdict(self.taken)


def anchor(term: Term | None) -> tuple[int | None, date | None]:
    """(autumn of the school year, first day of week 1) by a term's week table; the term's own first day without one."""
    if term is None:
        return None, None
    first = term.weeks.filter(number=1).values_list("start", flat=True).first()
    return term.year.first_day.year, first or term.first_day
