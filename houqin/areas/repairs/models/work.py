"""The work itself: the verbs of whoever mends, or of the desk that keys in his paper."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.verbs import Lines, NotAllowed, Photos, plain, verb
from houqin.school.terms import calendar

from . import limits
from .material import told
from .states import IN_WORK, Damage, State

TO_DO = (State.ACCEPTED, State.DISPATCHED)


class Work:
    """Verbs between dispatch and completion; mixed into RepairOrder."""

    def _own_job(self: Any, by: Any) -> str | None:
        other = by is not None and self.worker_id is not None and by.pk != self.worker_id
        return gettext("The worker it was given to does this; his paper slip is keyed in.") if other else None

    @verb(_("On site"), *TO_DO, to=State.ON_SITE, past="arrived", when=_own_job, icon="map-pin-check", tone="primary")
    def arrive(self: Any, *, by: Any) -> dict[str, Any]:
        """The second response: the worker stands in the room."""
        if self.worker_id is None:
            self.hand_to(by)
        self.arrived_at = clock.now()
        return self.answer_second()

    @verb(_("Reply with a date"), *TO_DO, State.ON_SITE, past="planned", icon="calendar-event")
    def reply(
        self: Any, *, by: Any,
        planned_on: Annotated[date, _("will be mended on")], reason: Annotated[str, _("why not at once")],
    ) -> dict[str, Any]:  # fmt: skip
        """It cannot be mended at once: a day and the reason go back to the reporter; this is a second response too."""
        if planned_on < clock.today():
            raise ValidationError({"planned_on": gettext("The day lies in the past.")})
        self.planned_on = planned_on
        midnight = timezone.make_aware(datetime.combine(planned_on, time(0)))
        end = calendar.add_working_minutes(midnight, calendar.day_minutes())
        self.finish_due_at = max(self.finish_due_at, end) if self.finish_due_at else end
        return self.answer_second()

    @verb(_("Suspend"), State.DISPATCHED, State.ON_SITE, to=State.SUSPENDED, past="suspended", icon="player-pause")
    def suspend(
        self: Any, *, by: Any,
        reason: Annotated[str, _("waiting for what")], expected_on: Annotated[date | None, _("expected on")] = None,
    ) -> None:  # fmt: skip
        """Material or a partner is missing; the clocks stand still until it goes on."""
        self.suspended_at, self.suspended_from, self.expected_on = clock.now(), self.state, expected_on

    @verb(_("Resume"), State.SUSPENDED, past="resumed", icon="player-play", tone="primary")
    def resume(self: Any, *, by: Any) -> dict[str, Any]:
        """What was missing is there; the clocks run on and the deadlines move by the time that was waited."""
        now = clock.now()
        waited = limits.spent(self.suspended_at, now, self.urgency)
        for name, stopped in (("arrive_due_at", self.responded_at), ("finish_due_at", None)):
            due = getattr(self, name)
            if stopped is None and due and due > self.suspended_at:
                left = limits.spent(self.suspended_at, due, self.urgency)
                setattr(self, name, limits.due(now, left, self.urgency))
        self.suspended_minutes += waited
        self.state = self.suspended_from or State.DISPATCHED
        self.suspended_at, self.suspended_from, self.expected_on = None, "", None
        return {"waited": waited}

    @verb(_("Log materials"), *IN_WORK, State.FINISHED, past="used", icon="package")
    def use(
        self: Any, *, by: Any,
        materials: Lines = (), labour_hours: Annotated[Decimal | None, _("labour (hours)")] = None,
    ) -> dict[str, Any]:  # fmt: skip
        """What was used, with unit prices, and how long it took; the rows replace those before."""
        if not materials and labour_hours is None and not self.materials.exists():
            raise ValidationError(gettext("Enter at least one row of material, or the hours."))
        return self.write_cost(materials, labour_hours)

    @verb(_("Send to a contractor"), *TO_DO, State.ON_SITE, State.SUSPENDED, past="outsourced", icon="truck")
    def outsource(
        self: Any, *, by: Any,
        contractor: Annotated[str, "short", _("contractor")],
        quote: Annotated[Decimal | None, _("quote (yuan)")] = None,
        under_warranty: Annotated[bool, _("free under an earlier warranty")] = False, note: str = "",
    ) -> None:  # fmt: skip
        """Somebody from outside mends it; the worker goes with it and reports its completion."""
        if quote is not None and quote < 0:
            raise ValidationError({"quote": gettext("The price cannot be negative.")})
        self.contractor, self.in_warranty = contractor.strip(), under_warranty
        self.quote = Decimal(0) if under_warranty else quote

    @verb(
        _("Submit for checking"), State.ON_SITE, to=State.FINISHED, past="finished", when=_own_job, icon="check",
        tone="primary",
    )  # fmt: skip
    def finish(
        self: Any, *, by: Any,
        work_done: Annotated[str, _("what was done")],
        damage: Annotated[Damage, _("damaged by somebody")],
        damage_by: Annotated[str, "short", _("by which class or person")] = "",
        materials: Lines = (), labour_hours: Annotated[Decimal | None, _("labour (hours)")] = None,
        outside_cost: Annotated[Decimal | None, _("bill of the contractor (yuan)")] = None,
        warranty_until: Annotated[date | None, _("warranty until")] = None,
        photos: Annotated[Photos, _("Photos")] = (),
    ) -> dict[str, Any]:  # fmt: skip
        """It works again: what was done, what it cost, and whether somebody broke it."""
        facts = self.complete(by, clock.now(), work_done, damage, damage_by)
        facts |= self.write_cost(materials, labour_hours, outside_cost)
        self.warranty_until = warranty_until
        self.attach(photos, by=by, stage="done")
        return facts

    def _has_worker(self: Any, by: Any) -> str | None:
        return None if self.worker_id else gettext("Nobody was given this order.")

    @verb(_("Key in the paper slip"), *IN_WORK, to=State.FINISHED, past="keyed_in", when=_has_worker, icon="keyboard")
    def key_in(
        self: Any, *, by: Any,
        came_at: Annotated[datetime, _("on site at")], done_at: Annotated[datetime, _("finished at")],
        work_done: Annotated[str, _("what was done")],
        damage: Annotated[Damage, _("damaged by somebody")],
        damage_by: Annotated[str, "short", _("by which class or person")] = "",
        materials: Lines = (), labour_hours: Annotated[Decimal | None, _("labour (hours)")] = None,
        photos: Annotated[Photos, _("Photos")] = (),
    ) -> dict[str, Any]:  # fmt: skip
        """The worker wrote on paper: the times and the work as they stand on his slip."""
        if not self.reported_at <= came_at <= done_at <= clock.now():
            why = gettext("The times must follow each other: reported, on site, finished, now.")
            raise ValidationError({"came_at": why})
        self.answer_first(came_at)
        if self.state == State.SUSPENDED:
            self.suspended_minutes += max(0, limits.spent(self.suspended_at, done_at, self.urgency))
            self.suspended_at, self.suspended_from = None, ""
        self.arrived_at = self.arrived_at or came_at
        self.answer_second(came_at)
        facts = self.complete(by, done_at, work_done, damage, damage_by)
        facts |= self.write_cost(materials, labour_hours)
        self.attach(photos, by=by, stage="done")
        return facts

    # private -------------------------------------------------------------------

    def answer_second(self: Any, at: datetime | None = None) -> dict[str, Any]:
        """Stop the second clock, once."""
        if self.responded_at is not None:
            return {}
        self.responded_at = at or clock.now()
        self.arrive_minutes = self.spent(self.responded_at)
        return {"minutes": self.arrive_minutes, "limit": self.arrive_limit}

    def complete(self: Any, by: Any, at: datetime, work_done: str, damage: str, damage_by: str) -> dict[str, Any]:
        if not work_done.strip():
            raise ValidationError({"work_done": gettext("Say what was done.")})
        self.work_done, self.finished_at, self.finished_by = work_done, at, by
        self.finish_minutes = self.spent(at)
        return self.write_damage(by, damage, damage_by) | {"minutes": self.finish_minutes}

    def write_cost(self: Any, rows: Any, hours: Decimal | None, outside: Decimal | None = None) -> dict[str, Any]:
        """Keep materials, hours and the contractor's bill; returns the rows in the words of the history."""
        if rows:
            self.fill_later({"materials": list(rows)})
        for name, value in (("labour_hours", hours), ("outside_cost", outside)):
            if value is not None and value < 0:
                raise ValidationError({name: gettext("It cannot be negative.")})
            if value is not None:
                setattr(self, name, value)
        if self.in_warranty and self.outside_cost:
            raise NotAllowed(gettext("Under warranty the contractor charges nothing."))
        self.reckon()
        return {"materials": [plain(row) | {"text": told(row)} for row in rows]} if rows else {}
