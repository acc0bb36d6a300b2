"""How an order stands in a list: its columns, its card on a phone, the tabs over them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from houqin.kernel.registers import Card, Column, Filter, Tab
from houqin.kernel.registers.columns import state_html
from houqin.kernel.ui import wording
from houqin.kernel.ui.jinja import icon

from ..models import DONE, IN_WORK, State
from . import clocks, panels

_TIMES = (
    "accepted_at accept_due_at accept_limit accept_minutes arrive_due_at arrive_limit arrive_minutes "
    "finish_due_at finish_limit finish_minutes finished_at"
)
NEEDS = f"number state urgency place category worker contractor reported_at suspended_at problem echoes {_TIMES}"


def _problem(order: Any) -> Markup:
    echoes = f' <span class="hq-st nd is-done">+{order.echoes:d}</span>' if order.echoes else ""
    return Markup(f"{icon(order.category.icon, 'cat')}{escape(order.problem)}{echoes}")  # noqa: S704


def _clock(name: str, label: Any) -> Column:
    return Column(
        name, label=label, sort=f"{name}_due_at", needs=_TIMES, html=lambda order: clocks.cell(order, name),
        value=lambda order: getattr(order, f"{name}_minutes"),
    )  # fmt: skip


def _open(*states: str) -> Any:
    return lambda found, user: found.open().in_state(*states) if states else found.open()


def _choices(name: str) -> Any:
    return lambda: panels.known.get()[name]


COLUMNS = (
    "number", "place", Column("problem", html=_problem, needs="problem echoes category"),
    Column("urgency", html=clocks.urgent), _clock("accept", _("First response")),
    _clock("arrive", _("Second response")),
    Column("worker", html=lambda order: order.hands or wording.NOTHING, needs="worker contractor"),
    "state", "reported_at",
)  # fmt: skip
FILTERS = (
    "reported_at", Filter("building", choices=_choices("building")), Filter("category", choices=_choices("category")),
    "urgency", Filter("worker", choices=_choices("worker")), "source", "state", "place",
)  # fmt: skip
TABS = (
    Tab("open", _("All open"), _open()), Tab("reported", _("To accept"), _open(State.REPORTED)),
    Tab("accepted", _("To dispatch"), _open(State.ACCEPTED)), Tab("work", _("In hand"), _open(*IN_WORK)),
    Tab("finished", _("To check"), _open(State.FINISHED)),
    Tab("late", _("Overdue"), lambda found, user: found.late(), late=True),
    Tab("mine", _("My jobs"), lambda found, user: found.open().filter(worker=user)),
    Tab("reporter", _("Reported by me"), lambda found, user: found.filter(reporter=user), counted=False),
    Tab("done", _("Closed"), lambda found, user: found.filter(state__in=DONE), counted=False),
)  # fmt: skip
CARD = Card(
    title=lambda o: f"{o.place} · {o.problem}", icon=lambda o: o.category.icon, badge=lambda o: state_html(o, dot=True),
    meta=lambda o: f"{o.number} · {o.get_urgency_display()} · {wording.moment(o.reported_at)}",
)  # fmt: skip
STEP_WORDS = {State.REPORTED: _("Reported"), State.ACCEPTED: _("Accepted")}
STEPS = (
    State.REPORTED, State.ACCEPTED, State.DISPATCHED, (State.ON_SITE, State.SUSPENDED),
    (State.CHECKED, State.FINISHED), (State.RATED, State.ARCHIVED),
)  # fmt: skip
