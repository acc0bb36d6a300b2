"""make bench: floors and product measured in one run, on SQLite and PostgreSQL, against design goals."""

import argparse
import sys
import time
from collections.abc import Iterator

from . import measures
from .rows import Row, row, show, write
from .stock import Stock, Stocks

SIZES, LARGE = (1_000, 100_000), 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="a million orders as well (long)")
    parser.add_argument("--db", choices=("sqlite", "postgres"), help="only this database")
    parser.add_argument("--orders", type=int, help="only this size")
    args = parser.parse_args()
    stocks, start, rows = Stocks(), time.monotonic(), []
    try:
        for one in _all(stocks, args):
            rows.append(one)
            _say(one, time.monotonic() - start)
    finally:
        stocks.close()
        if rows:
            show(rows)
            print(f"{time.monotonic() - start:.0f} s; written to {write(rows)}")
    return 0


def _all(stocks: Stocks, args: argparse.Namespace) -> Iterator[Row]:
    sizes = [args.orders] if args.orders else [*SIZES, *([LARGE] if args.large else [])]
    for db in (args.db,) if args.db else ("sqlite", "postgres"):
        stocks.schema_seconds(db)  # the first collects the static files
        yield row("empty database to full schema", db, 0, [stocks.schema_seconds(db) for _n in range(3)], "s", "≤ 20")
        p50 = {}
        for size in sizes:
            stock = stocks.get(db, size)
            yield row("building the demo school in bulk", db, size, [stock.facts["seconds"]], "s")
            for one in _of(stock):
                p50[size] = one if one.name == "list p50" else p50.get(size)
                yield one
        for size in sizes[1:]:
            small, big = p50[sizes[0]], p50[size]
            values = [big.min / small.value, big.value / small.value, big.max / small.value]
            floor = f"{big.value:.1f} / {small.value:.1f} ms"
            goal = "≤ 1.5"
            yield row(f"list p50 at {size:,} / at {sizes[0]:,}", db, size, values, "ratio", goal, floor)


def _of(stock: Stock) -> Iterator[Row]:
    yield from measures.queries(stock)
    yield from measures.speed(stock)
    if stock.rows == SIZES[0]:
        yield from measures.one_pc(stock)
    if (stock.db, stock.rows) == ("sqlite", SIZES[0]):
        yield from measures.pages(stock)


def _say(one: Row, seconds: float) -> None:
    mark = "" if one.ok is None else "  met" if one.ok else "  MISSED"
    print(
        f"{seconds:6.0f} s  {one.db:<9} {one.rows:>9,}  {one.name}: {one.value:g} {one.unit}  {one.goal}{mark}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
