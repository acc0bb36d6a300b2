"""What is measured on one database: ratios against hello, percentiles, throughput, queries, memory, weight."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from . import server, weight
from .client import Act, Visitor, percentile, rate, ratios, rounds
from .inside import WORDS
from .rows import Row, row
from .stock import Stock

LIST, REPORT = "/repairs/repairorder/", "/repairs/report/"
ALL = LIST + "?tab=all"
"""The list without a narrowing tab: a page of 50 of all orders."""
GOALS = {
    "HTML list of 50": 10, "HTML detail": 8, "the desk": 20, "API list of 50": 9, "API detail": 3,
    "a verb over the API": 6,
}  # fmt: skip


def acts(stock: Stock) -> dict[str, Act]:
    orders = stock.facts["orders"]
    found: dict[str, Act] = {
        "hello": lambda visitor: visitor.get("/bench/hello/"),
        "HTML list of 50": lambda visitor: visitor.get(ALL),
        "HTML detail": lambda visitor: visitor.get(f"{LIST}{orders['detail']}/"),
        "the desk": lambda visitor: visitor.get("/"),
        "API list of 50": lambda visitor: visitor.get("/api/repairs/repairorder/?limit=50"),
        "API detail": lambda visitor: visitor.get(f"/api/repairs/repairorder/{orders['detail']}/"),
        "a verb over the API": lambda visitor: visitor.ask(
            "POST", f"/api/repairs/repairorder/{orders['going']}/urge/", '{"note": ""}'
        ),
    }
    for name, word in WORDS.items():
        page, floor = f"/search/?q={quote(word)}", f"/bench/search/?q={quote(word)}"
        found[f"search, {name}"] = lambda visitor, page=page: visitor.get(page)
        found[f"floor of search, {name}"] = lambda visitor, floor=floor: visitor.get(floor)
    return found


def speed(stock: Stock) -> Iterator[Row]:
    """One client, two workers, three rounds in turns."""
    db, size = stock.db, stock.rows
    with server.serving(stock, workers=2) as (port, _process, _seconds):
        visitor = Visitor(port, stock.facts["session"])
        taken = rounds(visitor, acts(stock))
        hello = taken["hello"]
        yield row("hello, signed in", db, size, [percentile(one, 0.5) for one in hello], "ms")
        for name, goal in GOALS.items():
            yield row(
                f"{name} / hello", db, size, ratios(taken[name], hello), "ratio", f"≤ {goal}", _ms(taken[name], hello)
            )
        for name, word in WORDS.items():
            found, floor = taken[f"search, {name}"], taken[f"floor of search, {name}"]
            pure = f"{_ms(found, floor)} (SQL alone {stock.facts['sql_ms'][word]:g})"
            yield row(
                f"search “{word}” / raw indexed SQL, same server", db, size, ratios(found, floor), "ratio", "≤ 8", pure
            )
        yield from under_load(visitor, db, size)


def under_load(visitor: Visitor, db: str, size: int) -> Iterator[Row]:
    """The list again and again: how even it is alone, and what eight clients get."""
    lists = rounds(visitor, {"list": lambda one: one.get(ALL)}, times=120)["list"]
    yield row("list p50", db, size, [percentile(one, 0.5) for one in lists], "ms")
    yield row(
        "list p95 / p50",
        db,
        size,
        [percentile(one, 0.95) / percentile(one, 0.5) for one in lists],
        "ratio",
        "≤ 1.4",
    )
    pairs = [
        (rate(visitor.port, visitor.session, ALL, 8), rate(visitor.port, visitor.session, ALL, 1)) for _n in range(3)
    ]
    floor = f"{sorted(one for _many, one in pairs)[1]:.0f} requests/s at 1"
    yield row("list requests/s, 8 clients / 1", db, size, [many / one for many, one in pairs], "ratio", "≥ 1.4", floor)


def _ms(values: list[list[float]], floor: list[list[float]]) -> str:
    return f"{percentile(sum(values, []), 0.5):.1f} / {percentile(sum(floor, []), 0.5):.1f} ms"


def queries(stock: Stock) -> Iterator[Row]:
    """The list page with the most SQL queries, of the director and of somebody who sees only his own."""
    for who, held in (("director", stock.facts["queries"]), ("teacher", stock.facts["own"])):
        worst = max(held, key=lambda key: held[key])
        yield row(
            f"SQL queries of a list page, most ({who}: {worst})", stock.db, stock.rows, [held[worst]], "queries", "≤ 8"
        )


def one_pc(stock: Stock) -> Iterator[Row]:
    """Start and memory of the server as a school runs it: one web worker, the tasks and the clock."""
    starts, workers, trees = [], [], []
    for _n in range(3):
        with server.serving(stock, workers=1) as (port, process, seconds):
            visitor = Visitor(port, stock.facts["session"])
            for act in list(acts(stock).values()) * 10:
                act(visitor)
            starts.append(seconds)
            worker, tree = server.memory(process)
            workers.append(worker)
            trees.append(tree)
    yield row("cold start to the first answer", stock.db, stock.rows, starts, "s", "≤ 2")
    yield row("memory of a web worker", stock.db, stock.rows, workers, "MB", "≤ 110")
    yield row("memory of the whole one-PC server", stock.db, stock.rows, trees, "MB", "≤ 400")


def pages(stock: Stock) -> Iterator[Row]:
    """Bytes of the list over the wire, and Lighthouse on the phone page."""
    session = stock.facts["session"]
    with server.serving(stock, workers=1) as (port, _process, _seconds):
        first, later = weight.kilobytes(port, session, ALL)
        yield row("page weight of the list, first visit", stock.db, stock.rows, [first], "KB", "≤ 250")
        yield row("page weight of the list, later", stock.db, stock.rows, [later], "KB", "≤ 25")
        scores: list[Any] = weight.lighthouse(port, session, REPORT)
        if scores:
            yield row(
                "Lighthouse performance, phone, report-repair page", stock.db, stock.rows, scores, "points", "≥ 95"
            )
        else:
            missing = row("Lighthouse: not measured (needs Node and network)", stock.db, stock.rows, [0], "points")
            missing.ok = False
            yield missing
