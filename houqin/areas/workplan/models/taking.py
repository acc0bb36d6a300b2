"""From a checked document to plans, periods and tasks. Runs inside the verb's transaction."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from houqin.kernel import clock
from houqin.kernel.events import Event
from houqin.kernel.records import add_many

from .. import reader
from .plan import Measure, Period, Plan, PlanState
from .review import PeriodView, PlanView, Review, Row
from .task import Task, TaskKind, TaskState


@dataclass
class Taken:
    """What an import did, for the page that follows and for the history."""

    plans: int = 0
    added: int = 0
    known: int = 0
    vanished: list[str] = field(default_factory=list)
    owners: dict[str, int] = field(default_factory=dict)


def fingerprint(*parts: Any) -> str:
    """One hash over the parts, the same for the same words however they are spaced."""
    return hashlib.sha256("\x1f".join(re.sub(r"\s+", "", str(part)) for part in parts).encode()).hexdigest()


def take(review: Review, by: Any) -> Taken:
    """Make or renew every plan that is not skipped."""
    taken = Taken()
    for view in review.plans:
        if not view.skip:
            _take_plan(view, review, by, taken)
    return taken


def _take_plan(view: PlanView, review: Review, by: Any, taken: Taken) -> None:
    text = "\n".join(view.source.as_lines())
    digest = fingerprint(text)
    plan = view.known or Plan.add(by=by, title=view.title[:200], term=view.term, department=view.department, author=by)
    taken.plans += view.known is None
    was = {} if view.known is None else dict(plan.tasks.exclude(fingerprint="").values_list("fingerprint", "text"))
    rows, seen = _rows(view, bool(review.intake.decisions.get("past")))
    fresh = [(row, fields) for row, fields in rows if fields["fingerprint"] not in was]
    if plan.digest != digest:
        _write(plan, view, text, digest)
    periods = _periods(plan, view)
    for _, fields in fresh:
        fields |= {"plan": plan, "period": periods[fields["period"]]}
    tasks = add_many(Task, [fields for _row_, fields in fresh], by=by)
    _link(tasks, [row for row, _fields in fresh])
    vanished = [words for mark, words in was.items() if mark not in seen]
    taken.added += len(tasks)
    taken.known += len(rows) - len(fresh)
    taken.vanished += vanished
    for owner, count in Counter(task.owner_id for task in tasks if task.owner_id).items():
        taken.owners[str(owner)] = taken.owners.get(str(owner), 0) + count
    if plan.state == PlanState.DRAFT:
        plan.start(by=by)
    elif tasks or vanished:
        changes = {"tasks": [len(was), len(was) + len(tasks)]}
        Event.record("workplan.plan.amended", plan, by=by, changes=changes, vanished=vanished)


def already(review: Review) -> int:
    """How many of the tasks an import would find in the register: one query, none for a new document."""
    known = {view.known.pk: view for view in review.plans if view.known and not view.skip}
    if not known:
        return 0
    pairs = Task.objects.filter(plan__in=known).exclude(fingerprint="").values_list("plan_id", "fingerprint")
    there = set(pairs)
    return sum(
        (pk, fields["fingerprint"]) in there for pk, view in known.items() for _, fields in _rows(view, False)[0]
    )


def _rows(view: PlanView, closed: bool) -> tuple[list[tuple[Row, dict[str, Any]]], set[str]]:
    """(row, fields of a task) for each task, and the fingerprints of all rows of the text, skipped ones too."""
    found, seen = [], set()
    today = clock.today() if closed else date.min
    times: Counter[tuple[str, str]] = Counter()
    for period in view.periods:
        for row in period.rows:
            mark = (period.source.header, row.original)
            times[mark] += 1
            prints = [fingerprint(*mark, times[mark], part) for part in range(max(len(row.tasks), 1))]
            seen |= set(prints)
            made = zip(row.tasks, prints, strict=False)
            found += [(row, _fields(row, period, *task, fingerprint=print_)) for task, print_ in made]
    for position, (row, fields) in enumerate(found):
        fields["position"] = position
        if row.kind == TaskKind.TASK and not row.tentative and fields["due"] and fields["due"] < today:
            fields |= {"state": TaskState.CONFIRMED, "progress": 100}
    return found, seen


def _fields(row: Row, period: PeriodView, text: str, start: Any, due: Any, fingerprint: str) -> dict[str, Any]:
    return {
        "period": period.key, "label": row.label[:20], "text": text[:500], "line": row.line, "nature": row.kind,
        "start": start, "due": due, "tentative": row.tentative, "owner": row.owner, "owner_text": row.owner_text,
        "area": row.area, "recurrence": row.recurrence, "fingerprint": fingerprint,
    }  # fmt: skip


def _write(plan: Plan, view: PlanView, text: str, digest: str) -> None:
    """Keep the plan as it was written, for printing it again."""
    plan.source, plan.body, plan.digest = text, body_of(view.source), digest
    plan.save(update_fields=["source", "body", "digest"])
    plan.measures.all().delete()
    measures = enumerate(view.source.measures)
    Measure.objects.bulk_create(
        Measure(plan=plan, position=i, level=m.level, label=m.label[:20], text=m.text) for i, m in measures
    )


def body_of(plan: reader.Plan) -> list[dict[str, Any]]:
    """Everything in the order of the document: kind (title, measure, prose, period, item), text as written, line."""
    found = [{"kind": "title", "text": plan.title, "line": plan.line}] if plan.title else []
    for part in plan.body:
        if isinstance(part, reader.Measure):
            text = part.raw or part.label + part.text
            found.append({"kind": "measure", "level": part.level, "text": text, "line": part.line})
        elif isinstance(part, reader.Prose):
            found.append({"kind": "prose", "text": part.text, "line": part.line})
        else:
            found.append({"kind": "period", "text": part.header, "line": part.line})
            for line in part.body:
                item = isinstance(line, reader.Item)
                text = (line.raw or line.label + line.text) if isinstance(line, reader.Item) else line.text
                found.append({"kind": "item" if item else "prose", "text": text, "line": line.line})
    return found


def _periods(plan: Plan, view: PlanView) -> dict[str, Period]:
    """The plan's periods by the key of the view; those it has already (by heading) are kept and dated anew."""
    known: dict[str, list[Period]] = {}
    for period in plan.periods.order_by("position"):
        known.setdefault(period.header, []).append(period)
    free, found, fresh = plan.periods.count(), {}, []
    for one in view.periods:
        held = known.get(one.source.header[:200])
        if held:
            found[one.key] = held.pop(0)
            continue
        source = one.source
        kind = source.kind if source.kind in ("week", "month", "months", "range", "tendays") else "other"
        found[one.key] = Period(
            plan=plan, position=free + len(fresh), header=source.header[:200], kind=kind, number=source.number,
            start=one.start, end=one.end, note=source.note[:200], week=one.week,
        )  # fmt: skip
        fresh.append(found[one.key])
    Period.objects.bulk_create(fresh)
    return found


def _link(tasks: list[Task], rows: list[Row]) -> None:
    """Helpers, departments and rooms of many tasks, in one statement each."""
    for name, column in (("helpers", "user_id"), ("departments", "department_id"), ("places", "place_id")):
        through = getattr(Task, name).through
        pairs = [(task.pk, other.pk) for task, row in zip(tasks, rows, strict=True) for other in getattr(row, name)]
        through.objects.bulk_create(through(task_id=task, **{column: other}) for task, other in dict.fromkeys(pairs))
