"""Counting for tabs and menu: many questions, each compiled once, answered by one statement."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

CAP = 10_000
Counting = tuple[str, tuple[Any, ...]]
"""A compiled question: SQL and its values."""


def counting(queryset: Any) -> Counting:
    """The question how many rows a queryset has, none counted beyond CAP + 1."""
    short = queryset.order_by().select_related(None).values("pk")[: CAP + 1]
    try:
        sql, values = short.query.get_compiler(queryset.db).as_sql()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT COUNT(*) FROM ({sql}) t)", tuple(values)


def answered(asked: list[Counting]) -> list[int]:
    """The answers of many such questions by one statement."""
    if all(sql == "0" for sql, _values in asked):
        return [0] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(sql for sql, _v in asked), [v for _sql, values in asked for v in values])
        return list(cursor.fetchone())


def counted(querysets: Iterable[Any]) -> list[int]:
    """How many rows each queryset has, none counted beyond CAP + 1: one SQL statement for all of them."""
    return answered([counting(queryset) for queryset in querysets])
