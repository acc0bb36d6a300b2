"""Word's automatic numbers: the label that Word shows before a paragraph but does not keep in its text."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CN = "〇一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand",
            "koreanDigital2", "ideographTraditional", "chineseLegalSimplified")  # fmt: skip


def chinese(n: int) -> str:
    """1 → 一, 12 → 十二, 21 → 二十一 (to 99)."""
    if n < 10 or n > 99:
        return _CN[n] if 0 <= n < 10 else str(n)
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _CN[tens]) + "十" + (_CN[ones] if ones else "")


def _letters(n: int) -> str:
    return chr(64 + (n - 1) % 26 + 1) * ((n - 1) // 26 + 1) if 0 < n < 300 else str(n)


def _roman(n: int) -> str:
    out = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while n >= value and len(out) < 20:
            out, n = out + sign, n - value
    return out


def shown(n: int, form: str) -> str:
    """The number n in one of Word's numbering forms."""
    if form in _CHINESE:
        return chinese(n)
    if form.startswith("decimalEnclosedCircle"):
        return chr(0x245F + n) if 1 <= n <= 20 else str(n)
    if form == "decimalEnclosedParen":
        return chr(0x2473 + n) if 1 <= n <= 20 else f"({n})"
    if form == "decimalEnclosedFullstop":
        return chr(0x2487 + n) if 1 <= n <= 20 else f"{n}."
    if form == "decimalZero":
        return f"{n:02d}"
    if form in ("upperLetter", "lowerLetter"):
        return _letters(n) if form == "upperLetter" else _letters(n).lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(n) if form == "upperRoman" else _roman(n).lower()
    return "" if form == "none" else str(n)


class Numbering:
    """Counts the numbered paragraphs of a document as Word does, level by level."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int, bool]]] = {}
        self.abstract: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.fresh: set[str] = set()
        self.styles = self._styles(document)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.findall(W + "abstractNum"):
            self.levels[abstract.get(W + "abstractNumId")] = dict(map(_level, abstract.findall(W + "lvl")))
        for num in root.findall(W + "num"):
            self._num(num)

    def _num(self, num: Any) -> None:
        key, link = num.get(W + "numId"), num.find(W + "abstractNumId")
        self.abstract[key] = link.get(W + "val") if link is not None else ""
        for override in num.findall(W + "lvlOverride"):
            start = override.find(W + "startOverride")
            if start is not None:
                self.starts[key, int(override.get(W + "ilvl", 0))] = int(start.get(W + "val", 1))

    @staticmethod
    def _styles(document: Any) -> dict[str, tuple[Any, str]]:
        """Numbering and parent of each paragraph style."""
        found = {}
        for style in document.styles.element.findall(W + "style"):
            based = style.find(W + "basedOn")
            found[style.get(W + "styleId")] = (
                style.find(f"{W}pPr/{W}numPr"),
                based.get(W + "val") if based is not None else "",
            )
        return found

    def _find(self, paragraph: Any) -> tuple[str, int] | None:
        props = paragraph.find(W + "pPr")
        if props is None:
            return None
        found, style = props.find(W + "numPr"), props.find(W + "pStyle")
        name = style.get(W + "val") if style is not None else ""
        for _ in range(10):
            if found is not None or name not in self.styles:
                break
            found, name = self.styles[name]
        if found is None or (num := found.find(W + "numId")) is None:
            return None
        level = found.find(W + "ilvl")
        return num.get(W + "val"), int(level.get(W + "val", 0)) if level is not None else 0

    def label(self, paragraph: Any) -> str:
        """The label Word shows before this paragraph, with the space or nothing that follows it; "" for none."""
        found = self._find(paragraph)
        if not found or found[0] == "0":
            return ""
        num, level = found
        abstract = self.abstract.get(num, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if num not in self.fresh:
            self.fresh.add(num)
            for (key, at), start in self.starts.items():
                if key == num:
                    counts[at] = start - 1
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return self._render(levels, counts, level)

    @staticmethod
    def _render(levels: dict[int, tuple[str, str, int, bool]], counts: dict[int, int], level: int) -> str:
        form, pattern, _, legal = levels[level]
        if form == "bullet":
            return "●"
        text = pattern
        for at in range(level + 1):
            own = levels.get(at, ("decimal", "", 1, False))
            n = counts.get(at, own[2])
            text = text.replace(f"%{at + 1}", shown(n, "decimal" if legal and at < level else own[0]))
        return text + (" " if text and text[-1].isalnum() else "")


def _level(lvl: Any) -> tuple[int, tuple[str, str, int, bool]]:
    def value(tag: str, default: str) -> str:
        node = lvl.find(W + tag)
        return node.get(W + "val", default) if node is not None else default

    start = value("start", "1")
    return int(lvl.get(W + "ilvl", 0)), (
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(start) if start.isdigit() else 1,
        lvl.find(W + "isLgl") is not None,
    )
