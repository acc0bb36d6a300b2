"""What repairs bring to the desk: to-dos, alerts, the quick action, the chart, and the panels on other pages."""

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.ui import wording

from ..models import IN_WORK, RepairOrder, State, Urgency, limits
from .clocks import shown
from .figures import response_by_week

MOST = 30
_NEXT = {State.REPORTED: "accept", State.ACCEPTED: "arrive", State.DISPATCHED: "arrive", State.FINISHED: ""}


def waiting(user: Any) -> Any:
    """The user's own to-dos in repairs as one queryset: to accept or dispatch, to mend, to check."""
    every = RepairOrder.objects.open()
    mine = every.in_state(*IN_WORK).filter(worker=user) | every.in_state(State.FINISHED).filter(reporter=user)
    if may(user, RepairOrder, "dispatch"):
        return mine | every.in_state(State.REPORTED, State.ACCEPTED)
    return mine


def todo(user: Any) -> list[dict[str, Any]]:
    if not may(user, RepairOrder, "view"):
        return []
    return [_row(order, user) for order in waiting(user).shown().order_by("-urgency", "pk")[:MOST]]


def _row(order: Any, user: Any) -> dict[str, Any]:
    clock = shown(order, _NEXT.get(order.state, "finish")) if _NEXT.get(order.state, "finish") else None
    label = {
        State.REPORTED: _("Dispatch"), State.ACCEPTED: _("Dispatch"), State.DISPATCHED: _("On site"),
        State.ON_SITE: _("Finish"), State.SUSPENDED: _("Resume"), State.FINISHED: _("Check"),
    }[order.state]  # fmt: skip
    verb = {State.REPORTED: "dispatch", State.ACCEPTED: "dispatch", State.FINISHED: "confirm"}.get(order.state)
    plain = "wait" if order.urgency == Urgency.URGENT else ""
    tone = {"l": "late", "w": "wait"}.get(clock.tone if clock else "", plain)
    return {
        "kind": _("Repair"), "title": f"{order.place} · {order.problem}", "url": order.get_absolute_url(),
        "meta": f"{order.number} · {order.get_urgency_display()} · {wording.moment(order.reported_at)}",
        "due": order.finish_due_at if order.accepted_at else order.accept_due_at, "tone": tone, "label": label,
        "value": clock.text if clock and clock.text != wording.NOTHING else "",
    } | ({"act_url": reverse(order.url_name(verb), args=[order.pk]), "dialog": True} if verb else {})  # fmt: skip


def alert(user: Any) -> list[dict[str, Any]]:
    """Late orders, for those who dispatch."""
    if not may(user, RepairOrder, "dispatch"):
        return []
    found = []
    for order in within(user, RepairOrder.objects.late()).shown().order_by("finish_due_at")[:8]:
        over = next((c for c in (shown(order, n) for n in ("accept", "arrive", "finish")) if c.tone == "l"), None)
        if over:
            found.append({
                "group": _("Repairs overdue"), "title": f"{order.place} · {order.problem}", "tone": "late",
                "meta": order.hands or _("nobody yet"), "badge": over.text, "url": order.get_absolute_url(),
            })  # fmt: skip
    return found


def quick(user: Any) -> dict[str, Any] | None:
    if not may(user, RepairOrder, "add"):
        return None
    return {"label": _("Report a fault"), "icon": "tool", "url": reverse("repairs_report")}


def service(user: Any) -> dict[str, Any] | None:
    found = quick(user)
    return found and found | {"meta": _("Water, light, doors, desks, screens: say where and what")}


