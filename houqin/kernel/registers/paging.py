"""Pages of a list: numbered up to a cap, beyond it forward and back by primary key, so that no page is slow."""

from typing import Any

from ..counting import CAP
from ..ui.rows import table_rows
from .columns import slim
from .lists import PAGE, words_of


class Pages:
    """The rows of one page and the addresses of the others."""

    def __init__(self, listing: Any) -> None:
        self.listing, params = listing, listing.params
        self.total = listing.count
        self.capped = self.total > CAP
        self.last = max(1, -(-min(self.total, CAP) // PAGE))
        self.by_key = self.capped and listing.ordering[0].lstrip("-") in ("pk", "id")
        self.edge = next(((w, params[w]) for w in ("after", "before") if self.by_key and params.get(w)), None)
        self.number = None if self.edge else min(max(_whole(params.get("page")), 1), self.last)
        self.rows = self._by_key() if self.edge else self._by_number()

    @property
    def _slim(self) -> Any:
        return slim(self.listing.register, self.listing.ordered, self.listing.chosen)

    def _by_number(self) -> list[Any]:
        start = ((self.number or 1) - 1) * PAGE
        rows = list(self._slim[start : start + PAGE])
        self.first_row, self.last_row = start + bool(rows), start + len(rows)
        self.more = self.number < self.last if self.number else False
        return rows

    def _by_key(self) -> list[Any]:
        word, value = self.edge  # type: ignore[misc]
        descending = self.listing.ordering[0].startswith("-")
        forward = word == "after"
        rows = self._slim
        if value != "end":
            rows = rows.filter(**{"pk__lt" if forward == descending else "pk__gt": _whole(value)})
        self.first_row = self.last_row = 0
        if forward:
            found = list(rows[: PAGE + 1])
            self.more = len(found) > PAGE
            return found[:PAGE]
        self.more = value != "end"
        return list(rows.reverse()[:PAGE])[::-1]

    def drawn(self, columns: Any, picks: Any) -> Any:
        return table_rows(self.rows, [(column.css, column.html) for column, _words in columns], bool(picks))

    # addresses ---------------------------------------------------------------------

    @property
    def links(self) -> dict[str, str | None]:
        """first, previous, next, last; None where there is none."""
        link, rows = self.listing.link, self.rows
        if self.edge:
            ahead = link(after=rows[-1].pk) if rows and self.more else None
            back = link(before=rows[0].pk) if rows else link()
            return {"first": link(), "previous": back, "next": ahead, "last": link(before="end") if ahead else None}
        number = self.number or 1
        ahead = link(page=number + 1) if number < self.last else None
        if ahead is None and self.by_key and rows:
            ahead = link(after=rows[-1].pk)
        return {
            "first": link() if number > 2 and self.capped else None,
            "previous": link(page=number - 1) if number > 1 else None,
            "next": ahead,
            "last": link(before="end") if self.by_key else None,
        }

    @property
    def numbers(self) -> list[int | None]:
        """Numbers to show, None for a gap."""
        if self.edge or self.last < 2:
            return []
        here = self.number or 1
        shown = sorted(
            {1, here - 1, here, here + 1, *([] if self.capped else [self.last])} & set(range(1, self.last + 1))
        )
        found: list[int | None] = []
        for n in shown:
            if found and found[-1] is not None and n - found[-1] > 1:
                found.append(None)
            found.append(n)
        return found

    @property
    def total_words(self) -> str:
        return words_of(self.total)


def _whole(text: Any) -> int:
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 19 else 0
