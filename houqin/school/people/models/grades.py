"""How Chinese schools write their grades and classes. Pure: no database."""

import re

# Names of grades are Chinese by nature; the number is the year of schooling.
GRADES = {
    "一年级": 1, "二年级": 2, "三年级": 3, "四年级": 4, "五年级": 5, "六年级": 6,
    "初一": 7, "初二": 8, "初三": 9, "高一": 10, "高二": 11, "高三": 12,
}  # fmt: skip
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FULL = str.maketrans("（）０１２３４５６７８９　［］【】〔〕", "()0123456789 ()()()")
_NAMES = {number: name for name, number in GRADES.items()}
_NUMBER = r"\(?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)?班?"
_GRADE = "(?P<grade>[一二三四五六七八九]|1[0-2]|[1-9])(?:年级|年)?"
_CLASS = re.compile("(?P<stage>初|高|小)?" + _GRADE + _NUMBER)
_ENTERED = re.compile("(?P<stage>初|高|小)?(?P<year>20[0-9]{2}|[0-9]{2})级" + _NUMBER)


def number_of(written: str) -> int:
    """3, 三, 十二 → 3, 3, 12."""
    if written.isdigit():
        return int(written)
    tens, ten, units = written.rpartition("十")
    if not ten:
        return _DIGITS[written]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)


def parse_class(written: str) -> dict[str, int | str] | None:
    """What a written class name says: {"grade": "高一", "number": 3} or {"entered": 2026, "number": 3, "stage": "高"}.

    Accepts 高一(3)班, 高一（3）班, 高一3班, 高1(3), 八(3)班, 八年级3班, 初二（三）班, 2026级3班, 高2026级(3)班.
    None when it is none of these.
    """
    text = re.sub(r"\s+", "", written.translate(_FULL))
    if found := _ENTERED.fullmatch(text):
        year = int(found["year"])
        stage = found["stage"] or ""
        return {"entered": year if year > 99 else 2000 + year, "number": number_of(found["number"]), "stage": stage}
    found = _CLASS.fullmatch(text)
    if not found:
        return None
    grade = _grade(found["stage"] or "", number_of(found["grade"]))
    return {"grade": grade, "number": number_of(found["number"])} if grade else None


def _grade(stage: str, number: int) -> str | None:
    offset = {"小": 0, "初": 6, "高": 9, "": 0}[stage]
    top = {"小": 6, "初": 3, "高": 3, "": 12}[stage]
    return _NAMES[offset + number] if 1 <= number <= top else None
