"""What stands on a printed dispatch slip (派工单)."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from houqin.kernel.registers.codes import svg
from houqin.kernel.ui import wording

from .panels import promise


def fill(order: Any, user: Any) -> dict[str, Any]:
    """Plain words for repairs/dispatch.typ; phone numbers are masked, extensions are not."""
    phone = order.reporter_phone or (order.reporter.phone if order.reporter else "")
    return {
        "number": order.number, "code": svg(settings.SITE_URL + order.get_absolute_url()), "place": str(order.place),
        "category": str(order.category), "problem": order.problem, "description": order.description,
        "urgency": order.get_urgency_display(), "promise": promise(order.urgency), "reporter": order.reporter_shown,
        "phone": wording.phone_mask(phone) if phone else "", "convenient": order.convenient,
        "reported": _moment(order.reported_at), "accepted": _moment(order.accepted_at),
        "dispatched": _moment(order.dispatched_at), "due": _moment(order.finish_due_at),
        "worker": order.hands, "team": str(order.team or ""), "state": order.get_state_display(),
        "arrived": _moment(order.arrived_at), "finished": _moment(order.finished_at), "work": order.work_done,
        "hours": wording.qty(order.labour_hours) if order.labour_hours else "",
        "materials": [_material(line) for line in order.materials.order_by("position")],
        "cost": wording.amount(order.cost) if order.cost else "",
    }  # fmt: skip


def _material(line: Any) -> list[str]:
    numbers = wording.qty(line.quantity), line.unit, wording.qty(line.price), wording.amount(line.amount)
    return [line.name, line.spec, *numbers]


def _moment(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""
