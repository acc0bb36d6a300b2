"""Plans and their tasks."""

from .plan import Measure, Period, Plan
from .task import Task

__all__ = ["Measure", "Period", "Plan", "Task"]
