"""What the reader hands back: plans with measures, periods and items, and everything it did not read, with reasons."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .reasons import sentence


@dataclass(slots=True)
class Suggestion:
    """A proposal for the person who checks: kind area|when|repeat|split|room|with|count, a value, the words it rests
    on, and how sure it is: certain, likely or look."""

    kind: str
    value: str
    why: str
    confidence: str

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "value": self.value, "why": self.why, "confidence": self.confidence}


@dataclass(slots=True)
class Item:
    """One task. `text` has neither label nor end mark; `raw` is verbatim; `module` is the suggested M-code or ""."""

    label: str
    text: str
    line: int
    raw: str = ""
    owner: str = ""
    flags: list[str] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    module: str = ""
    style: str = ""
    number: int = 0

    def flag(self, *words: str) -> None:
        """Adds flags that are not there yet."""
        self.flags += [w for w in words if w not in self.flags]

    def as_dict(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "text": self.text,
            "owner": self.owner,
            "line": self.line,
            "flags": list(self.flags),
            "suggestions": [s.as_dict() for s in self.suggestions],
        }


@dataclass(slots=True)
class Prose:
    """Text that is kept for printing but is no task: kind is prose, section, group, theme, note, sign, titles …"""

    text: str
    line: int
    section: str = ""
    kind: str = "prose"


@dataclass(slots=True)
class Measure:
    """A heading or numbered measure outside the schedule; level 1 一、, 2 (一), 3 1、, 4 1) and ①."""

    level: int
    label: str
    text: str
    line: int = 0
    raw: str = ""
    section: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"level": self.level, "label": self.label, "text": self.text}


@dataclass(slots=True)
class Period:
    """A dated stretch of the schedule. `number` is its week; `body` holds items and other lines in their order."""

    header: str
    kind: str
    line: int
    number: int | None = None
    number_to: int | None = None
    start: date | None = None
    end: date | None = None
    note: str = ""
    section: str = ""
    body: list["Item | Prose"] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [x for x in self.body if isinstance(x, Item)]

    def as_dict(self) -> dict[str, Any]:
        return {
            "header": self.header,
            "kind": self.kind,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "note": self.note,
            "items": [item.as_dict() for item in self.items],
        }


@dataclass(slots=True)
class Plan:
    """One plan of the document; `body` holds all that was read in the order of the document, for printing."""

    title: str = ""
    line: int = 0
    body: list[Measure | Prose | Period] = field(default_factory=list)

    @property
    def periods(self) -> list[Period]:
        return [x for x in self.body if isinstance(x, Period)]

    @property
    def measures(self) -> list[Measure]:
        return [x for x in self.body if isinstance(x, Measure)]

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "periods": [p.as_dict() for p in self.periods],
            "measures": [m.as_dict() for m in self.measures],
        }

    def as_lines(self) -> list[str]:
        """The plan as lines in the document's order, labels and wording."""
        lines = [self.title] if self.title else []
        for part in self.body:
            if isinstance(part, Period):
                lines.append(part.header)
                lines += [x.raw if isinstance(x, Item) else x.text for x in part.body]
            else:
                lines.append(part.raw if isinstance(part, Measure) else part.text)
        return lines


@dataclass(slots=True)
class Remark:
    """A line that was not read (with its text) or a warning (without): a stable code, its parameters, and the
    sentence `why` in plain English."""

    line: int
    code: str
    text: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def why(self) -> str:
        return sentence(self.code, self.params)


@dataclass(slots=True)
class Reading:
    """The whole answer."""

    plans: list[Plan] = field(default_factory=list)
    unread: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    year: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Exactly the JSON of the specification (C9); all values are plain."""
        return {
            "plans": [p.as_dict() for p in self.plans],
            "unread": [{"line": u.line, "text": u.text, "why": u.why} for u in self.unread],
            "warnings": [{"line": w.line, "why": w.why} for w in self.warnings],
        }
