"""The search index: one row a record, cut into words that both databases can look up at once."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils import translation

from .. import clock
from ..access import ALL, scopes, within
from ..events import Event, on
from ..jobs import job, later
from ..records.bulk import on_bulk
from .base import Register, registry
from .search_words import RUNS, asked, code, grams, query, tokens

KIND = 1 << 40
"""A row's key is kind * KIND + the record's key: the rows of a kind lie together, the newest last."""
BATCH = 1000
NAMED = 20_000


class SearchEntry(models.Model):
    """What the search knows of one record."""

    id = models.BigIntegerField(primary_key=True)
    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    tokens = models.TextField(blank=True)
    initials = models.CharField(max_length=200, null=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["subject_type", "subject_id"], name="searched_once")]
        indexes = [
            models.Index(
                fields=["subject_type", "number"], name="searched_number", opclasses=["int4_ops", "varchar_pattern_ops"]
            ),
            models.Index(fields=["id"], condition=models.Q(initials=None), name="searched_unspelt"),
        ]

    def __str__(self) -> str:
        return self.title

    def cut(self) -> "SearchEntry":
        words = tokens(f"{self.number} {self.title} {self.text}") | grams(self.initials or "")
        self.tokens = " ".join(sorted(words))
        return self


ROW = "SELECT e.id, e.subject_id, e.number, e.title, e.subtitle"
KEPT = ["number", "title", "subtitle", "text", "tokens", "initials"]


# asking ---------------------------------------------------------------------


def matching(model: type[models.Model], text: str) -> RawSQL:
    """The primary keys of a model's records that match, as a subquery for `filter(pk__in=…)`."""
    kind = ContentType.objects.get_for_model(model).pk
    if connection.vendor == "postgresql":
        sql = "SELECT subject_id FROM kernel_searchentry WHERE subject_type_id = %s AND vector @@ %s::tsquery"
        return RawSQL(sql, [kind, query(text)])  # noqa: S611
    sql = "SELECT rowid - %s FROM kernel_searchwords WHERE kernel_searchwords MATCH %s AND rowid BETWEEN %s AND %s"
    return RawSQL(sql, [kind * KIND, query(text) or '""', kind * KIND, kind * KIND + KIND - 1])  # noqa: S611


def newest(register: Register, user: Any, text: str, limit: int) -> list[SearchEntry]:
    """The newest matching entries of one register that the user may see."""
    kind = ContentType.objects.get_for_model(register.model).pk
    span, where = (kind * KIND, kind * KIND + KIND - 1), ""
    values: tuple[Any, ...] = ()
    if ALL not in scopes(user, register.model, "view"):
        seen = within(user, register.model._default_manager.order_by()).values("pk").query
        try:
            where, values = seen.sql_with_params()
        except EmptyResultSet:  # his scope holds nothing, known without asking the database
            return []
        where = f" AND e.subject_id IN ({where})"
    if connection.vendor == "postgresql":
        sql, key = "kernel_searchentry e WHERE e.vector @@ %s::tsquery", "e.id"
    else:
        sql, key = "kernel_searchwords w CROSS JOIN kernel_searchentry e ON e.id = w.rowid", "w.rowid"
        sql += " WHERE w.kernel_searchwords MATCH %s"
    sql = f"{ROW} FROM {sql} AND {key} BETWEEN %s AND %s{where}"
    return list(SearchEntry.objects.raw(f"{sql} ORDER BY {key} DESC LIMIT %s", [query(text), *span, *values, limit]))


def numbered(register: Register, user: Any, text: str) -> list[SearchEntry]:
    """Entries whose number is the text or begins with it, the exact one first: of the first fifty, those he may see."""
    start = code(text)
    if not re.search(r"\d", start):
        return []
    kind = ContentType.objects.get_for_model(register.model).pk
    if connection.vendor == "postgresql":
        where, values = "number LIKE %s", [start + "%"]
    else:  # LIKE would not use the index here
        where, values = "number >= %s AND number < %s", [start, start + "\U0010fffd"]
    sql = f"{ROW} FROM kernel_searchentry e WHERE subject_type_id = %s AND {where} ORDER BY number LIMIT 50"
    found = list(SearchEntry.objects.raw(sql, [kind, *values]))
    if not found or ALL in scopes(user, register.model, "view"):
        return found
    own = register.model._default_manager.filter(pk__in=[hit.subject_id for hit in found])
    seen = set(within(user, own).order_by().values_list("pk", flat=True))
    return [hit for hit in found if hit.subject_id in seen]


def search(user: Any, text: str, limit: int = 6) -> list[tuple[Register, list[SearchEntry]]]:
    """[(register, entries)] of what the user may see: exact numbers first, then beginnings of numbers, then the newest.

    At most `limit` entries a register; registers without a hit are left out; the one with an exact number comes first.
    """
    if not asked(text):
        return []
    groups = []
    for register in registry.values():
        if register.search and scopes(user, register.model, "view"):
            hits = {hit.pk: hit for hit in numbered(register, user, text)[:limit]}
            if len(hits) < limit:
                hits |= {hit.pk: hit for hit in newest(register, user, text, limit) if hit.pk not in hits}
            if hits:
                groups.append((register, list(hits.values())[:limit]))
    exact = code(text)
    return sorted(groups, key=lambda group: group[1][0].number != exact)


