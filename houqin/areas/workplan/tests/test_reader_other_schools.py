"""Documents as the clerks of other schools write them, with the truth stated by hand."""

from datetime import date
from pathlib import Path

import pytest

from houqin.areas.workplan.reader import read_bytes

from . import truth_first_documents, truth_later_documents
from .shape import dates, shape

HERE = Path(__file__).parent / "documents"

TRUTH = truth_first_documents.TRUTH | truth_later_documents.TRUTH


def reading(name, **kwargs):
    data = (HERE / f"{name}.txt").read_bytes()
    if "utf16" in name:
        data = data.decode("utf-8").encode("utf-16")
    return read_bytes(data, f"{name}.txt", **kwargs)


@pytest.mark.parametrize("name", TRUTH)
def test_the_clerk_and_the_reader_agree(name):
    assert shape(reading(name)) == TRUTH[name]


@pytest.mark.parametrize("name", TRUTH)
def test_every_line_is_somewhere_in_the_answer(name):
    answer = reading(name)
    told = "".join(u.text for u in answer.unread) + "".join("".join(p.as_lines()) for p in answer.plans)
    told += "".join(i.owner for p in answer.plans for q in p.periods for i in q.items)
    lost = [
        line
        for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for part in line.split()
        if part not in told.replace(" ", "") and part not in told
    ]
    assert lost == []


def test_words_before_the_first_number_are_shown_for_a_look():
    assert [u.text for u in reading("54-activity-theme").unread if u.code == "unsure"] == ["工作重点：做好开学准备"]


def test_another_year_than_the_written_one_is_told():
    asked = reading("01-calendar-year", year=2026)
    assert dates(asked)[0] == "2026-01-01..2026-01-31"
    assert [w.why for w in asked.warnings if w.code == "written"] == [
        "the year 2018 stands in the document, 2026 was asked for"
    ]


YEARS = {
    "01-calendar-year": ("2018-01-01..2018-01-31", "2018-12-01..2018-12-31"),
    "02-week-flat-web": ("2016-08-29..2016-09-04", "2017-01-02..2017-01-08"),
    "03-thirds": ("2019-08-21..2019-08-31", "2020-01-01..2020-01-31"),
    "04-bracket-owner": ("None..None", "None..None"),
    "07-pdf": ("2020-08-01..2020-08-31", "2020-12-01..2020-12-31"),
    "08-signature-first": ("2017-08-28..2017-09-03", "None..None"),
    "41-one-paragraph": ("2026-09-01..2026-09-30", "2027-01-01..2027-01-31"),
    "51-kindergarten": ("2026-08-01..2026-08-31", "2026-12-01..2026-12-31"),
    "53-bilingual-labels": ("2026-09-01..2026-09-30", "2027-01-01..2027-01-31"),
    "12-own-thirds": ("2009-02-21..2009-02-28", "2009-05-01..2009-05-10"),
    "13-weeks-lines": ("None..None", "None..None"),
    "21-numbered-months": ("2026-09-01..2026-09-30", "2027-01-01..2027-01-31"),
    "25-bullets-arabic": ("2027-01-01..2027-01-31", "2027-11-01..2027-12-31"),
    "26-english-and-mixed": ("2026-09-01..2026-09-30", "2027-01-01..2027-01-31"),
    "29-quarter-stage": ("2026-09-01..2026-09-30", "2026-12-01..2026-12-31"),
    "34-masked-spring": ("None..None", "None..None"),
    "42-sections-per-semester": ("2026-09-01..2026-09-30", "2027-07-01..2027-07-31"),
    "43-week-with-month-heads": ("2026-09-01..2026-09-06", "2026-10-05..2026-10-11"),
}


@pytest.mark.parametrize("name", YEARS)
def test_the_year_written_in_the_document_dates_its_periods(name):
    found = dates(reading(name))
    assert (found[0], found[-1]) == YEARS[name]


def test_weeks_without_dates_are_dated_by_the_first_day():
    found = dates(reading("13-weeks-lines", first_day=date(2027, 2, 28)))
    assert found[:4] == [
        "2027-02-21..2027-02-27",
        "2027-02-28..2027-03-06",
        "2027-03-07..2027-03-13",
        "2027-03-14..2027-03-27",
    ]


def test_owners_in_brackets_and_on_lines_of_their_own():
    assert [i.owner for p in reading("04-bracket-owner").plans[0].periods for i in p.items][:8] == [
        "杨", "韦，鸣凰校区", "陈国强", "", "校长室", "刘志明、周海", "", "",
    ]  # fmt: skip
    assert [i.owner for p in reading("02-week-flat-web").plans[0].periods for i in p.items] == [
        "张明 李红", "张明 李红", "王刚", "王刚", "", "陈晓燕", "张明", "", "李红",
    ]  # fmt: skip
    assert [i.owner for i in reading("22-weeks-with-weekdays").plans[0].periods[2].items] == ["刘卫东", "马丽"]
