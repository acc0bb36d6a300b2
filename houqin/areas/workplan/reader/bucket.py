"""What stands between one period header and the next: items, themes, owners, and the place where the schedule ends."""

import re
from collections.abc import Iterator
from dataclasses import replace

from . import grammar as g
from . import words
from .answer import Item, Period, Prose, Reading, Remark
from .ending import Ending, following
from .heads import Head
from .labels import Label
from .normal import is_open, match_copy, squeeze
from .people import is_people, owner_in_brackets, owner_told
from .pieces import Piece

END_MARKS = re.compile(r"[\s;；。！!,，、`]+$|(?<!\d)\.$")


class Bucket:
    """Fills one period from the pieces that follow its header."""

    def __init__(self, reading: Reading, period: Period, head: Head, outer: dict[str, Label], last: bool) -> None:
        self.reading, self.period, self.head, self.outer, self.last = reading, period, head, outer, last
        self.next_label: Label | None = None
        # told by the whole plan: the periods before had unlabelled tasks only; a column of owners is announced
        self.plain = self.owners = False
        self.items: list[Item] = []
        self.follows: list[Label | None] = []
        self.labelled = self.marked = False

    def fill(self, pieces: list[Piece]) -> list[Piece]:
        """Takes the pieces that belong to the period and returns the rest."""
        own = [p for p in pieces if p.label and p.role != "skip"]
        self.labelled = bool(own)
        self.marked = sum(1 for p in own if not is_open(p.copy)) * 5 >= 3 * len(own)
        self.follows = following(pieces)
        ending = Ending(pieces, self.head, self.outer, self.follows)
        stop = ending.find(last=self.last, plain=self.plain)
        for i, piece in enumerate(pieces[:stop]):
            self.next_label = self.follows[i] if i + 1 < stop else None
            self._piece(piece, pieces[i + 1] if i + 1 < stop else None)
        return pieces[stop:]

    def _piece(self, piece: Piece, after: Piece | None) -> None:
        code = piece.code or self._code(piece, after)
        if code == "theme" and not self.period.note:
            self.period.note = piece.text
        if code:
            self._leave(piece, code)
        elif not self._is_owner(piece):
            self._item(piece, after)

    def _code(self, piece: Piece, after: Piece | None) -> str:
        copy = piece.copy
        if piece.alone:
            return "empty"
        if words.is_furniture(copy) and (not piece.label or words.is_page_number(copy)):
            return "furniture"
        if words.is_theme(piece.body_copy):
            return "theme"
        if piece.role == "" and not piece.label and words.titles_of(copy):
            return "titles"
        if piece.role == "" and not piece.label and (after or self.items) and words.FESTIVAL.match(copy.strip("()")):
            return "theme"
        if piece.role == "" and g.YEAR_LINE.fullmatch(squeeze(copy)[0]):
            return "year"
        if piece.role == "rest":
            return self._rest_code(piece, after)
        if self._is_group(piece, after):
            return "group"
        if not piece.label and piece.role == "" and words.is_prose(copy):
            return "prose"
        return "unsure" if self._is_unsure(piece, after) else ""

    def _rest_code(self, piece: Piece, after: Piece | None) -> str:
        """Words after a header on its line: a site's mark, a theme, or tasks."""
        if g.WATERMARK.search(piece.copy):
            return "watermark"
        if piece.label or (not self.labelled and after is None):
            if (
                not piece.label
                and re.search(r"(?:主题|活动|宣传|教育|文明|礼仪|安全|卫生|法制|感恩|读书)[^,。;:]{0,8}月$", piece.copy)
                and len(piece.copy) <= 12
            ):
                return "theme"
            return ""
        if after and words.FESTIVAL.match(piece.copy.strip("()。 ")):
            return "theme"
        if self.head.kind in ("month", "months") and re.search(r"月[。;]?$", piece.copy) and len(piece.copy) <= 14:
            return "theme"
        if (
            after
            and after.label
            and after.label.number == 1
            and len(piece.copy) <= 16
            and not re.search("[;。]", piece.copy)
        ):
            return "theme"
        return ""

    def _is_unsure(self, piece: Piece, after: Piece | None) -> bool:
        """Unlabelled words before the first item or between two items that count on: a theme, a detail or a task."""
        label = self.next_label
        if piece.label or piece.role != "" or not self.labelled or label is None:
            return False
        if not self.items:
            return True
        last = self.items[-1]
        if self._continues(piece, last, after) or self._tells_owner(piece):
            return False
        return label.style == last.style != "bullet" and label.number == last.number + 1

    def _is_group(self, piece: Piece, after: Piece | None) -> bool:
        if after is None or after.label is None or after.label.number != 1 or piece.role == "cell" and piece.cut:
            return False
        if piece.label is None:
            return piece.role != "cell" and (
                piece.copy.rstrip().endswith(":") or len(piece.copy) <= 8 and self.labelled and bool(self.items)
            )
        if piece.label.style == after.label.style:
            return False
        short = len(piece.body.strip()) <= 20 and not re.search("[。;]", match_copy(piece.body.strip()))
        return piece.label.style in ("cn", "cn()", "task") and short

    def _leave(self, piece: Piece, code: str) -> None:
        if code not in ("furniture", "watermark"):
            self.period.body.append(Prose(piece.text, piece.no, self.period.section, code))
        self.reading.unread.append(Remark(piece.no, code, piece.text))

    def _is_owner(self, piece: Piece) -> bool:
        """A line that names who is responsible for the tasks above it."""
        if piece.role != "" or piece.label or not self.items:
            return False
        who = self._tells_owner(piece)
        if not who:
            return False
        for item in self.items[-1:] if self.labelled else self.items:
            item.owner = item.owner or who.strip()
        self.period.body.append(Prose(piece.text, piece.no, self.period.section, "owner"))
        return True

    def _tells_owner(self, piece: Piece) -> str:
        told = words.owner_of(piece.copy)
        if told:
            return piece.text[told.start("who") :]
        return piece.text if self.owners and len(piece.copy) <= 24 and is_people(piece.copy) else ""

    def _item(self, piece: Piece, after: Piece | None) -> None:
        items = self.items
        if not piece.label and items and self._continues(piece, items[-1], after):
            last = items[-1]
            last.raw = f"{last.raw}{piece.text}"
            last.text = END_MARKS.sub("", f"{last.text}{piece.text}")
            last.flag("joined")
            return
        for part in self._parts(piece):
            self._add(part, after)

    def _continues(self, piece: Piece, last: Item, after: Piece | None) -> bool:
        if not self.labelled or not last.style or piece.role == "rest" or not is_open(match_copy(last.raw)):
            return False
        if len(last.text) <= 4:
            return True
        next_label = after.label if after and after.role != "end" else None
        going_on = next_label is None or next_label.style != last.style or next_label.number == last.number + 1
        if piece.role == "cell":
            return going_on and not piece.gap
        return self.marked and going_on and (not piece.gap or len(piece.text) <= 30)

    def _parts(self, piece: Piece) -> Iterator[Piece]:
        """An unlabelled line with semicolons holds several tasks; a prefix such as 主要活动: is none of their words."""
        skip = 0 if piece.label else words.tasks_prefix(piece.copy)
        body = piece.text[skip:].strip()
        if piece.label or not re.search("[;；].*[^;；。\\s]", body):
            yield piece
            return
        lead = piece.text[:skip]
        for part in re.split(r"(?<=[;；])", body):
            if part.strip(" ;；。、　"):
                yield replace(piece, text=lead + part.strip(), cut=True)
                lead = ""

    def _add(self, piece: Piece, after: Piece | None) -> None:
        label = piece.label
        skip = label.rest if label else words.tasks_prefix(piece.copy)
        shown = label.text if label else piece.text[:skip].strip()
        body = piece.text[skip:].strip()
        if not body:
            self._leave(piece, "group" if after else "section")
            return
        item = Item(shown, END_MARKS.sub("", body) or body, piece.no, piece.text, piece.owner)
        item.style, item.number = (label.style, label.number) if label else ("", 0)
        found = owner_in_brackets(match_copy(body)) or owner_told(match_copy(body))
        if found and not item.owner:
            item.owner = body[found[0] : found[1]].strip()
        if piece.cut:
            item.flag("split")
        if not label and self.labelled and piece.role == "":
            item.flag("look")
        self._nest(item, after)
        self.items.append(item)
        self.period.body.append(item)

    def _nest(self, item: Item, after: Piece | None) -> None:
        main = self.items[0].style if self.items else item.style
        if (
            item.style
            and main
            and item.style != main
            and item.style in ("(n)", "n)", "circle", "letter")
            and main in ("num", "cn", "cn()")
        ):
            item.flag("sub")
        if (
            after
            and after.label
            and item.style
            and after.label.style != item.style
            and after.label.number == 1
            and after.label.style not in ("num", "bullet", "cn")
        ):
            item.flag("group")
