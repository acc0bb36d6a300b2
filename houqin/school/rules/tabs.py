"""The two tabs of every register whose records go out of use."""

from typing import Any

from houqin.kernel.registers import Tab


def in_and_out(inside: Any, outside: Any) -> tuple[Tab, Tab]:
    """What is in use, and what no longer is (not counted: it only grows)."""
    return (
        Tab("active", inside, lambda rows, user: rows.filter(retired_at=None)),
        Tab("retired", outside, lambda rows, user: rows.exclude(retired_at=None), counted=False),
    )
