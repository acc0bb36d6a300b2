"""The offices, grades, subject groups and teams of the school, and the posts people hold in them."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel.records import Retirable
from houqin.kernel.records.retirable import RetirableQuerySet


class DepartmentKind(models.TextChoices):
    OFFICE = "office", _("office")
    GRADE = "grade", _("grade")
    SUBJECT = "subject", _("subject group")
    TEAM = "team", _("team")
    OUTSIDE = "outside", _("outside unit")


class DepartmentQuerySet(RetirableQuerySet):
    def own(self, user: Any) -> Self:
        """The department the user works in, and those he heads."""
        return self.filter(Q(head=user) | Q(pk=user.department_id))

    def headed_by(self, user: Any) -> Self:
        """Those he heads, and the teams below them."""
        return self.filter(Q(head=user) | Q(parent__head=user))

    dept = headed_by


class Department(Retirable):
    """An office, grade, subject group or team, and who heads it."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=DepartmentKind, default=DepartmentKind.OFFICE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="headed", verbose_name=_("head")
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("sort order"), default=0)

    said_by = "name"
    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        above, seen = self.parent, 0
        while above is not None and seen < 20:
            if above.pk is not None and above.pk == self.pk:
                raise ValidationError({"parent": gettext("A department cannot belong to itself.")})
            above, seen = above.parent, seen + 1


class Post(Retirable):
    """What somebody is employed as: 总务主任, 水电工."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("sort order"), default=0)

    said_by = "name"

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
