"""What a document is made of before it is understood: lines with their place, and tables of cells."""

from dataclasses import dataclass, field


class Unreadable(Exception):
    """The document cannot be read; the text is one sentence for the person who gave it."""


@dataclass(slots=True)
class Line:
    """One line as written; `gap` tells of a blank line before it, `page` of a new sheet."""

    no: int
    text: str
    gap: bool = False


@dataclass(slots=True)
class Cell:
    """A cell's lines; `up` means it continues the merged cell above, `span` how many columns it covers."""

    lines: list[Line] = field(default_factory=list)
    up: bool = False
    span: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Table:
    """Rows of equal length; a column covered by a wider cell to its left holds an empty cell with span 0."""

    rows: list[list[Cell]]


Block = Line | Table
