"""Plans, tasks and documents to import as lists, pages and forms."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.registers import Card, Column, Filter, Panel, Register, Sheet, Tab, contribute, register
from houqin.kernel.ui import wording
from houqin.school.terms.calendar import week_of

from .models import LABELS, OPEN, Intake, Plan, Task, TaskState
from .reports import desk, sheets
from .reports import panels as facts


def this_week(tasks: Any, user: Any) -> Any:
    week, today = week_of(), clock.today()
    return tasks.open().between(week.start if week else today, week.end if week else today)


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
        Panel(_("Measures"), template="workplan/plan_measures.html", when=lambda plan, user: plan.measures.exists()),
        Panel(builtin="attachments"),
    )
    side = (
        Panel(_("Plan"), facts="term department author created_at"),
        Panel(template="workplan/plan_progress.html", context=facts.progress),
    )
    sheets = (Sheet("plan", _("Print the plan"), "workplan/plan.typ", sheets.fill),)
    card = Card(title=lambda plan: plan.title, meta=lambda plan: plan.number)

    def queryset(self, user: Any, verb: str = "view") -> Any:
        real, done = (
            Q(tasks__nature="task") & ~Q(tasks__state="cancelled"),
            Q(tasks__nature="task", tasks__state="confirmed"),
        )
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
    columns = (
        "text", Column("owner", html=facts.owner_html, sort="owner__name"), Column("due", _("Days"), html=facts.days_of),
        Column("area", html=lambda task: LABELS.get(task.area, wording.NOTHING)),
        Column("progress", _("Progress"), value=lambda task: task.progress, html=facts.bar_of, kind="number"), "state",
    )  # fmt: skip
    extra_columns = "plan period label nature start recurrence owner_text tentative"
    needs = "start due nature tentative owner_text state text progress area"
    filters = ("owner", "plan", Filter("plan__term", _("Term")), "state", "area", "due", "owner__department", "nature")
    search = "text owner__name owner_text plan__title result"
    form = "text, owner area, start due, plan, departments, tentative"
    primary = "confirm finish begin fix_date"
    steps = (TaskState.WAITING, TaskState.DOING, TaskState.DONE, TaskState.CONFIRMED)
    tabs = (
        Tab("week", _("This week"), this_week),
        Tab("mine", _("Mine"), lambda tasks, user: tasks.open().assigned(user)),
        Tab("late", _("Past due"), lambda tasks, user: tasks.late(), late=True),
        Tab("done", _("To be confirmed"), lambda tasks, user: tasks.filter(state=TaskState.DONE)),
        Tab("tentative", _("Date open"), lambda tasks, user: tasks.filter(tentative=True, state__in=OPEN)),
        Tab("all", _("All"), lambda tasks, user: tasks),
    )
    panels = (
        Panel(template="workplan/task_content.html", context=facts.content),
        Panel(_("In the plan"), template="workplan/task_source.html", context=facts.source, when=facts.has_source),
        Panel(builtin="attachments"),
    )
    side = (Panel(_("Task"), facts="owner helpers departments start due area places plan recurrence"),)
    card = Card(
        title=lambda task: task.text,
        meta=lambda task: " · ".join(str(p) for p in (facts.owner_of(task), facts.days_of(task)) if p),
        badge=facts.badge_of,
    )

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
