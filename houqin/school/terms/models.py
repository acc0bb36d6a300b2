"""School years, terms, their week tables, and the days that are not like the others."""

from datetime import date, timedelta
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel.records import Record, Retirable
from houqin.kernel.verbs import NotAllowed, verb

from . import calendar  # noqa: F401  its rules are declared with the tables
from .days import lay
from .holidays import official


class WeekStart(models.IntegerChoices):
    """The day a school week begins, as Python counts (Monday 0)."""

    SUNDAY = 6, _("Sunday")
    MONDAY = 0, _("Monday")


class SchoolYear(Record):
    """A year of school, from September to August."""

    name = models.CharField(_("name"), max_length=30, unique=True, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("school year")
        verbose_name_plural = _("school years")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="year_forward",
                                   violation_error_message=_("The last day comes before the first."))
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day:
            self.name = self.name or f"{self.first_day.year}–{self.last_day.year}学年"

    @verb(_("Fill in the holidays"), past="holidays_filled", icon="calendar-star", tone="primary")
    def fill_holidays(self, *, by: Any) -> dict[str, Any]:
        """Put in the published holidays and make-up days; years not yet announced get the days the law names."""
        count = 0
        known = {row.date: row for row in SpecialDay.objects.active()}
        for row in official(self.first_day, self.last_day):
            there = known.pop(row["date"], None)
            if there is None:
                SpecialDay.add(by=by, **row)
            elif there.announced or not row["announced"]:
                continue
            else:
                there.amend(by=by, **row)
            count += 1
        return {"days": count}


class Term(Record):
    """Half a school year: its first and last day, and the day its weeks begin."""

    NUMBERS = [(1, _("first term")), (2, _("second term"))]

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="terms", verbose_name=_("school year"))
    number = models.PositiveSmallIntegerField(_("term"), choices=NUMBERS)
    alias = models.CharField(_("also called"), max_length=20, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    week_start = models.PositiveSmallIntegerField(_("weeks begin on"), choices=WeekStart, default=WeekStart.SUNDAY)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="term_once",
                                    violation_error_message=_("This term is there already.")),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="term_forward",
                                   violation_error_message=_("The last day comes before the first.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} {self.get_number_display()}"

    def _no_weeks(self, by: Any) -> str | None:
        return gettext("The weeks are laid already; amend them one by one.") if self.weeks.exists() else None

    def _weeks(self, by: Any) -> str | None:
        return None if self.weeks.exists() else gettext("There are no weeks.")

    @verb(_("Lay the weeks"), past="weeks_laid", when=_no_weeks, icon="calendar-week", tone="primary")
    def lay_weeks(self, *, by: Any, first_number: Annotated[int, _("number of the first week")] = 1) -> dict[str, Any]:
        """Propose the week table from the first to the last day; each week can be amended by hand afterwards."""
        if not 0 <= first_number <= 60:
            raise NotAllowed(gettext("The first week has a number from 0 to 60."))
        spans = lay(self.first_day, self.last_day, self.week_start)
        for number, (start, end) in enumerate(spans, first_number):
            Week.add(by=by, term=self, number=number, start=start, end=end)
        return {"weeks": len(spans)}

    @verb(_("Clear the weeks"), past="weeks_cleared", when=_weeks, icon="calendar-x", tone="danger")
    def clear_weeks(self, *, by: Any, reason: Annotated[str, _("reason")]) -> dict[str, Any]:
        """Take the week table away to lay it anew; the history keeps what it was."""
        was = [f"{week.label} {week.start:%m-%d}–{week.end:%m-%d}" for week in self.weeks.all()]
        self.weeks.all().delete()
        return {"weeks": was}

    def clean(self) -> None:
        super().clean()
        if not (self.first_day and self.last_day):
            return
        touching = Term.objects.filter(first_day__lte=self.last_day, last_day__gte=self.first_day)
        for other in touching.exclude(pk=self.pk):
            raise ValidationError({"first_day": gettext("These days overlap with %s.") % other})


class Week(Record):
    """One week of a term, with its own first and last day; never recomputed."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="weeks", verbose_name=_("term"))
    number = models.PositiveSmallIntegerField(_("week number"))
    label = models.CharField(_("shown as"), max_length=20, blank=True)
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    counted = models.BooleanField(_("counted"), default=True)
    note = models.CharField(_("note"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("week")
        verbose_name_plural = _("week table")
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="week_forward",
                                   violation_error_message=_("The last day comes before the first.")),
            models.UniqueConstraint(fields=["start"], name="week_once",
                                    violation_error_message=_("Another week begins on this day.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.number is not None:
            self.label = self.label or f"第{self.number}周"
        if not (self.start and self.end):
            return
        if self.end - self.start > timedelta(days=20):
            raise ValidationError({"end": gettext("A week is not that long.")})
        for other in Week.objects.filter(start__lte=self.end, end__gte=self.start).exclude(pk=self.pk):
            raise ValidationError({"start": gettext("These days overlap with %s.") % other})


class SpecialDay(Retirable):
    """A day off, or a weekend day on which the school works, and the weekday whose timetable it follows."""

    WEEKDAYS = [
        (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")),
        (4, _("Friday")), (5, _("Saturday")), (6, _("Sunday")),
    ]  # fmt: skip

    date = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=40)
    is_off = models.BooleanField(_("day off"), default=True)
    is_exam = models.BooleanField(_("examination"), default=False)
    follows = models.PositiveSmallIntegerField(_("follows the timetable of"), choices=WEEKDAYS, null=True, blank=True)
    announced = models.BooleanField(_("announced"), default=True)
    note = models.CharField(_("note"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("holiday or make-up day")
        verbose_name_plural = _("holidays and make-up days")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["date"], condition=Q(retired_at=None), name="special_day_once",
                                    violation_error_message=_("This day is in the table already."))
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}" if isinstance(self.date, date) else self.name
