"""Who may do what, over which records. Two questions: `may` (this verb at all?) and `within` (on which records?)."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet

from . import clock

ALL = "all_of"
SECONDS, MOST = 5, 1000
_kept: dict[Any, tuple[Any, Any]] = {}


class Role(models.Model):
    """What somebody is at the school, or a duty he was given; rights hang on it."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    is_duty = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "kernel"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role may do one verb in one register, over one scope of its records."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    register = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    scope = models.CharField(max_length=20)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["role", "register", "verb", "scope"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.register} {self.verb} ({self.scope})"


class SeededLine(models.Model):
    """The matrix line last applied to a role and register, so that a new version adds only what is new."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    register = models.CharField(max_length=80)
    words = models.JSONField(default=list)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["role", "register"], name="seeded_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.register}"


@cache
def _asking() -> str:
    """The statement that reads a user's grants: every request asks it, so it is compiled once."""
    rows = Grant.objects.filter(role__holders=0).values_list("register", "verb", "scope")
    return str(rows.query.sql_with_params()[0])


@lru_cache(512)
def _rights(rows: tuple[tuple[str, str, str], ...]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for register, verb, scope in rows:
        found.setdefault(register, {}).setdefault(verb, set()).add(scope)
    return found


def grants(user: Any) -> dict[str, dict[str, set[str]]]:
    """{register: {verb: {scopes}}} of a user: one query, kept on the user object for the length of a request.

    People with the same rights share one object; never change it.
    """
    if not getattr(user, "is_active", False) or not user.pk:
        return {}
    if "_grants" not in user.__dict__:
        with connection.cursor() as cursor:
            cursor.execute(_asking(), [user.pk])
            user.__dict__["_grants"] = _rights(tuple(cursor.fetchall()))
    return user.__dict__["_grants"]


def kept(user: Any, name: Any, make: Callable[[], Any]) -> Any:
    """What `make` says for a user, made anew after some seconds: for compiled SQL, never for what is read with it."""
    state = user.version, grants(user), clock.today(), int(clock.now().timestamp()) // SECONDS
    found = _kept.get((user.pk, name))
    if found is None or found[0] != state:
        if len(_kept) > MOST:
            _kept.clear()
        found = _kept[user.pk, name] = state, make()
    return found[1]


def scopes(user: Any, model: type[models.Model], verb: str) -> set[str]:
    return grants(user).get(model._meta.label_lower, {}).get(verb, set())


def may(user: Any, model: type[models.Model], verb: str) -> bool:
    """Is there any record of this kind on which the user could do this?"""
    return bool(scopes(user, model, verb))


def within(user: Any, queryset: QuerySet[Any], verb: str = "view") -> QuerySet[Any]:
    """The records of the queryset on which the user may do this; a scope is the name of a QuerySet method."""
    found = scopes(user, queryset.model, verb)
    if not found:
        return queryset.none()
    if ALL in found:
        return queryset
    parts = [getattr(queryset.model._default_manager.all(), scope)(user) for scope in sorted(found)]
    reach = Q()
    for part in parts:
        reach |= Q(pk__in=part.order_by().values("pk"))
    return queryset.filter(reach)


def may_on(user: Any, record: models.Model, verb: str) -> bool:
    found = scopes(user, type(record), verb)
    if ALL in found:
        return True
    return bool(found) and within(user, type(record)._default_manager.filter(pk=record.pk), verb).exists()


def offered(user: Any, record: Any) -> list[Any]:
    """The verbs this user may do on this record now, in the order of its life; one query a distinct scope."""
    seen: dict[frozenset[str], bool] = {}
    found = []
    for verb in record.verbs.values():
        key = frozenset(scopes(user, type(record), verb.name))
        if key and key not in seen:
            seen[key] = may_on(user, record, verb.name)
        if key and seen[key] and verb.fits(record) and not verb.refusal(record, user):
            found.append(verb)
    return found


def holders(model: type[models.Model], verb: str, user_model: type[models.Model]) -> QuerySet[Any]:
    """The active people who hold a right at all (of any scope): whom to tell that something waits."""
    roles = Grant.objects.filter(register=model._meta.label_lower, verb=verb).values("role")
    return user_model._default_manager.filter(is_active=True, roles__in=roles).distinct()


def parse_line(line: str, words: Iterable[str]) -> set[tuple[str, str]]:
    """`"own: view add; all: finish"` → {(verb, scope), …}; `*` stands for every word of the register."""
    found = set()
    for clause in filter(None, (part.strip() for part in line.split(";"))):
        scope, _, verbs = clause.partition(":")
        scope = ALL if scope.strip() == "all" else scope.strip()
        found |= {(verb, scope) for verb in (words if verbs.strip() == "*" else verbs.split())}
    return found


def seed(matrix: dict[str, Any], words: Callable[[str], list[str]]) -> None:
    """Write what is new in the matrix file into the grants; what the school has edited stays edited."""
    for position, (code, name) in enumerate(matrix.get("roles", {}).items()):
        Role.objects.update_or_create(code=code, defaults={"name": name, "position": position, "is_duty": False})
    for position, (code, name) in enumerate(matrix.get("duties", {}).items(), start=100):
        Role.objects.update_or_create(code=code, defaults={"name": name, "position": position, "is_duty": True})
    roles = {role.code: role for role in Role.objects.all()}
    for register, lines in matrix["registers"].items():
        for code, line in lines.items():
            _seed_line(roles[code], register, parse_line(line, words(register)))


def _seed_line(role: Role, register: str, wanted: set[tuple[str, str]]) -> None:
    known, _ = SeededLine.objects.get_or_create(role=role, register=register)
    before = {(verb, scope) for verb, scope in known.words}
    for verb, scope in before - wanted:
        Grant.objects.filter(role=role, register=register, verb=verb, scope=scope).delete()
    rows = [Grant(role=role, register=register, verb=verb, scope=scope) for verb, scope in sorted(wanted - before)]
    Grant.objects.bulk_create(rows, ignore_conflicts=True)
    if before != wanted:
        known.words = sorted(wanted)
        known.save()
