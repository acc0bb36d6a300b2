"""Where, after a period header, the schedule ends: at the next heading, a note, a signature, closing words."""

import re
from collections.abc import Mapping, Sequence

from . import words
from .heads import Head
from .labels import Label
from .people import is_roster_title
from .pieces import Piece

_HEADING = re.compile(
    r"(?:措施|保障|要求|说明|其他事项|注意事项|几点|总结|学期(?:工作)?(?:安排|计划)|主要工作|指导思想|工作目标)[:：]?$"
)


def following(pieces: Sequence[Piece]) -> list[Label | None]:
    """For each piece the label of the next labelled piece."""
    found: list[Label | None] = [None] * len(pieces)
    for i in range(len(pieces) - 2, -1, -1):
        found[i] = pieces[i + 1].label or found[i + 1]
    return found


class Ending:
    """Looks for the end among the pieces after one header; `outer` holds the headings counted so far."""

    def __init__(
        self, pieces: Sequence[Piece], head: Head, outer: Mapping[str, Label], follows: Sequence[Label | None]
    ) -> None:
        self.pieces, self.head, self.outer, self.follows = pieces, head, outer, follows
        self.labelled = any(p.label and p.role != "skip" for p in pieces)

    def find(self, *, last: bool, plain: bool) -> int:
        """Index of the first piece that is no part of the period. `last` tells that no header follows, `plain` that
        the periods before had tasks without labels."""
        number = 0
        for i, piece in enumerate(self.pieces):
            if piece.role == "end" or (words.is_tail(piece.copy) and piece.role == ""):
                return i
            if piece.role in ("cell", "skip"):
                continue
            if piece.label:
                if self._is_heading(i, piece.label) or (last and self._is_note_list(i, piece.label, plain)):
                    return i
                number = piece.label.number if piece.label.style == "num" else number
            elif piece.role != "rest" and self._ends(i, number, last):
                return i
        return len(self.pieces)

    def _is_heading(self, i: int, label: Label) -> bool:
        """A numbered heading that goes on counting where the headings before the schedule stopped."""
        before = self.pieces[i - 1].label if i else None
        if before and (before.style, before.number + 1) == (label.style, label.number):
            return False
        own, outer = self.head.label, self.outer.get(label.style)
        if own and own.style == label.style:
            return label.number == own.number + 1
        return outer is not None and label.number == outer.number + 1 and label.number > 1

    def _is_note_list(self, i: int, label: Label, plain: bool) -> bool:
        """After unlabelled tasks a list that begins at 1 at the very end is a list of notes."""
        if not i or label.number != 1 or label.style == "bullet" or self.pieces[i].role == "rest":
            return False
        before = [p for p in self.pieces[:i] if p.role == "" or (plain and p.role == "rest")]
        bare = [p for p in before if not p.label and not p.copy.rstrip().endswith(":") and not words.is_theme(p.copy)]
        rest = [p for p in self.pieces[i:] if p.role == "" and not words.is_sign_date(p.copy)]
        return bool(bare) and len(bare) == len(before) and all(p.label for p in rest)

    def _ends(self, i: int, number: int, last: bool) -> bool:
        copy, later = self.pieces[i].copy, self.follows[i]
        if words.is_furniture(copy) or (number and later and (later.style, later.number) == ("num", number + 1)):
            return False
        if words.is_note(copy) or is_roster_title(copy) or words.is_sign_date(copy):
            return True
        after = self.pieces[i + 1] if i + 1 < len(self.pieces) else None
        if last and words.is_org(copy) and (after is None or words.is_sign_date(after.copy)):
            return True
        if i and self._is_title(copy.strip(), after):
            return True
        return self.labelled and bool(i) and words.is_prose(copy) and not later

    @staticmethod
    def _is_title(copy: str, after: Piece | None) -> bool:
        """A short line without a number that opens another part: 保障措施, 第二学期工作安排."""
        if len(copy) > 30 or re.search("[。;,]", copy):
            return False
        begins = after is not None and after.label is not None and after.label.number == 1
        return (_HEADING.search(copy) is not None and (begins or after is None)) or (
            begins and words.OPENER.search(copy) is not None
        )
