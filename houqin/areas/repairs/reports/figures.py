"""Figures of a month: both response rates, completion, satisfaction, cost, repeat faults; and of a quarter by class.

A report counts in the month it was made in. Withdrawn, merged and void orders do not count. A rate is what was in time,
over what was answered plus what is overdue unanswered. Late hours are working hours beyond the limit, from stored
minutes, so that no calendar is needed to add them up.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.utils import timezone

from houqin.kernel import clock

from ..models import DONE, Damage, RepairOrder, State, limits

CLOCKS = ("accept", "arrive", "finish")
REACHED = {"accept": "accepted_at", "arrive": "responded_at", "finish": "finished_at"}


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both in it; `key` is 2026-11 or 2026-Q4."""

    first: date
    last: date
    key: str

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        return midnight(self.last + timedelta(days=1))

    def move(self, count: int) -> "Span":
        """The month or quarter so many before (negative) or after."""
        return (quarter if "Q" in self.key else month)(_plus(self.first, count * (3 if "Q" in self.key else 1)))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _plus(day: date, months: int) -> date:
    years, at = divmod(day.month - 1 + months, 12)
    return date(day.year + years, at + 1, 1)


def month(day: date) -> Span:
    first = day.replace(day=1)
    return Span(first, _plus(first, 1) - timedelta(days=1), f"{first:%Y-%m}")


def quarter(day: date) -> Span:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Span(first, _plus(first, 3) - timedelta(days=1), f"{first.year}-Q{(first.month + 2) // 3}")


def read_span(text: str, quarterly: bool = False) -> Span:
    """2026-11 or 2026-Q4 → the span; anything else → the current one."""
    made = quarter if quarterly else month
    try:
        year, _dash, part = text.partition("-")
        number = (int(part[1:]) - 1) * 3 + 1 if quarterly and part[:1] == "Q" else int(part)
        return made(date(int(year), number, 1))
    except ValueError:
        return made(clock.today())


def orders(span: Span) -> QuerySet[Any]:
    return RepairOrder.objects.counted().reported_between(span.start, span.end)


def late(name: str) -> Q:
    return Q(**{f"{name}_minutes__gt": F(f"{name}_limit")})


def overdue(name: str) -> Q:
    """Unanswered although the deadline is over."""
    unanswered = Q(**{REACHED[name]: None, f"{name}_due_at__lt": clock.now()})
    return unanswered & ~Q(state__in=(State.REFUSED, State.SUSPENDED))


def totals(found: QuerySet[Any]) -> dict[str, Any]:
    """Counts, minutes and yuan of a set of orders in one query, with the rates (0..1, None without a case)."""
    wanted: dict[str, Any] = {
        "all": Count("pk"), "refused": Count("pk", Q(state=State.REFUSED)), "done": Count("pk", Q(state__in=DONE)),
        "damaged": Count("pk", Q(damage=Damage.YES)), "reworked": Count("pk", Q(rework_count__gt=0)),
        "by_time": Count("pk", Q(checked_how="time")), "rated": Count("rating"), "stars": Avg("rating"),
        "content": Count("pk", Q(rating__gte=4)), "cost": Sum("cost"), "materials": Sum("materials_cost"),
        "outside": Sum("outside_cost"), "hours": Sum("labour_hours"),
    }  # fmt: skip
    for name in CLOCKS:
        minutes = f"{name}_minutes"
        wanted |= {
            f"{name}_met": Count(minutes), f"{name}_late": Count("pk", late(name)), f"{name}_average": Avg(minutes),
            f"{name}_over": Sum(F(minutes) - F(f"{name}_limit"), filter=late(name)),
            f"{name}_open": Count("pk", overdue(name)),
        }  # fmt: skip
    row = found.aggregate(**wanted)
    for name in CLOCKS:
        due = row[f"{name}_met"] + row[f"{name}_open"]
        row[f"{name}_rate"] = (row[f"{name}_met"] - row[f"{name}_late"]) / due if due else None
        row[f"{name}_over"] = row[f"{name}_over"] or 0
    asked = row["all"] - row["refused"]
    row["completion"] = row["finish_met"] / asked if asked else None
    row["satisfaction"] = row["content"] / row["rated"] if row["rated"] else None
    return row


