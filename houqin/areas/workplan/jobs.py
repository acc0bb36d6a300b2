"""What happens by the clock: owners hear of tasks that fall due and of tasks that are overdue, each once a stage."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel import clock
from houqin.kernel.notices import tell
from houqin.kernel.ui.wording import day
from houqin.school.people.models import User
from houqin.school.rules.models import declare, value

from .models import BEFORE_DONE, Task, TaskKind

WARN = declare(
    "workplan.warn.days", 2, unit="days", label=gettext_lazy("owners are warned before a task is due"),
    source="学校惯例", area="workplan", confidence="L",
)  # fmt: skip
PRESS = declare(
    "workplan.press.days", 3, unit="days", label=gettext_lazy("an overdue task is brought before the director"),
    source="学校惯例", area="workplan", confidence="L",
)  # fmt: skip
DIRECTOR = "ZW"


@clock.every(hour=7, minute=0)
def warn() -> int:
    """Tell of what is due soon, of what is late, and the director of what is long late; returns how many tasks."""
    today, told = clock.today(), 0
    soon = today + timedelta(days=value(WARN))
    tasks = Task.objects.filter(state__in=BEFORE_DONE, nature=TaskKind.TASK, tentative=False, due__lte=soon)
    directors = list(User.objects.holding(DIRECTOR))
    long = today - timedelta(days=value(PRESS))
    for task in tasks.exclude(plan__state="closed").select_related("owner").order_by("due", "pk")[:2000]:
        late = task.due < today
        _tell(task, [task.owner], "late" if late else "soon")
        if task.due < long:
            _tell(task, directors, "long")
        told += 1
    return told


def _tell(task: Task, people: list[User | None], stage: str) -> None:
    """One notice a person, stage and due day, however often the clock rings."""

    def words() -> str:
        said = {
            "soon": _("Due on %(day)s: %(task)s"), "late": _("Overdue since %(day)s: %(task)s"),
            "long": _("Long overdue (%(day)s): %(task)s"),
        }[stage]  # fmt: skip
        return said % {"day": day(task.due), "task": task}

    with transaction.atomic():
        key = f"workplan:{task.pk}:{stage}:{task.due:%Y%m%d}"
        tell(people, words, task.get_absolute_url(), key=key, detail=str(task.owner or task.owner_text or ""))
