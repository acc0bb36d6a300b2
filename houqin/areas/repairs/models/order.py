"""A repair order: what it holds and what can be asked of it; what may be done with it: intake, work, closing."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.fields import Money, Quantity, rounded
from houqin.kernel.records import Attachable, Commentable, Numbered, Originated
from houqin.school.people.models import Department, SchoolClass, User
from houqin.school.places.models import Place

from . import limits
from .category import Category
from .closing import Closing
from .intake import Intake
from .queries import OrderQuerySet
from .states import BEFORE_FINISH, TONES, CheckedBy, Compensation, Damage, Source, Stars, State, Urgency
from .work import Work

_IS_OPEN = Q(closed_at=None)


class RepairOrder(Intake, Work, Closing, Numbered, Attachable, Commentable, Originated):
    """A request to mend something, from the report to the rating."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    symptom = models.CharField(_("symptom"), max_length=40, blank=True)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.NORMAL)
    convenient = models.CharField(_("convenient time"), max_length=60, blank=True)
    asset_code = models.CharField(_("asset number"), max_length=40, blank=True)
    reporter = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reporter")
    )
    reporter_name = models.CharField(_("reporter's name"), max_length=40, blank=True)
    reporter_phone = models.CharField(_("reporter's phone"), max_length=20, blank=True)
    source = models.CharField(_("reported through"), max_length=8, choices=Source, default=Source.WEB, editable=False)
    device = models.CharField(max_length=16, blank=True, editable=False)
    """The mark of the device an anonymous report came from, to limit how many one device sends."""
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REPORTED, editable=False)

    problem = models.CharField(_("problem"), max_length=120, editable=False)
    building = models.ForeignKey(
        Place, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("building")
    )
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("class")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("department")
    )
    team = models.ForeignKey(
        Department, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("team")
    )
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("worker")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="duplicates", verbose_name=_("merged into")
    )
    followers = models.ManyToManyField(User, editable=False, related_name="+", verbose_name=_("also affected"))
    echoes = models.PositiveSmallIntegerField(_("also affected"), default=0, editable=False)

    reported_at = models.DateTimeField(_("reported at"), default=clock.now, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    dispatched_at = models.DateTimeField(_("dispatched at"), null=True, editable=False)
    arrived_at = models.DateTimeField(_("on site at"), null=True, editable=False)
    responded_at = models.DateTimeField(_("second response at"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    checked_at = models.DateTimeField(_("checked at"), null=True, editable=False)
    rated_at = models.DateTimeField(_("rated at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    accept_due_at = models.DateTimeField(_("first response due"), null=True, editable=False)
    arrive_due_at = models.DateTimeField(_("second response due"), null=True, editable=False)
    finish_due_at = models.DateTimeField(_("completion due"), null=True, editable=False)
    accept_limit = models.PositiveIntegerField(default=0, editable=False)
    arrive_limit = models.PositiveIntegerField(default=0, editable=False)
    finish_limit = models.PositiveIntegerField(default=0, editable=False)
    accept_minutes = models.PositiveIntegerField(_("first response (min)"), null=True, editable=False)
    arrive_minutes = models.PositiveIntegerField(_("second response (min)"), null=True, editable=False)
    finish_minutes = models.PositiveIntegerField(_("completion (min)"), null=True, editable=False)
    planned_on = models.DateField(_("planned for"), null=True, editable=False)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, editable=False)
    suspended_from = models.CharField(max_length=10, blank=True, editable=False)
    suspended_minutes = models.PositiveIntegerField(_("suspended (min)"), default=0, editable=False)
    expected_on = models.DateField(_("expected on"), null=True, editable=False)

    work_done = models.TextField(_("what was done"), max_length=1000, blank=True, editable=False)
    labour_hours = Quantity(_("labour (hours)"), default=Decimal(0), editable=False)
    materials_cost = Money(_("materials (yuan)"), default=Decimal(0), editable=False)
    contractor = models.CharField(_("contractor"), max_length=60, blank=True, editable=False)
    quote = Money(_("quote (yuan)"), null=True, editable=False)
    outside_cost = Money(_("outside repair (yuan)"), default=Decimal(0), editable=False)
    warranty_until = models.DateField(_("warranty until"), null=True, editable=False)
    in_warranty = models.BooleanField(_("under warranty"), default=False, editable=False)
    cost = Money(_("cost (yuan)"), default=Decimal(0), editable=False)

    damage = models.CharField(_("damaged by somebody"), max_length=8, choices=Damage, blank=True, editable=False)
    compensation_state = models.CharField(
        _("compensation"), max_length=8, choices=Compensation, blank=True, editable=False
    )
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("checked by")
    )
    checked_how = models.CharField(_("how checked"), max_length=8, choices=CheckedBy, blank=True, editable=False)
    rework_count = models.PositiveSmallIntegerField(_("sent back (times)"), default=0, editable=False)
    urge_count = models.PositiveSmallIntegerField(_("urged (times)"), default=0, editable=False)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Stars, null=True, editable=False)
    rating_words = models.TextField(_("words"), max_length=500, blank=True, editable=False)

    prefix = "WX"
    tones: ClassVar[dict[str, str]] = TONES
    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("repair order")
        verbose_name_plural = _("repair orders")
        indexes = [
            models.Index(fields=["state", "id"], condition=_IS_OPEN, name="repair_open"),
            models.Index(fields=["accept_due_at"], condition=_IS_OPEN & Q(accepted_at=None), name="repair_accept_due"),
            models.Index(fields=["arrive_due_at"], condition=_IS_OPEN & Q(responded_at=None), name="repair_arrive_due"),
            models.Index(fields=["finish_due_at"], condition=_IS_OPEN & Q(finished_at=None), name="repair_finish_due"),
            models.Index(fields=["reporter", "id"], name="repair_reporter"),
            models.Index(fields=["worker", "closed_at", "id"], name="repair_worker"),
            models.Index(fields=["place", "reported_at"], name="repair_place"),
            models.Index(fields=["building", "id"], name="repair_building"),
            models.Index(fields=["category", "id"], name="repair_category"),
            models.Index(fields=["reported_at", "id"], name="repair_reported"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(rating=None) | Q(rating__range=(1, 5)), name="repair_rating_1_to_5"),
            models.CheckConstraint(
                condition=~Q(state__in=("checked", "rated", "archived")) | ~Q(damage=""), name="repair_damage_answered"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self._state.adding and not (self.symptom or self.description.strip()):
            raise ValidationError({"description": gettext("Say what is broken: choose a symptom or describe it.")})
        self.problem = self._problem()

    def prepare(self, by: Any) -> None:
        """Whose it is, whose room it is in, and until when what has to happen."""
        super().prepare(by)
        if self.reporter_id is None and not self.reporter_name:
            self.reporter = by
        on_behalf = by is not None and self.reporter_id != by.pk
        if on_behalf and self._state.adding and self.source == Source.WEB:
            self.source = Source.PHONE
        place = self.place
        self.building_id = place.building_id or (place.pk if place.kind == "building" else None)
        self.school_class_id, self.department_id = place.school_class_id, place.department_id
        self.team_id = self.team_id or self.category.team_id
        self.set_clocks()

    def number_year(self) -> int:
        return timezone.localdate(self.reported_at).year

    def amend_refusal(self, by: Any) -> str | None:
        return None if self.state in BEFORE_FINISH else gettext("Its work is finished; only a remark can be added.")

    def keep(self, before: dict[str, Any]) -> None:
        moved = [name for name in ("place_id", "category_id", "urgency") if before[name] != getattr(self, name)]
        if "category_id" in moved:
            self.team_id = None
        if moved:
            self.prepare(None)
        super().keep(before)

    # questions ---------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def reporter_shown(self) -> str:
        return self.reporter_name or (str(self.reporter) if self.reporter else gettext("not signed in"))

    @property
    def hands(self) -> str:
        """Who is at it: the worker, or the contractor."""
        return self.contractor or (str(self.worker) if self.worker_id else "")

    @property
    def stands_still(self) -> bool:
        return self.state == State.SUSPENDED

    def spent(self, until: datetime | None = None) -> int:
        """Counted minutes since the report, suspensions left out."""
        end = until or (self.suspended_at if self.stands_still and self.suspended_at else clock.now())
        return max(0, limits.spent(self.reported_at, end, self.urgency) - self.suspended_minutes)

    def reckon(self) -> None:
        """Add up what it cost: materials and outside repair; labour of the house is counted in hours only."""
        self.materials_cost = rounded(self.materials.aggregate(sum=Sum("amount"))["sum"] or 0)
        self.cost = self.materials_cost + self.outside_cost

    def set_clocks(self) -> None:
        """Deadlines from the report on, by the limits in force that day."""
        allowed = limits.limits(self.urgency, timezone.localdate(self.reported_at))
        self.accept_limit, self.arrive_limit, self.finish_limit = allowed.accept, allowed.arrive, allowed.finish
        for name in ("accept", "arrive", "finish"):
            minutes = getattr(self, f"{name}_limit") + self.suspended_minutes
            setattr(self, f"{name}_due_at", limits.due(self.reported_at, minutes, self.urgency))

    def _problem(self) -> str:
        words = " ".join(self.description.split())
        text = f"{self.symptom}，{words}" if self.symptom and words else self.symptom or words
        return text if len(text) <= 80 else text[:79] + "…"
