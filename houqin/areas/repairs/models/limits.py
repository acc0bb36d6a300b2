"""How long each step may take, and how that time is counted.

Both response clocks and the completion clock run in working time of the school's calendar, for every urgency: so
domain/00 says. A school with people on call at night sets `repairs.urgent.all_hours` to 1; then urgent orders count
every minute of the day and of the week.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.school.rules.models import declare, value
from houqin.school.terms import calendar

from .states import Urgency

_D00 = "双响应默认时限，学校可改"
_XZ = "同类学校维修承诺：1 个工作日，复杂的 3 个工作日"
_SELF = "同类学校规定：2 个工作日未验收视为通过"
_OWN = "学校惯例"
_WORDS = {Urgency.URGENT: "urgent", Urgency.PRESSING: "pressing", Urgency.NORMAL: "normal"}


def _declare(code: str, default: int | str, unit: str, label: object, source: str = _OWN) -> None:
    declare(f"repairs.{code}", default, unit, label=label, source=source, area="repairs")


_declare("accept.urgent", 15, "min", _("First response, urgent"), _D00)
_declare("accept.pressing", 30, "min", _("First response, pressing"), _D00)
_declare("accept.normal", 120, "min", _("First response, normal"), _D00)
_declare("arrive.urgent", 30, "min", _("On site, urgent"), _D00)
_declare("arrive.pressing", 120, "min", _("On site, pressing"), _D00)
_declare("arrive.normal", 1, "working days", _("On site, normal"), _D00)
_declare("finish.urgent", 1, "working days", _("Completion, urgent"), _XZ)
_declare("finish.pressing", 2, "working days", _("Completion, pressing"), _XZ)
_declare("finish.normal", 3, "working days", _("Completion, normal"), _XZ)
_declare("urgent.all_hours", 0, "", _("Urgent orders count nights and holidays too (1 = yes)"))
_declare("warning.share", 25, "%", _("A clock turns amber in the last part of its time"))
_declare("warning.minutes", 30, "min", _("A clock turns amber when less than this is left"))
_declare("escalate.minutes", 60, "min", _("Late by more than this: the director is told"))
_declare("check.days", 2, "working days", _("Accepted by itself after"), _SELF)
_declare("archive.days", 30, "days", _("Archived by itself after"))
_declare("repeat.times", 3, "times", _("Repeat fault: the same room and category in a month"))
_declare("target.minutes", 30, "min", _("Target of the average first response"))
_declare("emergency.phone", "8215", "", _("Telephone for emergencies"))
_declare("public.open", 1, "", _("Reporting without sign-in by the room code (1 = yes)"))
_declare("public.name", 1, "", _("Without sign-in: the name is required (1 = yes)"))
_declare("public.phone", 0, "", _("Without sign-in: the phone is required (1 = yes)"))
_declare("public.room", 6, "times", _("Without sign-in: reports an hour from one room"))
_declare("public.device", 4, "times", _("Without sign-in: reports an hour from one device"))
_declare("public.photos", 3, "photos", _("Without sign-in: photos a report"))
_declare("ticket.days", 60, "days", _("The ticket link works for"))


def setting(code: str) -> int:
    """A whole number of this area's rules that is in force today."""
    return int(value(f"repairs.{code}"))


@dataclass(frozen=True)
class Limits:
    """Working minutes allowed from the report to each step."""

    accept: int
    arrive: int
    finish: int


def limits(urgency: int, on: date | None = None) -> Limits:
    word = _WORDS[Urgency(urgency)]
    day = calendar.day_minutes()
    return Limits(
        accept=int(value(f"repairs.accept.{word}", on)),
        arrive=int(value(f"repairs.arrive.{word}", on)) * (day if urgency == Urgency.NORMAL else 1),
        finish=int(value(f"repairs.finish.{word}", on)) * day,
    )


def all_hours(urgency: int) -> bool:
    return urgency == Urgency.URGENT and bool(setting("urgent.all_hours"))


def spent(start: datetime, end: datetime, urgency: int) -> int:
    """Counted minutes between two instants; negative when the second lies before the first."""
    if end < start:
        return -spent(end, start, urgency)
    if all_hours(urgency):
        return int((end - start).total_seconds() // 60)
    return calendar.working_minutes(start, end)


def due(start: datetime, minutes: int, urgency: int) -> datetime:
    """The instant at which that many counted minutes have passed."""
    if all_hours(urgency):
        return start + timedelta(minutes=minutes)
    return calendar.add_working_minutes(start, minutes)
