"""The plan as it was written: its measures and its periods."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel.records import Attachable, Commentable, Numbered, RecordQuerySet
from houqin.kernel.verbs import verb
from houqin.school.people.models import Department, User
from houqin.school.terms.models import Term, Week


class PlanState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("draft")
    RUNNING = "running", gettext_lazy("under way")
    CLOSED = "closed", gettext_lazy("closed")


class PlanQuerySet(RecordQuerySet):
    def dept(self, user: Any) -> Self:
        return self.filter(department=user.department_id) if user.department_id else self.none()

    def active(self) -> Self:
        return self.filter(voided_at=None).exclude(state=PlanState.CLOSED)


class Plan(Attachable, Commentable, Numbered):
    """A department's written plan for a term or a year, with everything that was in it."""

    title = models.CharField(gettext_lazy("title"), max_length=200)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("term"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("department"), related_name="+"
    )
    author = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("author"), related_name="+"
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    source = models.TextField(gettext_lazy("source text"), blank=True, editable=False)
    body = models.JSONField(default=list, editable=False)
    """Everything read, in the order it was written: [{"kind", "label", "text", "line", …}]; the plan prints from it."""
    digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    prefix = "JH"
    tones = {PlanState.DRAFT: "off", PlanState.RUNNING: "doing", PlanState.CLOSED: "done"}

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("plan")
        verbose_name_plural = gettext_lazy("plans")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def _has_tasks(self, by: Any) -> str | None:
        written = self.body or self.tasks.exists()
        return None if written else _("Add the first task, then put the plan into force.")

    @verb(
        gettext_lazy("Put into force"), PlanState.DRAFT, to=PlanState.RUNNING, past="started", when=_has_tasks,
        icon="player-play", tone="primary",
    )  # fmt: skip
    def start(self, *, by: Any) -> None:
        """Its tasks stand on the calendar and on the owners' lists."""

    @verb(gettext_lazy("Close the plan"), PlanState.RUNNING, to=PlanState.CLOSED, past="closed", icon="archive")
    def close(self, *, by: Any, note: str = "") -> None:
        """The plan is over; open tasks keep their state."""

    @verb(gettext_lazy("Reopen"), PlanState.CLOSED, to=PlanState.RUNNING, past="reopened", icon="arrow-back-up")
    def reopen(self, *, by: Any, reason: str) -> None:
        """Work on it goes on."""


class Measure(models.Model):
    """A heading or a numbered measure of a plan, as written."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        verbose_name = gettext_lazy("measure")

    def __str__(self) -> str:
        return f"{self.label}{self.text}"[:80]


class PeriodKind(models.TextChoices):
    WEEK = "week", gettext_lazy("week")
    MONTH = "month", gettext_lazy("month")
    MONTHS = "months", gettext_lazy("months")
    RANGE = "range", gettext_lazy("span of days")
    TENDAYS = "tendays", gettext_lazy("ten days")
    OTHER = "other", gettext_lazy("other")


class Period(models.Model):
    """A stretch of time a plan names, with its heading exactly as written."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="periods")
    position = models.PositiveIntegerField()
    header = models.CharField(gettext_lazy("heading"), max_length=200)
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=PeriodKind)
    number = models.PositiveSmallIntegerField(gettext_lazy("week"), null=True)
    start = models.DateField(gettext_lazy("from"), null=True)
    end = models.DateField(gettext_lazy("to"), null=True)
    note = models.CharField(gettext_lazy("note"), max_length=200, blank=True)
    week = models.ForeignKey(Week, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("week"))

    class Meta:
        ordering = ["plan_id", "position"]
        verbose_name = gettext_lazy("period")
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="period_place_once")]

    def __str__(self) -> str:
        return self.header
