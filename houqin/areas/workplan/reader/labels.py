"""Reads the label that opens a line: 一、 (一) 1、 1. 1) (1) ① ⑴ A、 任务1: ● and their kin."""

import re
from dataclasses import dataclass

from .normal import match_copy, number

_CN = r"[一二三四五六七八九十]{1,3}"
_FORMS = (
    ("cn", re.compile(rf"({_CN})\s*(?:、|\.(?!\d)|,(?=\S{{2,}}$))")),
    ("cn()", re.compile(rf"\(\s*({_CN})\s*\)\s*[、.:]?")),
    ("num", re.compile(r"(\d{1,3})\s*、")),
    ("num", re.compile(r"(\d{1,3})\s*\.(?!\d)|(\d{1,2})\.(?=\d{1,2}(?:月|/)|\d{4}年)")),
    ("num", re.compile(r"(\d{1,2})\s*,(?!\d{3}(?!\d))")),
    ("n)", re.compile(r"(\d{1,2})\s*\)\s*[、.]?")),
    ("(n)", re.compile(r"\(\s*(\d{1,2})\s*\)\s*[、.]?")),
    ("letter", re.compile(r"([A-Ha-h])\s*[、.):](?![a-zA-Z])")),
    ("task", re.compile(rf"(?:任务|工作任务|事项|项目)\s*(\d{{1,2}}|{_CN})\s*[:、.]")),
)
_SIGNS = {
    **{chr(0x2460 + i): ("circle", i + 1) for i in range(20)},
    **{chr(0x2474 + i): ("(n)", i + 1) for i in range(20)},
    **{chr(0x2488 + i): ("num", i + 1) for i in range(20)},
    **{chr(0x2160 + i): ("roman", i + 1) for i in range(12)},
    **{chr(0x3220 + i): ("cn()", i + 1) for i in range(10)},
    **{chr(0x2776 + i): ("circle", i + 1) for i in range(10)},
}
_BULLET = re.compile(r"(?:[●•■◆★▲►※☆□○◇➢✓✔→▪◎⊙\uf000-\uf0ff]|[·*-](?![\d.]))\s*")
LEVEL = {"cn": 1, "cn()": 2, "num": 3, "n)": 4, "(n)": 4, "circle": 4, "letter": 4, "roman": 1, "task": 3, "bullet": 4}


@dataclass(frozen=True, slots=True)
class Label:
    """A label as written, its style, its number, and the place in the line where the text after it begins."""

    style: str
    number: int
    text: str
    rest: int
    mark: str = ""

    @property
    def level(self) -> int:
        return LEVEL[self.style]


def read_label(text: str, at: int = 0) -> Label | None:
    """The label at this place of the original line, or None. Dates (1.17~1. 23) and decimals (2.5万元) are none."""
    start = at + len(text[at:]) - len(text[at:].lstrip())
    if start >= len(text):
        return None
    copy = match_copy(text)
    sign = _SIGNS.get(text[start])
    if sign:
        end = _skip(copy, start + 1, "、.)")
        return Label(*sign, text[start:end].strip(), end, "sign")
    for style, form in _FORMS:
        hit = form.match(copy, start)
        if hit:
            word = next(filter(None, hit.groups()))
            n = number(word) if style != "letter" else ord(word.upper()) - 64
            if n is not None and not (style == "num" and _is_other(copy, hit.end())):
                return Label(style, n, text[start : hit.end()].strip(), _skip(copy, hit.end()), hit[0][-1])
    hit = _BULLET.match(text, start)
    return (
        Label("bullet", 0, text[start : hit.end()].strip(), hit.end(), "bullet") if hit and text[hit.end() :] else None
    )


def _skip(copy: str, at: int, marks: str = "") -> int:
    """The place after spaces, one of the marks, and spaces again."""
    while at < len(copy) and (copy[at].isspace() or copy[at] in marks):
        marks = marks if copy[at].isspace() else ""
        at += 1
    return at


def _is_other(copy: str, at: int) -> bool:
    """After 1. or 1, a bare number makes a decimal or a range of dates, not a label."""
    before = copy[at - 1]
    return before == "." and re.match(r"\s+\d{1,2}\s*$|\s*\d{1,2}\s*[~-]\s*\d{1,2}\s*\.", copy[at:]) is not None
