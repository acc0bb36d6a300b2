"""Tasks: what somebody has to do in a stretch of time, and how it gets done and confirmed."""

from datetime import date
from typing import Annotated, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel import clock
from houqin.kernel.records import Attachable, Commentable, Originated, RecordQuerySet
from houqin.kernel.verbs import Photos, verb
from houqin.school.people.models import Department, User
from houqin.school.places.models import Place

from .areas import AREAS
from .plan import Period, Plan


class TaskState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("not begun")
    DOING = "doing", gettext_lazy("in progress")
    DONE = "done", gettext_lazy("to be confirmed")
    CONFIRMED = "confirmed", gettext_lazy("completed")
    CANCELLED = "cancelled", gettext_lazy("cancelled")


class TaskKind(models.TextChoices):
    TASK = "task", gettext_lazy("task")
    HOLIDAY = "holiday", gettext_lazy("holiday")
    PLACEHOLDER = "placeholder", gettext_lazy("other work")


OPEN = (TaskState.WAITING, TaskState.DOING, TaskState.DONE)
BEFORE_DONE = (TaskState.WAITING, TaskState.DOING)


class TaskQuerySet(RecordQuerySet):
    def own(self, user: Any) -> Self:
        return self.filter(models.Q(owner=user) | models.Q(created_by=user))

    def assigned(self, user: Any) -> Self:
        helping = Task.helpers.through.objects.filter(user_id=user.pk).values("task_id")
        return self.filter(models.Q(owner=user) | models.Q(pk__in=helping))

    def dept(self, user: Any) -> Self:
        if not user.department_id:
            return self.assigned(user)
        asked = Task.departments.through.objects.filter(department_id=user.department_id).values("task_id")
        mine = Task.helpers.through.objects.filter(user_id=user.pk).values("task_id")
        return self.filter(
            models.Q(owner=user) | models.Q(owner__department=user.department_id)
            | models.Q(pk__in=asked) | models.Q(pk__in=mine)
        )  # fmt: skip

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def late(self) -> Self:
        return self.filter(state__in=BEFORE_DONE, due__lt=clock.today(), nature=TaskKind.TASK, tentative=False)

    def between(self, start: date, end: date) -> Self:
        """Those that touch the days from start to end."""
        return self.filter(start__lte=end, due__gte=start)


