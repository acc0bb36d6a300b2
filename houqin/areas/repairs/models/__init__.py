"""What repairs keep: orders with their materials, and the categories."""

from .catalogue import CATALOGUE, SYMPTOMS
from .category import Category
from .closing import DamageNote
from .material import Material
from .order import RepairOrder
from .queries import OrderQuerySet
from .states import (
    BEFORE_FINISH,
    BEFORE_WORK,
    DONE,
    IN_WORK,
    OPEN,
    CheckedBy,
    Compensation,
    Damage,
    Source,
    Stars,
    State,
    Urgency,
)  # fmt: skip

__all__ = [
    "BEFORE_FINISH", "BEFORE_WORK", "CATALOGUE", "DONE", "IN_WORK", "OPEN", "SYMPTOMS", "Category", "CheckedBy",
    "Compensation", "Damage", "DamageNote", "Material", "OrderQuerySet", "RepairOrder", "Source", "Stars",
    "State", "Urgency",
]  # fmt: skip
