"""Every component on one page, to look at and for the accessibility test. Served at /gallery/ in DEBUG and in tests."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KINDS = [
    ("wait", "等人动作", "待派单", "待审批、待验收、待确认"),
    ("doing", "正在办", "维修中", "已派单、借出中、盘点中"),
    ("late", "超期、不合格", "超时", "逾期、整改、库存为零"),
    ("pass", "结论为好", "合格", "相符、通过、在用"),
    ("done", "已结束", "已评价", "已归还、已付款、已归档"),
    ("off", "不参与统计", "已取消", "草稿、停用、远期到期"),
]
PLACES = [("1", "2号楼 2-109 教室"), ("2", "学生食堂 后厨"), ("3", "行政楼 401 会议室")]
STEPS = [("已报修", "15:20", "ok"), ("已派单", "15:31", "ok"), ("维修中", "15:58", "now"), ("待验收", "", "")]
HISTORY = [
    SimpleNamespace(verb="登记用料", who="李志强", role="水电组", at="11.17 16:20", text="第 2 盏已换好。", mark="on"),
    SimpleNamespace(verb="派单", who="周敏", role="总务值班", at="11.17 15:31", mark="ok"),
]
SENTENCES = [
    ("", "本单超出部门余额 ¥320.00，需副校长审批。"),
    ("i", "已保存草稿，可在手机上继续。"),
    ("l", "提交失败：网络断开，内容已留在本机。"),
]
LEVELS = [("1", "一般", "24 小时内到场"), ("2", "较急", "2 小时内到场")]
TRADES = [("a", "照明", "bulb"), ("b", "门窗锁", "door"), ("c", "桌椅", "armchair")]
SIGNS = [("x", "黑屏"), ("y", "无信号")]
CHART = {
    "xAxis": {"type": "category", "data": ["8", "9", "10", "11"]},
    "yAxis": {"type": "value"},
    "series": [{"type": "bar", "barWidth": 16, "data": [26, 21, 19, 14]}],
}


class Sample(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="资产名称")
    place = forms.ChoiceField(
        label="存放地点", choices=[("", "---------"), *PLACES], widget=forms.Select(attrs={"data-combo": ""})
    )
    cost = forms.DecimalField(label="原值（元）")
    since = forms.DateField(label="启用日期", required=False, help_text="从次月起计提折旧")
    seen_at = forms.DateTimeField(label="最近检查", required=False)
    level = forms.ChoiceField(
        label="急不急", choices=[("1", "一般"), ("2", "较急"), ("3", "紧急")], widget=forms.RadioSelect, initial="1"
    )
    days = forms.MultipleChoiceField(
        label="哪几天", choices=[("1", "周一"), ("2", "周二")], widget=forms.CheckboxSelectMultiple, required=False
    )
    fixed = forms.BooleanField(label="列入固定资产", required=False)
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False)
    photos = forms.FileField(label="照片", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))


class Line(forms.Form):
    """A row of a document."""

    item = forms.CharField(label="品名")
    qty = forms.DecimalField(label="数量", widget=forms.TextInput(attrs={"data-qty": "", "inputmode": "decimal"}))
    price = forms.DecimalField(label="单价", widget=forms.TextInput(attrs={"data-price": "", "inputmode": "decimal"}))
    amount = forms.DecimalField(
        label="金额", required=False, widget=forms.TextInput(attrs={"data-amount": "", "readonly": True})
    )


def words() -> dict[str, Any]:
    """What the page shows; a form with an error, rows, a chart, clocks."""
    rows = [{"item": "LED 直通灯管", "qty": "2", "price": "18.50"}, {"item": "G13 灯脚", "qty": "4", "price": "2"}]
    return {
        "kinds": KINDS,
        "form": Sample({"name": "交互智能平板 86 寸", "place": "1", "cost": "24,78O.00", "level": "1"}),
        "rows": forms.formset_factory(Line, extra=0, can_delete=True)(initial=rows, prefix="lines"),
        "steps_sample": STEPS,
        "history": HISTORY,
        "chart": CHART,
        "places": PLACES,
        "sentences": SENTENCES,
        "levels": LEVELS,
        "trades": TRADES,
        "signs": SIGNS,
        "page": Paginator(range(240), 20).page(3),
        "clocks": [
            ({"met": timedelta(minutes=6)}, {"left": timedelta(minutes=18)}),
            ({"met": timedelta(minutes=9)}, {"left": timedelta(hours=-15)}),
            ({"left": timedelta(hours=23)}, {}),
        ],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", words())
