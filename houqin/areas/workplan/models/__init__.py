"""Plans, their tasks, and documents on their way into the plan."""

from .areas import AREAS, LABELS, LANES, lane_of
from .intake import Intake, IntakeState
from .plan import Measure, Period, PeriodKind, Plan, PlanState
from .task import BEFORE_DONE, OPEN, Task, TaskKind, TaskState

__all__ = [
    "AREAS", "BEFORE_DONE", "LABELS", "LANES", "OPEN", "Intake", "IntakeState", "Measure", "Period", "PeriodKind",
    "Plan", "PlanState", "Task", "TaskKind", "TaskState", "lane_of",
]  # fmt: skip
