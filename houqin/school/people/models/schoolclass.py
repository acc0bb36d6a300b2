"""Classes and their homeroom teachers."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.records import Retirable
from houqin.kernel.records.retirable import RetirableQuerySet
from houqin.kernel.verbs import verb

from .grades import GRADES, parse_class

LAST_OF_STAGE = {"六年级", "初三", "高三"}


class SchoolClassQuerySet(RetirableQuerySet):
    def class_(self, user: Any) -> Self:
        """The classes whose homeroom teacher the user is."""
        return self.filter(homeroom=user)

    own = class_


class SchoolClass(Retirable):
    """A class of pupils, the year it entered, and its homeroom teacher."""

    name = models.CharField(_("name"), max_length=30, blank=True)
    grade = models.CharField(_("grade"), max_length=10, blank=True, choices=[(name, name) for name in GRADES])
    number = models.PositiveSmallIntegerField(_("class number"), blank=True)
    entered = models.PositiveSmallIntegerField(_("entered in"), blank=True)
    homeroom = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="classes",
        verbose_name=_("homeroom teacher"),
    )  # fmt: skip
    pupils = models.PositiveSmallIntegerField(_("pupils"), default=0)
    position = models.PositiveSmallIntegerField(editable=False, default=0)

    said_by = "name"
    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grade", "number"], condition=models.Q(retired_at=None), name="class_once",
                violation_error_message=_("There is already such a class."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @classmethod
    def find(cls, written: str) -> "SchoolClass | None":
        """The class somebody means by 高一（3）班, 高一3班 or 2026级3班; None when there is none or more than one."""
        if exact := cls.objects.filter(name=written.strip(), retired_at=None).first():
            return exact
        said = parse_class(written)
        if not said:
            return None
        found = cls.objects.filter(number=said["number"], retired_at=None)
        if "grade" in said:
            return found.filter(grade=said["grade"]).first()
        found = found.filter(entered=said["entered"], grade__startswith=said["stage"])
        return found.first() if found.count() == 1 else None

    @verb(_("Move up"), past="promoted", icon="stairs-up", bulk=True)
    def promote(self, *, by: Any) -> None:
        """A new school year: the class becomes the next grade's; the last grade of a stage leaves the school."""
        if self.grade in LAST_OF_STAGE:
            self.retired_at = clock.now()
            return
        names = list(GRADES)
        self.grade = names[names.index(self.grade) + 1]

    def clean(self) -> None:
        super().clean()
        if not (self.grade and self.number):
            said = parse_class(self.name) or {}
            self.grade, self.number = self.grade or said.get("grade", ""), self.number or said.get("number")
        if self.grade not in GRADES or not self.number:
            raise ValidationError({"name": gettext("Write the class as 高一(3)班, or choose grade and number.")})
        self.position = GRADES[self.grade] * 100 + self.number
        self.name = f"{self.grade}({self.number})班"
        self.entered = self.entered or self.usual_entry

    @property
    def usual_entry(self) -> int:
        """The September in which this grade began its stage (初一, 高一, 一年级)."""
        today = clock.today()
        year = today.year if today.month >= 8 else today.year - 1
        rank = GRADES[self.grade]
        return year - (rank - (10 if rank > 9 else 7 if rank > 6 else 1))
