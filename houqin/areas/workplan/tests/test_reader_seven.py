"""The seven plans of the mission: counts, headers, labels, lines, dates and modules as listed by hand."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from houqin.areas.workplan.reader import MODULES, read_file, read_text, years_for

SHARED = Path(__file__).resolve().parents[5] / "shared"
SEVEN, ITEMS = SHARED / "mission" / "seven-plans.txt", SHARED / "domain" / "plan-items.tsv"
pytestmark = pytest.mark.skipif(not SEVEN.exists(), reason="the shared material is not beside the repository")


@pytest.fixture(scope="module")
def seven():
    return read_file(SEVEN, year=2026)


@pytest.fixture(scope="module")
def truth():
    with ITEMS.open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def test_seven_plans_hold_45_periods_and_181_items(seven):
    assert [len(p.periods) for p in seven.plans] == [9, 0, 21, 0, 5, 4, 6]
    assert [sum(len(q.items) for q in p.periods) for p in seven.plans] == [38, 0, 53, 0, 27, 35, 28]
    assert [p.title for p in seven.plans] == [f"中学后勤工作计划篇{n}" for n in range(1, 8)]


def test_they_hold_103_numbered_measures(seven):
    numbered = [sum(1 for m in p.measures if re.fullmatch(r"\d+、", m.label)) for p in seven.plans]
    assert numbered == [15, 15, 28, 0, 18, 19, 8]
    nested = [[m.label for m in p.measures if m.level == 4] for p in seven.plans]
    assert nested == [[], [], ["1)", "2)", "3)"], [], [], ["①", "②", "①", "②"], []]


def test_plan_four_is_six_paragraphs_and_plan_two_has_five_headings_in_one_line(seven):
    assert [m.label for m in seven.plans[3].measures] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert [m.label for m in seven.plans[1].measures if m.line == 173] == ["(一)", "(二)", "(三)", "(四)", "(五)"]


def test_every_item_has_its_header_line_label_and_words(seven, truth):
    read = [
        (n, q.header, i.line, i.label, i.text) for n, p in enumerate(seven.plans, 1) for q in p.periods for i in q.items
    ]
    wanted = [
        (
            int(t["plan"]),
            t["period_header"].replace(" ⏎ ", " ").replace("⏎", " "),
            int(t["src_line"]),
            t["label"],
            t["text"].rstrip(";。"),
        )
        for t in truth
    ]
    assert read == wanted


def test_every_period_has_its_dates(seven, truth):
    wanted = {(t["plan"], t["period_no"]): t["norm_range"] for t in truth}
    read = {}
    for n, plan in enumerate(seven.plans, 1):
        for k, period in enumerate(plan.periods, 1):
            form = "%m-%d" if period.kind == "week" else "%m"
            read[str(n), str(k)] = f"{period.start:{form}}..{period.end:{form}}"
    assert read == wanted


def test_the_double_number_is_kept_and_told(seven):
    last = seven.plans[0].periods[-1]
    assert [i.label for i in last.items] == ["1、", "2、", "3、", "4、", "5、", "5、"]
    assert [(w.line, w.why) for w in seven.warnings if w.code == "double"] == [
        (163, "number 5、 stands twice in this period")
    ]


def test_the_closing_paragraph_is_no_item(seven):
    assert [(u.line, u.code) for u in seven.unread if u.line == 835] == [(835, "closing")]
    assert seven.plans[6].periods[-1].items[-1].text == "寒假前安全检查"


def test_notes_kinds_and_years(seven):
    assert [p.kind for p in seven.plans[0].periods] == ["month"] * 4 + ["months"] + ["month"] * 3 + ["months"]
    assert seven.plans[6].periods[0].note == "开学准备工作"
    assert seven.plans[0].periods[7].start == date(2027, 5, 1)


@pytest.mark.parametrize("first", [date(2015, 8, 30), date(2026, 8, 30)])
def test_plan_three_is_21_weeks_in_a_row_on_both_anchors(first):
    weeks = read_file(SEVEN, first_day=first).plans[2].periods
    assert [(w.start - first).days for w in weeks] == [7 * n for n in range(21)]
    assert [(w.end - w.start).days for w in weeks] == [6] * 21
    assert read_file(SEVEN, first_day=first).warnings == read_file(SEVEN, year=first.year).warnings


def test_without_a_year_nothing_is_dated_because_the_plans_mask_theirs():
    assert [q.start for p in read_file(SEVEN).plans for q in p.periods] == [None] * 45


def test_years_in_which_the_thirtieth_of_august_is_a_sunday():
    assert years_for(8, 30, 6, around=2026)[:4] == [2026, 2020, 2037, 2015]


def test_flags_of_the_items(seven):
    flags = {i.line: i.flags for p in seven.plans for q in p.periods for i in q.items if i.flags}
    assert flags == {
        163: ["duplicate"], 347: ["holiday"], 385: ["tentative"], 387: ["tentative"], 435: ["holiday"],
        541: ["placeholder"], 549: ["placeholder"], 557: ["placeholder"], 567: ["placeholder"],
    }  # fmt: skip


def test_suggested_modules_agree_with_the_list_made_by_hand(seven, truth):
    items = [i for p in seven.plans for q in p.periods for i in q.items]
    first = sum(i.module == t["modules"].split(",")[0] for i, t in zip(items, truth, strict=True))
    some = sum(
        bool({MODULES[s.value] for s in i.suggestions if s.kind == "area"} & set(t["modules"].split(",")))
        for i, t in zip(items, truth, strict=True)
    )
    assert (first >= 165, some) == (True, 181)


def test_a_plan_is_printed_again_in_its_order_labels_and_wording(seven):
    text = SEVEN.read_text(encoding="utf-8")
    squash = re.compile(r"\s+")
    body = text[text.index("中学后勤工作计划篇1") :]
    again = "\n".join(line for plan in seven.plans for line in plan.as_lines())
    assert squash.sub("", again) == squash.sub("", body)


def test_reading_the_printed_plan_gives_the_same_answer(seven):
    again = read_text("\n\n".join(line for plan in seven.plans for line in plan.as_lines()), year=2026)
    assert [p.as_dict()["measures"] for p in again.plans] == [p.as_dict()["measures"] for p in seven.plans]
    assert [(q.header, [i.text for i in q.items]) for p in again.plans for q in p.periods] == [
        (q.header, [i.text for i in q.items]) for p in seven.plans for q in p.periods
    ]
