"""What is kept in registers: the base record and the traits a record may have."""

from .attachable import Attachable, Attachment
from .base import Record, RecordQuerySet
from .bulk import add_many, written
from .commentable import Commentable
from .lines import Line
from .numbered import Numbered, NumberKind, NumberSeries
from .originated import Originated
from .retirable import Retirable

__all__ = [
    "Attachable", "Attachment", "Commentable", "Line", "NumberKind", "NumberSeries", "Numbered", "Originated",
    "Record", "RecordQuerySet", "Retirable", "add_many", "written",
]  # fmt: skip
