"""Where one plan of a collection ends and the next begins, and how a plan is called."""

import re
from collections.abc import Sequence

from . import words
from .blocks import Block, Line
from .grammar import NUM
from .heads import read_head
from .labels import read_label
from .normal import match_copy, number, squeeze

_KIND = "计划|方案|安排|要点|行事历|日程|周历|月历|配档表|工作历|日历|规划"
_SHAPES = (
    re.compile(
        rf"(?P<stem>.{{0,40}}?)[(\[<]?(?:精选|优秀|推荐|最新|热门|范文)*篇(?P<n>{NUM})(?:[)\]>].{{0,40}}|:.{{0,40}})?$"
    ),
    re.compile(rf"[(\[<]?第(?P<n>{NUM})篇[)\]>]?[:,]?(?P<stem>.{{0,40}})$"),
    re.compile(rf"(?P<stem>.{{3,40}}?(?:{_KIND}))(?:范文)?[(\[]?(?P<n>{NUM})[)\]]?:?$"),
    re.compile(rf"(?P<stem>(?:范文|计划|方案))(?P<n>{NUM})(?::(?P<t>.{{0,40}}))?$"),
)
_TITLE = re.compile(rf"(?:{_KIND})(?:表|草案|初稿)?(?:\(.{{0,20}}\))?$|(?:{_KIND})表?")


def plan_starts(blocks: Sequence[Block]) -> list[int]:
    """Indexes of the lines that head the plans of a collection; empty for a document that is one plan."""
    best: list[int] = []
    tight = [squeeze(match_copy(b.text))[0] if isinstance(b, Line) and len(b.text) <= 60 else "" for b in blocks]
    for shape in _SHAPES:
        hits = [
            (i, number(hit["n"]), hit["stem"]) for i, text in enumerate(tight) if text and (hit := shape.match(text))
        ]
        found = _chain(hits)
        if len(found) > max(len(best), 1) or (
            len(found) == 1 and not best and "计划" in hits[0][2] and "篇" in tight[found[0]]
        ):
            best = found
    return best


def _chain(hits: list[tuple[int, int | None, str]]) -> list[int]:
    """The hits numbered 1, 2, 3 …; a table of contents before them, with the same lines, does not count."""
    runs: list[list[tuple[int, int]]] = []
    for i, n, _ in hits:
        if n == 1:
            runs.append([(i, 1)])
        elif runs and n == runs[-1][-1][1] + 1:
            runs[-1].append((i, n))
    if not runs:
        return [hits[0][0]] if len(hits) == 1 else []
    best = max(runs, key=lambda run: (len(run), run[-1][0] - run[0][0]))
    return [i for i, _ in best]


def is_title(copy: str) -> bool:
    return len(copy) <= 45 and not copy.endswith(("。", ";", ":", ",")) and _TITLE.search(copy) is not None


def title_line(blocks: Sequence[Block]) -> int:
    """Index of the line that is the title of a document with one plan, or -1."""
    for i, block in enumerate(blocks[:8]):
        if not isinstance(block, Line):
            break
        copy = match_copy(block.text)
        if read_label(block.text) or words.is_furniture(copy):
            continue
        head = read_head(block.text)
        if head and head.strength == "full" and not _TITLE.search(copy):
            break
        if is_title(copy):
            return i
    first = blocks[0] if blocks else None
    if isinstance(first, Line) and len(first.text) <= 30 and not re.search("[。;,:、]", match_copy(first.text)):
        return -1 if read_label(first.text) or read_head(first.text) else 0
    return -1
