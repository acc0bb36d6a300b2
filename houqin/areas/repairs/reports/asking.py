"""What the verbs of an order ask, where their signature alone would ask too much or too little."""

import inspect
from typing import Any, ClassVar

from houqin.kernel.registers.forms import RecordForm, asked_field

from ..models import CheckedBy, RepairOrder


def asking(name: str) -> dict[str, Any]:
    """The fields of a verb as its signature asks for them, for a form that leaves some of them out."""
    takes = RepairOrder.verbs[name].takes
    empty = inspect.Parameter.empty
    optional = frozenset(key for key, param in takes.items() if param.default is not empty)
    return {key: asked_field(RepairOrder, key, param) for key, param in takes.items()} | {"optional": optional}


class SparingForm(RecordForm):
    """Leaves out what this order, or this person, has no answer to; what is sent all the same is read."""

    def __init__(self, *args: Any, record: Any = None, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, user=user, **kwargs)
        for name in self.idle(record, user) if record is not None else ():
            if not self.is_bound or name not in self.data:
                del self.fields[name]
        self.rows = [[name] for name in self.order if name in self.fields]  # type: ignore[misc]

    order: ClassVar[tuple[str, ...]] = ()

    def idle(self, record: Any, user: Any) -> tuple[str, ...]:
        raise NotImplementedError


class FinishAsks(SparingForm):
    """The contractor's bill and warranty are asked only when a contractor mends it."""

    order = ("work_done", "photos", "damage", "damage_by", "materials", "labour_hours", "outside_cost",
             "warranty_until")  # fmt: skip

    def idle(self, record: Any, user: Any) -> tuple[str, ...]:
        return () if record.contractor else ("outside_cost", "warranty_until")


class ConfirmAsks(SparingForm):
    """On whose word is asked only of those who are neither reporter nor keeper of the room."""

    order = ("rating", "words", "note")

    def idle(self, record: Any, user: Any) -> tuple[str, ...]:
        return () if record.check_kind(user) == CheckedBy.BEHALF else ("note",)


FORMS: dict[str, Any] = {
    "finish": type("FinishForm", (FinishAsks,), asking("finish")),
    "confirm": type("ConfirmForm", (ConfirmAsks,), asking("confirm")),
}  # fmt: skip