class Task(Attachable, Commentable, Originated):
    """One thing to be done by somebody until a day."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=gettext_lazy("plan")
    )
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=gettext_lazy("period"),
        editable=False,
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0, editable=False)
    label = models.CharField(gettext_lazy("number in the plan"), max_length=20, blank=True, editable=False)
    text = models.CharField(gettext_lazy("task"), max_length=500)
    line = models.PositiveIntegerField(gettext_lazy("line of the source"), null=True, editable=False)
    nature = models.CharField(gettext_lazy("kind"), max_length=12, choices=TaskKind, default=TaskKind.TASK)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=TaskState, default=TaskState.WAITING, editable=False
    )
    start = models.DateField(gettext_lazy("from"), null=True, blank=True)
    due = models.DateField(gettext_lazy("due"), null=True, blank=True)
    tentative = models.BooleanField(gettext_lazy("date not fixed yet"), default=False)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("owner")
    )
    owner_text = models.CharField(gettext_lazy("owner as written"), max_length=60, blank=True, editable=False)
    helpers = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=gettext_lazy("helpers"))
    departments = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name=gettext_lazy("departments that help")
    )
    places = models.ManyToManyField(Place, blank=True, related_name="+", verbose_name=gettext_lazy("places"))
    area = models.CharField(gettext_lazy("area"), max_length=20, blank=True, choices=AREAS)
    recurrence = models.CharField(gettext_lazy("repeats"), max_length=100, blank=True, editable=False)
    progress = models.PositiveSmallIntegerField(gettext_lazy("progress (%)"), default=0, editable=False)
    result = models.TextField(gettext_lazy("result"), blank=True, editable=False)
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    finished_at = models.DateTimeField(gettext_lazy("finished at"), null=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    """Plan + period + text + occurrence: the same text imported again adds nothing."""

    tones = {
        TaskState.WAITING: "off", TaskState.DOING: "doing", TaskState.DONE: "wait", TaskState.CONFIRMED: "done",
        TaskState.CANCELLED: "off",
    }  # fmt: skip

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("task")
        verbose_name_plural = gettext_lazy("tasks")
        indexes = [
            models.Index(fields=["start", "due"], name="task_days"),
            models.Index(fields=["owner", "state", "due"], name="task_owner"),
            models.Index(fields=["plan", "period", "position"], name="task_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "fingerprint"], condition=~models.Q(fingerprint=""), name="task_imported_once"
            ),
            models.CheckConstraint(
                condition=models.Q(start=None) | models.Q(due=None) | models.Q(due__gte=models.F("start")),
                name="task_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.start and self.due and self.due < self.start:
            raise ValidationError({"due": _("The last day lies before the first.")})

    # verbs, in the order of its life -------------------------------------------

    @verb(gettext_lazy("Assign"), *BEFORE_DONE, past="assigned", icon="user-plus", bulk=True)
    def assign(self, *, by: Any, owner: User, note: str = "") -> None:
        """Say who sees to it."""
        self.owner = owner

    def _is_tentative(self, by: Any) -> str | None:
        return None if self.tentative else _("Its date is fixed already; use “Move the date”.")

    @verb(gettext_lazy("Fix the date"), *BEFORE_DONE, past="dated", when=_is_tentative, icon="calendar-check")
    def fix_date(self, *, by: Any, start: date, due: date) -> None:
        """A tentative task gets its days."""
        self.start, self.due, self.tentative = start, due, False

    @verb(gettext_lazy("Start"), TaskState.WAITING, to=TaskState.DOING, past="started", icon="player-play", bulk=True)
    def begin(self, *, by: Any) -> None:
        """Work on it has begun."""
        self.owner = self.owner or by

    @verb(gettext_lazy("Report progress"), TaskState.DOING, past="progressed", icon="progress")
    def report(self, *, by: Any, progress: int, note: str = "") -> None:
        """How much is done, in per cent, and what stands in the way."""
        if not 0 <= progress <= 100:
            raise ValidationError({"progress": _("Enter a number from 0 to 100.")})
        self.progress = progress

    @verb(
        gettext_lazy("Report completion"),
        *BEFORE_DONE,
        to=TaskState.DONE,
        past="finished",
        icon="check",
        tone="primary",
    )
    def finish(
        self, *, by: Any, result: Annotated[str, gettext_lazy("what has been done")],
        photos: Annotated[Photos, gettext_lazy("pictures of the result")] = (),
    ) -> None:  # fmt: skip
        """Say what was done; somebody else confirms it."""
        self.result, self.progress = result, 100
        self.owner = self.owner or by
        self.finished_by, self.finished_at = by, clock.now()
        self.attach(photos, by=by, stage="result")

    def _by_another(self, by: Any) -> str | None:
        same = by is not None and by.pk == self.finished_by_id
        return _("Somebody other than the one who did it confirms it.") if same else None

    @verb(
        gettext_lazy("Confirm"), TaskState.DONE, to=TaskState.CONFIRMED, past="confirmed", when=_by_another,
        icon="circle-check", tone="primary", bulk=True,
    )  # fmt: skip
    def confirm(self, *, by: Any, note: str = "") -> None:
        """It is done as it should be, and off the list."""

    @verb(gettext_lazy("Send back"), TaskState.DONE, to=TaskState.DOING, past="sent_back", icon="arrow-back-up")
    def send_back(self, *, by: Any, reason: Annotated[str, gettext_lazy("what is missing")]) -> None:
        """It is not done yet."""
        self.finished_by = self.finished_at = None
        self.progress = min(self.progress, 90)

    @verb(gettext_lazy("Move the date"), *BEFORE_DONE, past="moved", icon="calendar-due")
    def move(self, *, by: Any, due: date, reason: Annotated[str, gettext_lazy("reason")]) -> None:
        """A later (or earlier) last day, with the reason."""
        if self.start and due < self.start:
            self.start = due
        self.due = due

    @verb(gettext_lazy("Cancel"), *OPEN, to=TaskState.CANCELLED, past="cancelled", icon="ban", tone="danger")
    def cancel(self, *, by: Any, reason: Annotated[str, gettext_lazy("reason")]) -> None:
        """It will not be done; it stays in the plan with the reason."""

    @verb(
        gettext_lazy("Reopen"), TaskState.CONFIRMED, TaskState.CANCELLED, to=TaskState.DOING, past="reopened",
        icon="arrow-back-up",
    )  # fmt: skip
    def reopen(self, *, by: Any, reason: Annotated[str, gettext_lazy("reason")]) -> None:
        """It was closed too early."""
        self.finished_by = self.finished_at = None

    # questions ----------------------------------------------------------------

    @property
    def is_late(self) -> bool:
        late = self.state in BEFORE_DONE and self.nature == TaskKind.TASK and not self.tentative
        return bool(late and self.due and self.due < clock.today())

    def tone(self) -> str:
        return "late" if self.is_late else super().tone()