def late_orders(found: QuerySet[Any], name: str) -> list[Any]:
    """Answered late: with `over` in whole working minutes, the longest first."""
    rows = found.filter(late(name)).annotate(over=F(f"{name}_minutes") - F(f"{name}_limit"))
    return list(rows.select_related("place", "worker").order_by("-over", "pk")[:200])


def grouped(found: QuerySet[Any], path: str, label: str) -> list[dict[str, Any]]:
    """By building, category or worker: count, finished, cost, hours, average rating, in time; the most first."""
    rows = found.exclude(**{path: None}).values(path, label).annotate(
        n=Count("pk"), finished=Count("finish_minutes"), spent=Sum("cost"), labour=Sum("labour_hours"),
        stars=Avg("rating"), again=Sum("rework_count"), in_time=Count("pk", Q(finish_minutes__lte=F("finish_limit"))),
    )  # fmt: skip
    return [row | {"name": row[label]} for row in rows.order_by("-n", label)]


def repeats(found: QuerySet[Any]) -> list[dict[str, Any]]:
    """The same category in the same room, as often as the rule says or more."""
    keys = ("place_id", "place__full_name", "category_id", "category__name")
    rows = found.values(*keys).annotate(n=Count("pk"), spent=Sum("cost"))
    return list(rows.filter(n__gte=limits.setting("repeat.times")).order_by("-n", "place__full_name")[:100])


def of_month(span: Span) -> dict[str, Any]:
    """Everything the monthly page, its sheet and its print show."""
    found = orders(span)
    return {
        "span": span, "totals": totals(found), "before": totals(orders(span.move(-1))),
        "late": {name: late_orders(found, name) for name in ("accept", "arrive")},
        "buildings": grouped(found, "building_id", "building__full_name"),
        "categories": grouped(found, "category_id", "category__name"),
        "workers": grouped(found, "worker_id", "worker__name"), "repeats": repeats(found), "days": by_day(found, span),
    }  # fmt: skip


def by_day(found: QuerySet[Any], span: Span) -> list[tuple[date, int]]:
    counts: dict[date, int] = {}
    for at in found.values_list("reported_at", flat=True).iterator():
        day = timezone.localdate(at)
        counts[day] = counts.get(day, 0) + 1
    days = (span.last - span.first).days + 1
    return [(day, counts.get(day, 0)) for day in (span.first + timedelta(days=n) for n in range(days))]


def by_class(span: Span) -> list[dict[str, Any]]:
    """A quarter by class: repairs in its rooms, how many were damages, what they cost. No name of a pupil is read."""
    rows = orders(span).exclude(school_class=None).values("school_class_id", "school_class__name").annotate(
        n=Count("pk"), finished=Count("finish_minutes"), damaged=Count("pk", Q(damage=Damage.YES)),
        unclear=Count("pk", Q(damage=Damage.UNCLEAR)), spent=Sum("cost"),
        of_damage=Sum("cost", filter=Q(damage=Damage.YES)),
    )  # fmt: skip
    return list(rows.order_by("school_class__position", "school_class_id"))


def response_by_week(weeks: int = 8) -> list[tuple[date, float | None]]:
    """(Sunday the week began, average first response in working minutes) of the last weeks, the current one last."""
    today = clock.today()
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    found = []
    for back in range(weeks - 1, -1, -1):
        first = sunday - timedelta(weeks=back)
        span = Span(first, first + timedelta(days=6), "")
        found.append((first, orders(span).aggregate(mean=Avg("accept_minutes"))["mean"]))
    return found
