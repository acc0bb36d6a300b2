"""A document on its way into the plan: as it came, as it was read, and what the person who checks has decided."""

import hashlib
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from houqin.kernel.records import Attachable
from houqin.school.people.models import Department, User
from houqin.school.terms.models import Term

from .. import reader


class IntakeState(models.TextChoices):
    READ = "read", gettext_lazy("to be checked")
    IMPORTED = "imported", gettext_lazy("imported")


class Intake(Attachable):
    """A plan somebody handed in as a document or as pasted text, until it is checked and imported."""

    name = models.CharField(gettext_lazy("document"), max_length=200)
    text = models.TextField(gettext_lazy("pasted text"), blank=True)
    file = models.BinaryField(null=True, editable=False)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("term"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("department")
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("autumn of the school year"), null=True, blank=True)
    first_day = models.DateField(gettext_lazy("first day of week 1"), null=True, blank=True)
    decisions = models.JSONField(default=dict, editable=False)
    """{"plan.period.item": {"skip", "text", "owner", "start", "due", "tentative", "departments", "area"}}"""
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=IntakeState, default=IntakeState.READ, editable=False
    )

    tones = {IntakeState.READ: "wait", IntakeState.IMPORTED: "done"}

    class Meta:
        verbose_name = gettext_lazy("document to import")
        verbose_name_plural = gettext_lazy("documents to import")

    def __str__(self) -> str:
        return self.name

    def read(self) -> reader.Reading:
        """Read the document again, by the year and first day chosen. Raises reader.Unreadable."""
        if self.file:
            return reader.read_bytes(bytes(self.file), self.name, year=self.year, first_day=self.first_day)
        return reader.read_text(self.text, year=self.year, first_day=self.first_day)

    def source_lines(self) -> list[str]:
        """The document as text, line by line as the reader counts them."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def fingerprint(*parts: Any) -> str:
    """One hash over the parts, the same for the same words."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def people_by_name() -> dict[str, User]:
    """Active people by name; names that two people share are left out, so that nobody gets another's task."""
    found: dict[str, User | None] = {}
    for user in User.objects.active():
        found[user.name] = None if user.name in found else user
    return {name: user for name, user in found.items() if user}


def plain_day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
