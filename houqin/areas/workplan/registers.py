"""Plans, tasks and documents to import as lists, pages and forms."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.registers import Card, Column, Panel, Register, Sheet, Tab, contribute, register

from .models import Intake, Plan, Task, TaskState
from .reports import desk, sheets, table
from .reports import panels as facts


@register
class Plans(Register):
    """A department's plans, with their periods and how far they are done."""

    model, icon, order, related = Plan, "calendar-event", "-pk", "term department author"
    columns = ("number", "title", "term", "department", Column("done", _("Completed"), facts.done_of, sort=""), "state")
    extra_columns = "author created_at"
    filters, search = "term department state", "number title source"
    form, primary = "title, term department", "start"
    tabs = (
        Tab("open", _("In force"), lambda plans, user: plans.active()),
        Tab("closed", _("Closed"), lambda plans, user: plans.filter(state="closed"), counted=False),
        Tab("all", _("All"), lambda plans, user: plans, counted=False),
    )
    panels = (
        Panel(template="workplan/plan_periods.html", context=facts.periods),
        Panel(template="workplan/plan_measures.html"),
        Panel(builtin="attachments"),
    )
    side = (
        Panel(_("Plan"), facts="term department author created_at"),
        Panel(template="workplan/plan_progress.html", context=facts.progress),
    )
    sheets = (Sheet("plan", _("Print the plan"), "workplan/plan.typ", sheets.fill),)
    card = Card(title=lambda plan: plan.title, meta=lambda plan: plan.number)

    def queryset(self, user: Any, verb: str = "view") -> Any:
        real = Q(tasks__nature="task") & ~Q(tasks__state="cancelled")
        done = Q(tasks__nature="task", tasks__state="confirmed")
        found = super().queryset(user, verb)
        return found.annotate(tasks_all=Count("tasks", filter=real), tasks_done=Count("tasks", filter=done))

    def heading(self, record: Any) -> str:
        return record.title

    def subtitle(self, record: Any) -> str:
        return " · ".join(str(part) for part in (record.department, record.term) if part)


@register
class Tasks(Register):
    """Everybody's tasks, with owner, days and state."""

    model, icon, order, related = Task, "list-check", "due", "owner plan"
    columns, filters, tabs, card = table.COLUMNS, table.FILTERS, table.TABS, table.CARD
    extra_columns = "plan period label nature start recurrence owner_text tentative"
    needs = "start due nature tentative owner_text state text progress area"
    search = "text owner__name owner_text plan__title result"
    form = "text, owner area, start due, plan, departments, tentative"
    primary = "confirm finish begin fix_date"
    steps = (TaskState.WAITING, TaskState.DOING, TaskState.DONE, TaskState.CONFIRMED)
    panels = (
        Panel(template="workplan/task_content.html", context=facts.content),
        Panel(_("In the plan"), template="workplan/task_source.html", context=facts.source, when=facts.has_source),
        Panel(builtin="attachments"),
    )
    side = (Panel(_("Task"), facts="owner helpers departments start due area places plan recurrence"),)

    def subtitle(self, record: Any) -> str:
        return " · ".join(str(part) for part in (facts.owner_of(record), facts.days_of(record)) if part)


@register
class Intakes(Register):
    """Documents on their way into the plan; everybody sees his own."""

    model, icon, order, related = Intake, "file-import", "-pk", "term department"
    columns, search, filters = "name term department created_at state", "name", "state"
    adds = amends = imports = exports = False

    @property
    def words(self) -> list[str]:
        return [*super().words, "add"]


contribute("action:workplan.plan", desk.word_file)
contribute("service", desk.importing)
contribute("open:person", desk.open_of_person)
for _place in ("todo", "alert", "block", "waiting"):
    contribute(_place, getattr(desk, _place))
