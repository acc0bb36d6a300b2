"""How a reading and the decisions about it become a Review: dates by the week table, people by name, doubts."""

import re
from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from houqin.kernel.ui.wording import span
from houqin.school.people.models import Department, User
from houqin.school.places.models import Place, normal_code
from houqin.school.terms.models import Term, Week

from .. import reader
from . import doubts
from .plan import Plan
from .review import Doubt, PeriodView, PlanView, Review, Row

_NAMES = re.compile(r"[、,，/;；\s和及与+&]+")


class Known:
    """What the school already knows, read in a handful of queries: people, departments, weeks, rooms, plans."""

    def __init__(self, intake: Any, reading: reader.Reading) -> None:
        users = list(User.objects.active().select_related("department"))
        names = Counter(user.name for user in users)
        self.people = {user.name: user for user in users if names[user.name] == 1}
        self.by_pk = {user.pk: user for user in users}
        self.departments = {department.name: department for department in Department.objects.active()}
        self.terms = {term.pk: term for term in Term.objects.select_related("year")}
        year = intake.term.year_id if intake.term else None
        self.table = list(Week.objects.filter(term__year=year).order_by("start")) if year else []
        self.weeks = {week.number: week for week in self.table if week.term_id == intake.term_id}
        codes = {
            s.value
            for plan in reading.plans
            for p in plan.periods
            for i in p.items
            for s in i.suggestions
            if s.kind == "room"
        }
        wanted = [normal_code(code) for code in codes]
        self.rooms = {place.code: place for place in Place.objects.active().filter(code__in=wanted)} if wanted else {}
        titles = [plan.title for plan in reading.plans if plan.title]
        self.plans = list(Plan.objects.active().filter(Q(title__in=titles) & ~Q(digest="")).order_by("pk"))

    def department(self, words: str) -> Department | None:
        """教务处 by its name; 教务 or 后勤处 (总务处) by the one name that holds it or is held by it."""
        if words in self.departments:
            return self.departments[words]
        found = [d for name, d in self.departments.items() if len(words) > 1 and (words in name or name in words)]
        return found[0] if len(found) == 1 else None

    def owners(self, words: str) -> tuple[list[User], list[Department], list[str]]:
        """The people and departments named, and the names nobody bears."""
        users, departments, lost = [], [], []
        for name in filter(None, _NAMES.split(words.strip("()（）:： "))):
            if name in self.people:
                users.append(self.people[name])
            elif department := self.department(name):
                departments.append(department)
            else:
                lost.append(name)
        return users, departments, lost

    def week_at(self, start: date | None, end: date | None) -> Week | None:
        """The week of exactly these days."""
        return next((week for week in self.table if (week.start, week.end) == (start, end)), None)


def review(intake: Any) -> Review:
    """Read the document as it is now decided. Raises reader.Unreadable."""
    reading = intake.read()
    known, given = Known(intake, reading), intake.decisions or {}
    plans = [_plan(str(i), plan, intake, known, given) for i, plan in enumerate(reading.plans)]
    found = Review(intake, reading, plans)
    _taken_up(found, known, given)
    for number, row in enumerate(found.rows, 1):
        row.number = number
    return found


def _plan(key: str, source: reader.Plan, intake: Any, known: Known, given: dict[str, Any]) -> PlanView:
    said = given.get("plans", {}).get(key, {})
    term = known.terms.get(said["term"]) if "term" in said else intake.term
    chosen = next((d for d in known.departments.values() if d.pk == said.get("department")), None)
    department = chosen if "department" in said else intake.department
    title = source.title or intake.name.rsplit(".", 1)[0]
    view = PlanView(key, source, title, bool(said.get("skip")), term, department)
    names = sum(bool(item.owner) for period in source.periods for item in period.items)
    named = names * 2 >= sum(len(period.items) for period in source.periods) > 0
    for j, period in enumerate(source.periods):
        view.periods.append(_period(f"{key}.{j}", period, known, given, named))
    term_id, department_id = getattr(term, "pk", None), getattr(department, "pk", None)
    same = [
        p for p in known.plans if p.title == view.title and (p.term_id, p.department_id) == (term_id, department_id)
    ]
    view.known = same[0] if same else None
    return view


def _period(key: str, source: reader.Period, known: Known, given: dict[str, Any], named: bool) -> PeriodView:
    view = PeriodView(key, source, source.start, source.end)
    one_week = source.kind == "week" and source.number is not None and source.number_to in (None, source.number)
    week = known.weeks.get(source.number) if one_week else None
    view.week = week or known.week_at(source.start, source.end)
    if week and source.start and (source.start, source.end) != (week.start, week.end):
        options = [
            ("calendar", _("by the calendar %(days)s") % {"days": span(week.start, week.end)}),
            ("written", _("as written %(days)s") % {"days": span(source.start, source.end)}),
        ]
        view.doubt = Doubt(
            "dates",
            _("Written %(days)s, the calendar says otherwise") % {"days": span(source.start, source.end)},
            options,
            "calendar",
        )
        if view.doubt.decide(given.get("periods", {}).get(key, {})) == "written":
            week = None
            view.week = None
    if week:
        view.start, view.end = week.start, week.end
    said = given.get("items", {})
    for k, item in enumerate(source.items):
        view.rows.append(_row(f"{key}.{k}", item, view, known, said.get(f"{key}.{k}", {}), named))
    return view


def _row(key: str, item: reader.Item, period: PeriodView, known: Known, said: dict[str, Any], named: bool) -> Row:
    text = said.get("text") or bare(item)
    row = Row(key, item.label, item.text, item.line, text=text, start=period.start, due=period.end)
    row.skip, row.checked = bool(said.get("skip")), bool(said.get("checked"))
    row.area = said["area"] if "area" in said else next((s.value for s in item.suggestions if s.kind == "area"), "")
    doubts.raise_all(row, item, period, known, said, named)
    if "owner" in said:
        row.owner = known.by_pk.get(said["owner"])
    for name in ("start", "due"):
        if said.get(name):
            setattr(row, name, date.fromisoformat(said[name]))
            row.parts = []
    if row.start and row.due and row.due < row.start:
        row.start = row.due
    return row


def bare(item: reader.Item) -> str:
    """The task without the owner in brackets at its end, who stands in a field of his own."""
    if not item.owner:
        return item.text
    owner = re.escape(item.owner)
    return re.sub(rf"\s*[（(][^（()）]{{0,6}}{owner}\s*[）)]\s*$", "", item.text) or item.text


def _taken_up(found: Review, known: Known, given: dict[str, Any]) -> None:
    """Lines the reader left out and the person takes as tasks of a period."""
    periods = {period.key: period for plan in found.plans for period in plan.periods}
    left = {remark.line: remark for remark in found.reading.unread}
    for extra in given.get("extra", []):
        period, remark = periods.get(extra["period"]), left.get(extra["line"])
        if period and remark:
            key = f"x{remark.line}"
            item = reader.Item("", remark.text.strip()[:500], remark.line)
            row = _row(key, item, period, known, given.get("items", {}).get(key, {}), named=False)
            row.fresh = True
            period.rows.append(row)
