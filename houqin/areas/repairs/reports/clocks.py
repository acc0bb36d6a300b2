"""The clocks of an order as they are shown: met, running, in their last part, or over."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from houqin.kernel import clock
from houqin.kernel.ui import wording

from ..models import OPEN, State, limits

LABELS = {
    "accept": gettext_lazy("First response"), "arrive": gettext_lazy("Second response"),
    "finish": gettext_lazy("Completion"),
}  # fmt: skip
CSS = {"": "t3", "r": "", "w": "c-wait b6", "l": "c-late b6"}


@dataclass(frozen=True)
class Shown:
    """One clock: `tone` is "" (met, not begun), "r" running, "w" nearly over, "l" over; `part` of it is used, in %."""

    label: str
    text: str
    tone: str = ""
    part: int = 0
    met: bool = False

    @property
    def css(self) -> str:
        return CSS[self.tone]


def shown(order: Any, name: str) -> Shown:
    """A clock of the order now, in counted (working) time; it needs the calendar only while it runs."""
    label, limit = str(LABELS[name]), getattr(order, f"{name}_limit")
    took, due = getattr(order, f"{name}_minutes"), getattr(order, f"{name}_due_at")
    if took is not None:
        over = took - limit
        more = " · " + _("%(span)s over") % {"span": _span(over)} if over > 0 else ""
        return Shown(label, f"✓ {_span(took)}{more}", "", _part(took, limit), over <= 0)
    begun = name != "arrive" or order.accepted_at is not None
    if order.state not in OPEN or due is None or not begun or (name != "accept" and order.finished_at):
        return Shown(label, wording.NOTHING)
    now = order.suspended_at if order.state == State.SUSPENDED else clock.now()
    left = limits.spent(now, due, order.urgency)
    text = wording.duration(timedelta(minutes=left))
    if order.state == State.SUSPENDED:
        return Shown(label, _("stands still, %(left)s") % {"left": text}, "r", _part(limit - left, limit))
    return Shown(label, text, _tone(left, limit), _part(limit - left, limit))


def _tone(left: int, limit: int) -> str:
    if left < 0:
        return "l"
    last = left * 100 < limit * limits.setting("warning.share") or left < limits.setting("warning.minutes")
    return "w" if last else "r"


def _part(used: int, limit: int) -> int:
    return min(100, max(0, round(used * 100 / limit))) if limit else 0


def _span(minutes: int) -> str:
    return wording.elapsed(timedelta(minutes=minutes))


def cell(order: Any, name: str) -> Markup:
    """A clock in a table."""
    one = shown(order, name)
    return Markup(f'<span class="fs12 nw {one.css}">{escape(one.text.partition(" · ")[0])}</span>')  # noqa: S704


def urgent(order: Any) -> Markup:
    level = f" u{order.urgency}" if order.urgency > 1 else ""
    return Markup(f'<span class="hq-urg{level}">{escape(order.get_urgency_display())}</span>')  # noqa: S704
