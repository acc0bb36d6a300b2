"""Sizes and names of the house (docs/adr/0012). An exception is a line in EXCEPTIONS with the number of its ADR."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE, FUNCTION, TEMPLATE, REGISTERS, SETTINGS = 300, 30, 150, 120, 200
KERNEL, GENERATED = 3000, 4600  # the core, and kernel/registers: docs/adr/0014
FORBIDDEN = {"utils", "helpers", "misc", "common", "manager", "managers", "service", "services", "handler", "handlers"}
NOT_IN_AN_AREA = {"urls", "forms", "tables", "filters", "serializers", "admin", "signals"}
EXCEPTIONS: dict[str, str] = {}  # "path" or "path::function" → "ADR 0000"
PAGE_RULES = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)", re.IGNORECASE),
    "an inline style block": re.compile(r"<style\b", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
}


def files(*patterns: str) -> list[Path]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(path for path in found if not {"migrations", "node_modules", "build"} & set(path.parts))


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def modules() -> Iterator[tuple[str, str]]:
    """Every finding is (where, sentence)."""
    for path in files("houqin/**/*.py", "tests/**/*.py", "tools/*.py", "bench/**/*.py", "houqin/**/static/**/*.js"):
        where, limit = name(path), MODULE
        if path.name == "registers.py":
            limit = REGISTERS
        if where == "houqin/site/settings.py":
            limit = SETTINGS
        if (count := lines(path)) > limit:
            yield where, f"{count} lines (budget {limit})"
        if path.stem in FORBIDDEN:
            yield where, f"“{path.stem}” says nothing: name what is in it"
        if path.stem in NOT_IN_AN_AREA and path.parent.parent == ROOT / "houqin/areas":
            yield where, f"an area has no {path.name} (docs/architecture.md)"


def functions() -> Iterator[tuple[str, str]]:
    for path in files("houqin/**/*.py", "tools/*.py", "bench/**/*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or 0) - node.lineno + 1
                if count > FUNCTION:
                    yield f"{name(path)}::{node.name}", f"{count} lines (budget {FUNCTION})"


def templates() -> Iterator[tuple[str, str]]:
    for path in files("houqin/**/templates/**/*.html"):
        if (count := lines(path)) > TEMPLATE:
            yield name(path), f"{count} lines (budget {TEMPLATE})"
        text = path.read_text(encoding="utf-8")
        for what, rule in PAGE_RULES.items():
            if match := rule.search(text):
                yield (
                    name(path),
                    f"{what} (line {text[: match.start()].count(chr(10)) + 1}); the security policy refuses it",
                )


def kernel() -> Iterator[tuple[str, str]]:
    own = [path for path in files("houqin/kernel/**/*.py") if "tests" not in path.parts]
    for where, limit, part in (
        ("houqin/kernel without registers", KERNEL, [path for path in own if "registers" not in path.parts]),
        ("houqin/kernel/registers", GENERATED, [path for path in own if "registers" in path.parts]),
    ):
        if (count := sum(lines(path) for path in part)) > limit:
            yield where, f"{count} lines (budget {limit})"


def clocks() -> Iterator[tuple[str, str]]:
    """Ruff bans the import; rooms that may speak HTTP are exempt there, but not from this."""
    for path in files("houqin/**/*.py"):
        if name(path) != "houqin/kernel/clock.py" and "timezone.now" in path.read_text(encoding="utf-8"):
            yield name(path), "timezone.now: ask houqin.kernel.clock"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> int:
    found = [*modules(), *functions(), *templates(), *kernel(), *clocks()]
    places = {where for where, _ in found}
    over = [f"{where}: {sentence}" for where, sentence in found if where not in EXCEPTIONS]
    over += [
        f"{where}: its exception ({adr}) is no longer needed"
        for where, adr in EXCEPTIONS.items()
        if where not in places
    ]
    for where, adr in EXCEPTIONS.items():
        if not list(ROOT.glob(f"docs/adr/{adr.removeprefix('ADR ')}-*.md")):
            over.append(f"{where}: {adr} is not in docs/adr")
    print("\n".join(over) if over else "budgets: kept", file=sys.stderr if over else sys.stdout)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
