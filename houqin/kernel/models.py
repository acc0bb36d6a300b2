"""The kernel's tables, gathered where Django looks for them."""

from .access import Grant, Role, SeededLine
from .clock import Slot
from .events import Event
from .records import Attachment, NumberKind, NumberSeries

__all__ = ["Attachment", "Event", "Grant", "NumberKind", "NumberSeries", "Role", "SeededLine", "Slot"]
