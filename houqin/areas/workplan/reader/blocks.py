"""What a document is made of before it is understood: lines with their place, and tables of cells."""

from dataclasses import dataclass, field
from typing import Any

from .reasons import refusal

PASTED = "pasted text"


class Unreadable(Exception):
    """The document cannot be read. The text is one English sentence for the person who gave it; `code` and `params`
    let a screen say the same in Chinese."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = {key: " ".join(str(value).split()) for key, value in params.items()}
        super().__init__(refusal(code, self.params))


@dataclass(slots=True)
class Line:
    """One line as written; `gap` tells of a blank line before it."""

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
