"""What a document will become: its plans, periods and rows as the person who checks has decided so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from houqin.kernel import clock
from houqin.school.people.models import Department, User

from .. import reader
from .task import TaskKind

SKIP, LOOK, LIKELY, CERTAIN = "skip", "look", "likely", "certain"


@lru_cache(maxsize=8)
def read(data: bytes | str, name: str, year: int | None, first_day: date | None) -> reader.Reading:
    """The document read once for the many small questions of a review. Nobody changes the answer."""
    if isinstance(data, bytes):
        return reader.read_bytes(data, name, year=year, first_day=first_day)
    return reader.read_text(data, year=year, first_day=first_day)


@dataclass
class Doubt:
    """A question about a row (or a period): the words it rests on, the answers, the best guess."""

    field: str
    why: str
    options: list[tuple[str, str]]
    guess: str
    look: bool = False
    chosen: str = ""
    answered: bool = False

    def decide(self, given: dict[str, Any]) -> str:
        self.answered = given.get(self.field) in [value for value, _words in self.options]
        self.chosen = str(given[self.field]) if self.answered else self.guess
        return self.chosen


@dataclass
class Row:
    """One line of the document that becomes a task (or several, or none)."""

    key: str
    label: str
    original: str
    line: int
    text: str = ""
    owner: User | None = None
    owner_text: str = ""
    helpers: list[User] = field(default_factory=list)
    start: date | None = None
    due: date | None = None
    kind: str = TaskKind.TASK
    tentative: bool = False
    area: str = ""
    departments: list[Department] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    recurrence: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    parts: list[tuple[str, date | None, date | None]] = field(default_factory=list)
    skip: bool = False
    checked: bool = False
    number: int = 0
    fresh: bool = False
    """Taken from the lines the reader left out."""

    @property
    def pending(self) -> bool:
        """Does somebody still have to look at it?"""
        asked = any(doubt.look and not doubt.answered for doubt in self.doubts)
        return asked and not self.checked and not self.skip

    @property
    def sure(self) -> str:
        if self.skip:
            return SKIP
        if self.pending:
            return LOOK
        return LIKELY if any(not doubt.answered for doubt in self.doubts) and not self.checked else CERTAIN

    @property
    def tasks(self) -> list[tuple[str, date | None, date | None]]:
        """(text, from, due) of every task it makes."""
        return [] if self.skip else self.parts or [(self.text, self.start, self.due)]


@dataclass
class PeriodView:
    key: str
    source: reader.Period
    start: date | None
    end: date | None
    rows: list[Row] = field(default_factory=list)
    doubt: Doubt | None = None
    week: Any = None

    @property
    def agrees(self) -> bool:
        """Do the dates written agree with the school's week table?"""
        return bool(self.week and self.doubt is None)


@dataclass
class PlanView:
    key: str
    source: reader.Plan
    title: str
    skip: bool
    term: Any
    department: Any
    periods: list[PeriodView] = field(default_factory=list)
    known: Any = None
    """The plan of the register this one would renew, if any."""

    @property
    def rows(self) -> Iterator[Row]:
        for period in self.periods:
            yield from period.rows

    @property
    def tasks(self) -> int:
        return 0 if self.skip else sum(len(row.tasks) for row in self.rows)

    def __str__(self) -> str:
        return self.title


@dataclass
class Review:
    """Everything a review page shows and an import writes."""

    intake: Any
    reading: reader.Reading
    plans: list[PlanView]
    already: int = 0
    """How many of the tasks are in the register from an earlier import."""

    @property
    def rows(self) -> Iterator[Row]:
        for plan in self.plans:
            yield from plan.rows

    @property
    def kept(self) -> Iterator[Row]:
        for plan in self.plans:
            if not plan.skip:
                yield from plan.rows

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    @property
    def pending(self) -> list[Row]:
        return [row for row in self.kept if row.pending]

    @property
    def counts(self) -> dict[str, int]:
        """{"all", "look", "likely", "certain", "skip"}: rows of each; a row of a skipped plan is skipped."""
        found = dict.fromkeys(("all", LOOK, LIKELY, CERTAIN, SKIP), 0)
        for plan in self.plans:
            for row in plan.rows:
                found["all"] += 1
                found[SKIP if plan.skip else row.sure] += 1
        return found

    @property
    def total(self) -> int:
        return sum(plan.tasks for plan in self.plans)

    @property
    def past(self) -> int:
        """How many of the tasks were due before today: a plan brought in the middle of a term."""
        today = clock.today()
        dated = [row for row in self.kept if row.kind == TaskKind.TASK and not row.tentative]
        return sum(1 for row in dated for _text, _start, due in row.tasks if due and due < today)

    @property
    def repeated(self) -> int:
        """How many of the tasks come from rows that make several."""
        return sum(len(row.tasks) for row in self.kept if len(row.tasks) > 1)
