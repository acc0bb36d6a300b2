"""The kernel's tables, gathered where Django looks for them."""

from .access import Grant, Role, SeededLine
from .clock import Slot
from .events import Event
from .notices import Delivery, Notice
from .records import Attachment, NumberKind, NumberSeries
from .registers.search import SearchEntry
from .registers.tokens import ApiToken
from .registers.views_saved import SavedView

__all__ = [
    "ApiToken", "Attachment", "Delivery", "Event", "Grant", "Notice", "NumberKind", "NumberSeries", "Role", "SavedView",
    "SearchEntry", "SeededLine", "Slot",
]  # fmt: skip
