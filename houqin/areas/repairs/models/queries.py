"""Which orders: adjectives for lists and jobs, and scopes for rights."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from houqin.kernel import clock
from houqin.kernel.records import RecordQuerySet

from .states import BEFORE_FINISH, DONE, State


class OrderQuerySet(RecordQuerySet):
    # scopes: whose orders these are

    def own(self, user: Any) -> Self:
        """Those the user reported, also on somebody else's behalf."""
        return self.filter(Q(reporter=user) | Q(created_by=user))

    def assigned(self, user: Any) -> Self:
        return self.filter(worker=user)

    def team(self, user: Any) -> Self:
        """Those of the team the user works in."""
        return self.filter(Q(worker=user) | Q(team_id=user.department_id, team__isnull=False))

    def class_(self, user: Any) -> Self:
        """Those in the rooms of the user's class."""
        return self.filter(school_class__homeroom=user)

    def dept(self, user: Any) -> Self:
        """Those in the rooms of the departments the user heads."""
        return self.filter(department__head=user)

    def keeper(self, user: Any) -> Self:
        """Those in the rooms the user looks after."""
        return self.filter(place__keeper=user)

    # adjectives

    def open(self) -> Self:
        """Not over yet. `closed_at` is what the partial indexes stand on, so every list of open orders starts here."""
        return self.filter(closed_at=None)

    def in_state(self, *states: str) -> Self:
        return self.filter(state__in=states)

    def counted(self) -> Self:
        """Those that statistics speak of: real, and not the same fault twice."""
        return self.exclude(state__in=(State.WITHDRAWN, State.MERGED, State.VOID))

    def done(self) -> Self:
        return self.filter(state__in=DONE)

    def late(self, at: datetime | None = None) -> Self:
        """Open orders of which a clock has run out; a suspended order's clocks stand still."""
        now = at or clock.now()
        return self.open().exclude(state=State.SUSPENDED).filter(
            Q(accepted_at=None, accept_due_at__lt=now)
            | Q(responded_at=None, arrive_due_at__lt=now, state__in=BEFORE_FINISH)
            | Q(state__in=BEFORE_FINISH, finish_due_at__lt=now)
        )  # fmt: skip

    def of_today(self) -> Self:
        """Today's work: what is in hand, and what was finished today."""
        start = clock.now() - timedelta(hours=18)
        return self.filter(Q(closed_at=None) | Q(finished_at__gte=start))

    def reported_between(self, first: datetime, last: datetime) -> Self:
        """Reported from `first` up to, not including, `last`."""
        return self.filter(reported_at__gte=first, reported_at__lt=last)

    def shown(self) -> Self:
        """With what a row or a card needs."""
        return self.select_related("place", "category", "worker")

    def here(self, place: Any) -> Self:
        return self.filter(place=place)


OrderManager = models.Manager.from_queryset(OrderQuerySet)
