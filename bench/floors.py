"""Plain indexed SQL: what a search has to be measured against."""

from time import perf_counter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from houqin.areas.repairs.models import RepairOrder
from houqin.kernel.registers.search import KIND, query


def search_floor(text: str, limit: int = 20) -> list[Any]:
    """The newest orders with that word, by the index of this database."""
    kind = ContentType.objects.get_for_model(RepairOrder).pk
    span = [kind * KIND, kind * KIND + KIND - 1]
    if connection.vendor == "postgresql":
        sql = "kernel_searchentry e WHERE e.vector @@ %s::tsquery AND e.id BETWEEN %s AND %s ORDER BY e.id DESC"
    else:
        sql = (
            "kernel_searchwords w CROSS JOIN kernel_searchentry e ON e.id = w.rowid "
            "WHERE w.kernel_searchwords MATCH %s AND w.rowid BETWEEN %s AND %s ORDER BY w.rowid DESC"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.subject_id, e.title, e.subtitle FROM {sql} LIMIT {limit:d}", [query(text), *span])
        return cursor.fetchall()


def search_ms(text: str, times: int = 30) -> float:
    """Median milliseconds of the statement alone, in a warm process."""
    taken = []
    for _n in range(times):
        start = perf_counter()
        search_floor(text)
        taken.append((perf_counter() - start) * 1000)
    return sorted(taken)[len(taken) // 2]
