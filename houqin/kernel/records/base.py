"""The base of every record: how it is added, amended, locked, checked and saved."""

from functools import cache
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.fields.related import ManyToManyField
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .. import clock
from ..events import Event, EventQuerySet
from ..verbs import NotAllowed, Verb, Verbs, plain


@cache
def choice_words(field: Any, language: str | None) -> dict[Any, str]:
    """{value: words} of a field's choices in one language: Django would translate all of them for each record."""
    return {value: str(words) for value, words in field.flatchoices}


class RecordQuerySet(models.QuerySet[Any]):
    """Scopes and adjectives; a scope takes the user and names whose records these are."""

    def all_of(self, user: Any) -> Self:
        return self

    def own(self, user: Any) -> Self:
        return self.filter(created_by=user)

    def active(self) -> Self:
        """Those that may still be chosen."""
        return self


class Record(models.Model):
    """Whatever is kept in a register."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=gettext_lazy("added by"),
    )  # fmt: skip
    created_at = models.DateTimeField(gettext_lazy("added at"), default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = RecordQuerySet.as_manager()
    verbs: ClassVar[Any] = Verbs()
    tones: ClassVar[dict[str, str]] = {}
    """The colour word of each state: wait, doing, late, pass, done, off."""

    class Meta:
        abstract = True

    # acts ---------------------------------------------------------------

    @classmethod
    def add(cls, *, by: Any, **given: Any) -> Self:
        """Write a new record from `given` (fields, many-to-many lists, lines by name). Raises ValidationError."""
        record = cls(created_by=by)
        with transaction.atomic():
            later = record.fill(given)
            record.prepare(by)
            record.full_clean()
            record.save()
            record.fill_later(later)
            record.settle(by, later)
            facts = {name: plain(value) for name, value in given.items()}
            Event.record(f"{cls._meta.label_lower}.added", record, by=by, now=getattr(record, "state", None), **facts)
        return record

    def amend(self, *, by: Any, version: int | None = None, **given: Any) -> Event | None:
        """Correct the record; the event keeps what each field was and is. None when nothing changed."""
        with transaction.atomic():
            self.lock()
            if version is not None and version != self.version:
                raise NotAllowed(
                    _("Somebody else changed this meanwhile. Reload the page and enter your change again.")
                )
            if reason := self.barred() or self.amend_refusal(by):
                raise NotAllowed(reason)
            before = self.values()
            later = self.fill(given)
            changes = self.changes(before) | self.fill_later(later)
            if not changes:
                return None
            self.keep(before)
            self.settle(by, later)
            return Event.record(f"{self._meta.label_lower}.amended", self, by=by, changes=changes)

    # hooks for kinds of records ------------------------------------------

    def prepare(self, by: Any) -> None:
        """Complete a new record before it is checked (number, deadlines). Call super()."""

    def settle(self, by: Any, later: dict[str, Any]) -> None:
        """Totals and the like, once lines are written. Call super()."""

    def barred(self) -> str | None:
        """Why nothing at all may be done any more, or None."""
        return None

    def amend_refusal(self, by: Any) -> str | None:
        """Why this may not be corrected now, or None."""
        return None

    # questions -----------------------------------------------------------

    @property
    def events(self) -> EventQuerySet:
        return Event.objects.about(self)

    @property
    def kind(self) -> ContentType:
        return ContentType.objects.get_for_model(type(self))

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 - Django's hook behind every get_…_display
        value = getattr(self, field.attname)
        return choice_words(field, get_language()).get(value, value)

    def verb(self, name: str) -> Verb:
        return type(self).verbs[name]

    def tone(self) -> str:
        return self.tones.get(getattr(self, "state", ""), "off")

    @classmethod
    def url_name(cls, page: str) -> str:
        return f"{cls._meta.app_label}:{cls._meta.model_name}_{page}"

    def get_absolute_url(self) -> str:
        return reverse(self.url_name("detail"), args=[self.pk])

    # how it is kept --------------------------------------------------------

    def lock(self) -> None:
        """Re-read under a row lock: whoever comes second sees what the first one did."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(of=("self",)))

    def values(self) -> dict[str, Any]:
        return {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}

    def fill(self, given: dict[str, Any]) -> dict[str, Any]:
        """Set plain fields; return what must wait for the primary key (many-to-many, lines)."""
        later = {}
        for name, value in given.items():
            if name in self.line_names() or isinstance(self._field(name), ManyToManyField):
                later[name] = value
            else:
                setattr(self, name, value)
        return later

    def fill_later(self, later: dict[str, Any]) -> dict[str, list[Any]]:
        """Write many-to-many lists and lines; return what changed as {name: [was, is]}."""
        changes = {}
        for name, value in later.items():
            manager = getattr(self, name)
            if name in self.line_names():
                if diff := manager.model.replace(self, manager, value):
                    changes[name] = diff
                continue
            was, now = {str(v) for v in manager.all()}, {str(v) for v in value}
            manager.set(value)
            if was != now:
                changes[name] = [sorted(was), sorted(now)]
        return changes

    def changes(self, before: dict[str, Any]) -> dict[str, list[Any]]:
        """{field: [was, is]} in words a reader of the history understands."""
        found = {}
        for field in self._meta.concrete_fields:
            old, new = before[field.attname], getattr(self, field.attname)
            if old != new:
                if field.is_relation and field.related_model:
                    old = field.related_model._default_manager.filter(pk=old).first() if old else None
                    new = getattr(self, field.name)
                found[field.name] = [plain(old), plain(new)]
        return found

    def keep(self, before: dict[str, Any]) -> None:
        """Check what changed since `before` with every constraint it is part of, and save."""
        same = {f.name for f in self._meta.concrete_fields if before[f.attname] == getattr(self, f.attname)}
        self.full_clean(exclude=same, validate_unique=len(same) < len(before), validate_constraints=False)
        if judged := self._judged(before):
            self.validate_constraints(exclude={f.name for f in self._meta.concrete_fields} - judged)
        # Only now: `clean` writes fields that follow from others.
        self._moved = {f.name for f in self._meta.concrete_fields if before[f.attname] != getattr(self, f.attname)}
        self.version += 1
        self.save()

    @classmethod
    def line_names(cls) -> list[str]:
        """The related names of this document's rows."""
        from .lines import Line

        return [r.get_accessor_name() or "" for r in cls._meta.related_objects if issubclass(r.related_model, Line)]

    def _judged(self, before: dict[str, Any]) -> set[str]:
        """The fields of every constraint that speaks of a changed field, the unchanged ones among them too."""
        found: set[str] = set()
        changed = {f.name for f in self._meta.concrete_fields if before[f.attname] != getattr(self, f.attname)}
        for rule in self._meta.constraints:
            asks = models.Q(getattr(rule, "condition", None) or models.Q(), *getattr(rule, "expressions", ()))
            names = {*getattr(rule, "fields", ()), *asks.referenced_base_fields} - {"pk"}
            fields = {self._meta.get_field(name).name for name in names}
            found |= fields if fields & changed else set()
        return found

    def _field(self, name: str) -> Any:
        return next((f for f in self._meta.get_fields() if f.name == name), None)
