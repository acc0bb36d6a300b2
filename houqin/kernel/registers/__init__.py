"""Registers: how one kind of record is listed, shown, asked for and served. A register is a declaration."""

from .base import Register, register, registry
from .columns import Column
from .contributions import contribute
from .panels import Panel
from .parts import Card, Filter, Sheet, Tab

__all__ = ["Card", "Column", "Filter", "Panel", "Register", "Sheet", "Tab", "contribute", "register", "registry"]
