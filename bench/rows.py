"""What was measured, against its goal: the table and bench/out/latest.json."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

OUT = Path(__file__).with_name("out")


@dataclass
class Row:
    """One figure; `value` is the median of the rounds and what `goal` speaks of, `floor` what it was divided by."""

    name: str
    db: str
    rows: int
    value: float
    unit: str
    min: float
    max: float
    floor: str
    goal: str
    ok: bool | None


def row(name: str, db: str, rows: int, values: list[float], unit: str, goal: str = "", floor: str = "") -> Row:
    """Values of the rounds become a row; `goal` is "≤ 10" or "≥ 1.4" or "" (a figure without one)."""
    value = median(values)
    return Row(
        name, db, rows, round(value, 3), unit, round(min(values), 3), round(max(values), 3), floor, goal,
        met(value, goal) if goal else None,
    )  # fmt: skip


def met(value: float, goal: str) -> bool:
    sign, _space, limit = goal.partition(" ")
    within: dict[str, Callable[[float, float], bool]] = {"≤": lambda a, b: a <= b, "≥": lambda a, b: a >= b}
    return within[sign](value, float(limit))


def show(rows: list[Row]) -> None:
    table = Table(title="make bench")
    for name in ("quantity", "database", "orders", "value", "min–max", "unit", "floor", "goal", ""):
        table.add_column(name, justify="right" if name in ("orders", "value", "min–max") else "left")
    for one in rows:
        mark = "" if one.ok is None else "[green]met[/]" if one.ok else "[red bold]MISSED[/]"
        spread = "" if one.min == one.max else f"{one.min:g}–{one.max:g}"
        table.add_row(
            one.name, one.db, f"{one.rows:,}" if one.rows else "", f"{one.value:g}", spread, one.unit, one.floor,
            one.goal, mark,
        )  # fmt: skip
    Console(width=None if Console().is_terminal else 170).print(table)


def write(rows: list[Row]) -> Path:
    OUT.mkdir(exist_ok=True)
    path = OUT / "latest.json"
    path.write_text(json.dumps({"rows": [asdict(one) for one in rows]}, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
