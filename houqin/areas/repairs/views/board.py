"""Today's work: the board of whoever dispatches, and the worker's own list on his phone."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.registers.render import page

from ..models import BEFORE_FINISH, IN_WORK, RepairOrder, State
from ..reports import clocks, figures, panels

NAMES = ("accept", "arrive", "finish")
RANK = {"l": 0, "w": 1, "r": 2, "": 3}


def _card(order: Any) -> dict[str, Any]:
    """An order with the clock that presses most."""
    running = [one for one in (clocks.shown(order, name) for name in NAMES) if one.tone]
    press = min(running, key=lambda one: RANK[one.tone], default=None)
    return {"order": order, "clock": press, "rank": (RANK[press.tone] if press else 4, -order.urgency, order.pk)}


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """A column for what nobody has yet, one a worker; each sorted by what presses. Refreshed every minute."""
    if not may(request.user, RepairOrder, "dispatch"):
        raise PermissionDenied
    today = figures.midnight(clock.today())
    every = within(request.user, RepairOrder.objects.open().in_state(*BEFORE_FINISH), "dispatch").shown()
    columns: dict[Any, list[Any]] = {}
    for card in sorted(map(_card, every[:500]), key=lambda card: card["rank"]):
        columns.setdefault(card["order"].worker_id if card["order"].state in IN_WORK else None, []).append(card)
    done = within(request.user, RepairOrder.objects.filter(finished_at__gte=today), "dispatch")
    finished: dict[Any, int] = {}
    for pk in done.values_list("worker", flat=True):
        finished[pk] = finished.get(pk, 0) + 1
    people = {user.pk: user for user in panels.workers()}
    lanes = [{"title": _("Nobody yet"), "cards": columns.pop(None, []), "team": "", "done": None}]
    for pk, user in people.items():
        given = columns.pop(pk, [])
        lanes.append({"title": user, "cards": given, "team": user.department, "done": finished.get(pk, 0)})
    for cards in columns.values():
        lanes.append({"title": cards[0]["order"].worker, "cards": cards, "team": "", "done": 0})
    in_hand = sum(len(lane["cards"]) for lane in lanes)
    words = {"lanes": lanes, "at": clock.now(), "done": sum(finished.values()), "open": in_hand}
    return page(request, "repairs/board.html", words, block="board")


@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """My jobs, what presses first, with the next act as a big button."""
    if not may(request.user, RepairOrder, "arrive"):
        raise PermissionDenied
    mine = RepairOrder.objects.open().in_state(*IN_WORK).filter(worker=request.user).shown()
    cards = sorted(map(_card, mine), key=lambda card: card["rank"])
    today = figures.midnight(clock.today())
    done = RepairOrder.objects.filter(worker=request.user, finished_at__gte=today).shown().order_by("-finished_at")
    return page(request, "repairs/jobs.html", {"cards": cards, "done": list(done[:20]), "State": State})