def chart(user: Any) -> dict[str, Any] | None:
    """Average first response of the last eight weeks against the school's target, for those who see the figures."""
    if not may(user, RepairOrder, "statistics"):
        return None
    weeks = [(day, round(mean) if mean is not None else None) for day, mean in response_by_week()]
    if not any(mean is not None for _day, mean in weeks):
        return None
    target, (now, before) = limits.setting("target.minutes"), (weeks[-1][1], weeks[-2][1])
    change = f"{'↓' if now <= before else '↑'} {abs(now - before)}" if now is not None and before is not None else ""
    words = [f"{wording.day(day)} {wording.NOTHING if mean is None else mean}" for day, mean in weeks]
    return {
        "title": _("First response"), "sub": _("average minutes a week"), "option": bars(weeks, target),
        "figure": wording.NOTHING if now is None else now, "change": change, "words": "；".join(words),
        "figure_class": "c-pass" if change.startswith("↓") else "c-wait",
    }  # fmt: skip


def kinds(user: Any) -> dict[str, Any] | None:
    """What was reported in the last thirty days, by kind: where a replacement would pay."""
    if not may(user, RepairOrder, "statistics"):
        return None
    since = clock.now() - timedelta(days=30)
    counted = RepairOrder.objects.counted().filter(reported_at__gte=since).values_list("category__name")
    rows = list(counted.annotate(n=Count("pk")).order_by("-n", "category__name")[:8])
    if not rows:
        return None
    return {
        "title": _("Reports by kind"), "sub": _("last 30 days"), "option": lying(rows),
        "figure": sum(n for _name, n in rows), "words": "；".join(f"{name} {n}" for name, n in rows),
    }  # fmt: skip


def bars(rows: list[tuple[Any, Any]], target: int | None = None, thin: bool = False) -> dict[str, Any]:
    """ECharts options: one series of bars, the last in the accent, the target as a dashed line.

    `thin` leaves out labels that have no room: for the days of a month.
    """
    data = [{"value": value, "itemStyle": {"color": "#0b6e63"}} if n == len(rows) - 1 else value
            for n, (_day, value) in enumerate(rows)]  # fmt: skip
    series: dict[str, Any] = {"type": "bar", "data": data, "barMaxWidth": 28}
    if target is not None:
        line = {"color": "#b98a2c", "type": "dashed"}
        series["markLine"] = {"symbol": "none", "data": [{"yAxis": target}], "lineStyle": line}
    labels = [wording.day(label) if hasattr(label, "month") else str(label) for label, _value in rows]
    axis = {"type": "category", "data": labels, "axisLabel": {"hideOverlap": True} if thin else {"interval": 0}}
    count = {"type": "value", "minInterval": 1}
    return {"grid": {"left": 36, "right": 36, "top": 14, "bottom": 24}, "xAxis": axis, "yAxis": count,
            "series": [series]}  # fmt: skip


def lying(rows: list[tuple[str, int]]) -> dict[str, Any]:
    """ECharts options: bars that lie, the longest on top, with room for words beside them."""
    names = {"type": "category", "inverse": True, "data": [name for name, _value in rows]}
    series = {"type": "bar", "data": [value for _name, value in rows], "barMaxWidth": 14}
    return {"grid": {"left": 84, "right": 24, "top": 6, "bottom": 24}, "yAxis": names, "series": [series],
            "xAxis": {"type": "value", "minInterval": 1}}  # fmt: skip


def at_place(place: Any, user: Any) -> list[dict[str, Any]]:
    """The page behind a room's code: report a repair here, signed in or not."""
    known = getattr(user, "is_authenticated", False)
    if not known and not limits.setting("public.open"):
        return []
    url = f"{reverse('repairs_report')}?at={place.token}" if known else reverse("repairs_at", args=[place.token])
    return [{"label": _("Report a repair here"), "url": url, "icon": "tool"}]


def report_here(place: Any, user: Any) -> dict[str, Any] | None:
    """The button on a room's page: report a fault here."""
    if not may(user, RepairOrder, "add") or place.kind in ("campus", "floor") or place.retired_at:
        return None
    return {"label": _("Report a fault"), "icon": "tool", "url": f"{reverse('repairs_report')}?place={place.pk}"}


def open_of_person(person: Any) -> list[dict[str, Any]]:
    """Orders a leaving worker still has in hand."""
    found = RepairOrder.objects.open().in_state(*IN_WORK).filter(worker=person)[:50]
    return [{"title": str(order), "url": order.get_absolute_url()} for order in found]
