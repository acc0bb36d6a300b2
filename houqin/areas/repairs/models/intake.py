"""From the report to the worker's hands: the verbs of whoever takes reports in."""

from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.verbs import Photos, verb
from houqin.school.people.models import User

from .states import BEFORE_FINISH, BEFORE_WORK, OPEN, State


class Intake:
    """Verbs between the report and the work; mixed into RepairOrder."""

    @classmethod
    def report(cls, *, by: Any, photos: Any = (), **given: Any) -> Any:
        """Add an order with its pictures. Raises ValidationError."""
        from django.db import transaction

        with transaction.atomic():
            order = cls.add(by=by, **given)  # type: ignore[attr-defined]
            order.attach(photos, by=by, stage="report")
        return order

    # answers to the report ---------------------------------------------------

    @verb(
        _("Accept"), State.REPORTED, to=State.ACCEPTED, past="accepted", icon="circle-check", tone="primary", bulk=True
    )
    def accept(self: Any, *, by: Any, note: Annotated[str, _("word to the reporter")] = "") -> dict[str, Any]:
        """The first response: somebody has read the report and sees to it."""
        return self.answer_first()

    @verb(_("Refuse"), State.REPORTED, State.ACCEPTED, to=State.REFUSED, past="refused", icon="circle-x", tone="danger")
    def refuse(self: Any, *, by: Any, reason: Annotated[str, _("reason")]) -> dict[str, Any]:
        """It is no matter for repairs, or nothing is broken; the reporter is told why."""
        self.closed_at = clock.now()
        return self.answer_first()

    @verb(
        _("Dispatch"), State.REPORTED, State.ACCEPTED, to=State.DISPATCHED, past="dispatched", icon="user-plus",
        tone="primary", bulk=True,
    )  # fmt: skip
    def dispatch(
        self: Any, *, by: Any, worker: User, note: Annotated[str, _("word to the worker")] = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Hand it to a worker; a report not yet accepted is accepted with it."""
        facts = self.answer_first()
        self.hand_to(worker)
        return facts

    @verb(
        _("Transfer"), State.DISPATCHED, State.ON_SITE, State.SUSPENDED, past="transferred", icon="transfer", bulk=True
    )
    def transfer(
        self: Any, *, by: Any, worker: User, reason: Annotated[str, _("reason")] = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Another worker takes it over; the clocks run on."""
        if worker == self.worker:
            raise ValidationError({"worker": gettext("This worker has it already.")})
        former = str(self.worker)
        self.hand_to(worker)
        return {"former": former}

    # the reporter's own acts ---------------------------------------------------

    def _reporter_or_desk(self: Any, by: Any) -> str | None:
        stranger = by is not None and by.pk not in (self.reporter_id, self.created_by_id)
        return gettext("Only the reporter withdraws it; others refuse or void it.") if stranger else None

    @verb(
        _("Withdraw"), *BEFORE_WORK, to=State.WITHDRAWN, past="withdrawn", when=_reporter_or_desk,
        icon="arrow-back-up",
    )  # fmt: skip
    def withdraw(self: Any, *, by: Any, reason: Annotated[str, _("reason")] = "") -> None:
        """It is no longer needed, and nobody has begun the work."""
        self.closed_at = clock.now()

    @verb(_("Urge"), *BEFORE_FINISH, past="urged", icon="bell-ringing")
    def urge(self: Any, *, by: Any, note: Annotated[str, _("word")] = "") -> None:
        """Remind whoever has it that it waits."""
        self.urge_count += 1

    def _not_yet_counted(self: Any, by: Any) -> str | None:
        if by is None:
            return None
        known = by.pk == self.reporter_id or self.followers.filter(pk=by.pk).exists()
        return gettext("You are on this order already.") if known else None

    @verb(_("Me too"), *OPEN, past="joined", when=_not_yet_counted, icon="users-plus")
    def join(self: Any, *, by: Any) -> None:
        """The same trouble meets others as well; they are told when it is mended."""
        self.echoes += 1
        if by is not None:
            self.followers.add(by)

    @verb(_("Supplement"), *BEFORE_FINISH, past="supplemented", icon="camera-plus")
    def supplement(
        self: Any, *, by: Any, text: Annotated[str, _("more about it")] = "",
        photos: Annotated[Photos, _("Photos")] = (),
    ) -> None:  # fmt: skip
        """More pictures or words about the trouble."""
        self.attach(photos, by=by, stage="report")
        if text:
            self.description = f"{self.description}\n{text}".strip()

    @verb(_("Merge duplicate"), *BEFORE_WORK, to=State.MERGED, past="merged", icon="git-merge", bulk=True)
    def merge(self: Any, *, by: Any, into: Annotated[str, "short", _("same as (number)")]) -> dict[str, Any]:
        """The same trouble was reported before; the earlier order carries on, this reporter is told of its end."""
        target = type(self).objects.filter(number=str(into).strip().upper()).first()
        if target is None or target.pk == self.pk or not target.is_open:
            raise ValidationError({"into": gettext("Give the number of another order that is still open.")})
        person = self.reporter if target.join.verb.refusal(target, self.reporter) is None else None
        target.join(by=person)
        self.merged_into, self.closed_at = target, clock.now()
        return {"into": str(target)}

    # private ---------------------------------------------------------------------

    def answer_first(self: Any, at: datetime | None = None) -> dict[str, Any]:
        """Stop the first clock, once; what it showed goes into the history."""
        if self.accepted_at is not None:
            return {}
        self.accepted_at = at or clock.now()
        self.accept_minutes = self.spent(self.accepted_at)
        return {"minutes": self.accept_minutes, "limit": self.accept_limit}

    def hand_to(self: Any, worker: User) -> None:
        self.worker, self.dispatched_at = worker, clock.now()
        self.team_id = worker.department_id or self.team_id