# writing --------------------------------------------------------------------


def entry(register: Register, record: Any) -> SearchEntry:
    """What there is to know of a record, in the site's language, not yet cut into words."""
    kind = ContentType.objects.get_for_model(register.model)
    texts = {str(value) for path in register.search.split() if (value := _along(record, path)) not in (None, "")}
    number = next((v for name in ("number", "code") if isinstance(v := getattr(record, name, None), str)), "")
    with translation.override(settings.LANGUAGE_CODE):
        title, subtitle = str(register.heading(record)), str(register.found(record) or "")
    return SearchEntry(
        pk=kind.pk * KIND + record.pk, subject_type=kind, subject_id=record.pk, number=code(number)[:60],
        title=title[:200], subtitle=subtitle[:300], text=" ".join(sorted(texts)),
        initials=getattr(record, "initials", None) or None,
    )  # fmt: skip


def _along(record: Any, path: str) -> Any:
    for name in path.split("__"):
        record = getattr(record, name, None)
    return record


@on("*")
def index(event: Event) -> None:
    """Keep a record's entry true, in the transaction of the act; most acts change nothing that is searched."""
    register = registry.get(event.name.rpartition(".")[0])
    # What `keep` noted of this act; an act that wrote otherwise has noted nothing.
    moved = event.subject.__dict__.pop("_moved", None) if event.subject is not None else None
    if register is None or not register.search:
        return
    if register.indexed and moved is not None and moved.isdisjoint(register.indexed.split()):
        return
    made = entry(register, event.subject)
    was = SearchEntry.objects.filter(pk=made.pk).first()
    if was and made.initials is None and was.title == made.title:
        made.initials = was.initials
    made.cut()
    if was is None:
        made.save(force_insert=True)
    elif any(getattr(was, name) != getattr(made, name) for name in KEPT):
        made.save(force_update=True, update_fields=KEPT)
        _renamed(register, [made] if was.title != made.title else [])


@on_bulk
def index_many(model: type[models.Model], records: Iterable[Any]) -> None:
    """Entries of records written in bulk: a batch is read once with what it refers to and written once."""
    register = registry.get(model._meta.label_lower)
    if register is None or not register.search:
        return
    related = _relations(register)
    pks = [record.pk for record in records]
    for start in range(0, len(pks), BATCH):
        found = model._default_manager.filter(pk__in=pks[start : start + BATCH])
        rows = [entry(register, record) for record in (found.select_related(*related) if related else found)]
        known = SearchEntry.objects.defer("tokens").in_bulk([row.pk for row in rows])
        for row in rows:
            if row.initials is None and row.pk in known and known[row.pk].title == row.title:
                row.initials = known[row.pk].initials
            row.cut()
        SearchEntry.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=KEPT)
        _renamed(register, [row for row in rows if row.pk in known and known[row.pk].title != row.title])


def _relations(register: Register) -> list[str]:
    """The relations an entry of this register reads."""
    heads = {path.rpartition("__")[0] for path in register.search.split()} - {""}
    return sorted({*heads, *register.related.replace(",", " ").split()})


def naming(register: Register) -> list[tuple[Register, str]]:
    """[(other register, its relation)] whose entries hold the name of this register's records."""
    found = []
    for other in registry.values():
        for relation in _relations(other) if other.search else ():
            model: Any = other.model
            for step in relation.split("__"):
                model = model._meta.get_field(step).related_model
            if model is register.model:
                found.append((other, relation))
    return found


def _renamed(register: Register, entries: list[SearchEntry]) -> None:
    if entries and naming(register):
        later(follow, register.key, [row.subject_id for row in entries])


@job
def follow(key: str, pks: list[int]) -> int:
    """Write anew the entries that name these renamed records, the newest NAMED a register; returns how many."""
    done = 0
    for other, relation in naming(registry[key]):
        found = other.model._default_manager.filter(**{f"{relation}__in": pks}).order_by("-pk")[:NAMED]
        records = list(found.only("pk"))
        index_many(other.model, records)
        done += len(records)
    return done


def reindex() -> Iterator[tuple[str, int]]:
    """Write every entry anew, in order; yields (register key, rows done so far)."""
    for register in registry.values():
        if register.search:
            pks = register.model._default_manager.order_by("pk").values_list("pk", flat=True)
            done = 0
            while batch := list(pks[done : done + BATCH]):
                index_many(register.model, [register.model(pk=pk) for pk in batch])
                done += len(batch)
                yield register.key, done


@clock.every(minute="*")
def spell() -> None:
    """New titles get their pinyin initials from the worker: pypinyin costs 55 MB that no web process should carry."""
    if SearchEntry.objects.filter(initials=None).exists():
        later(add_initials)


@job
def add_initials() -> int:
    """Write the initials of titles that have none yet; returns how many."""
    from pypinyin import Style, lazy_pinyin

    done = 0
    while rows := list(SearchEntry.objects.filter(initials=None)[:BATCH]):
        for row in rows:
            runs = [chinese for chinese, _word in RUNS.findall(row.title) if chinese]
            row.initials = " ".join("".join(lazy_pinyin(run, style=Style.FIRST_LETTER)) for run in runs)[:200]
            row.cut()
        SearchEntry.objects.bulk_update(rows, ["initials", "tokens"])
        done += len(rows)
    return done
