"""The cases a demonstration needs: late, waiting, urgent, repeated, disputed. They end where they are on the story's day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from houqin.areas.repairs.models import Damage, Source, Urgency
from houqin.school.terms import calendar

from .calendar import moment
from .cast import Cast
from .stories import Story, soon

MENDED = {"damage": Damage.NO}


class Awkward:
    """Stories set by hand around `now`; ordinary ones surround them."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now, self.today = cast, now, now.date()
        self.desk = cast.desk
        self.chen, self.wang, self.zhao = (cast.workers[name] for name in ("水电组", "木工组", "信息组"))

    def worked(self, back: int) -> date:
        """The working day so many working days before today."""
        day = self.today
        while back:
            day -= timedelta(days=1)
            back -= calendar.is_working_day(day)
        return day

    def at(self, back: int, hour: int, minute: int) -> datetime:
        return moment(self.worked(back), hour, minute)

    def ago(self, minutes: int) -> datetime:
        return self.now - timedelta(minutes=minutes)

    def told(
        self, at: datetime, who: str | None, room: str, category: str, symptom: str, text: str, **more: Any
    ) -> Story:
        given = {
            "place": self.cast.rooms.get(room) or next(p for ps in self.cast.places.values() for p in ps if p.name == room),
            "category": self.cast.categories[category], "symptom": symptom, "description": text, "source": Source.QR,
        }  # fmt: skip
        photos = more.pop("photos", ())
        return Story(at, self.cast.people[who] if who else None, given | more, photos=photos)

    def handed(self, story: Story, worker: Any, wait: int = 12) -> datetime:
        """Accepted and dispatched soon after the report; returns when."""
        at = story.then(soon(story.at, wait), self.desk, "accept", note="已收到，马上安排")
        return story.then(soon(at, 6), self.desk, "dispatch", worker=worker)

    def mended(self, story: Story, worker: Any, work: str, rows: list[Any], wait: int = 40, **more: Any) -> datetime:
        at = soon(self.handed(story, worker), wait)
        story.then(at, worker, "arrive")
        given = MENDED | {"work_done": work, "materials": rows, "labour_hours": Decimal("0.5")} | more
        return story.then(soon(at, 35), worker, "finish", **given)

    def stories(self) -> Iterator[Story]:
        yield from self.unanswered()
        yield from self.in_hand()
        yield from self.put_off()
        yield from self.standing()
        yield from self.to_be_checked()
        yield from self.disputed()
        yield from self.again_and_again()
        yield from self.doubled()

    def unanswered(self) -> Iterator[Story]:
        """Two first responses that are late, an urgent order not dispatched, two reports that have just come in."""
        yield self.told(self.at(1, 14, 52), "xuxiaoming", "1-305", "空调风扇", "吊扇晃动", "晃得厉害，学生不敢坐下面")
        yield self.told(
            self.at(1, 15, 20), None, "8-203", "卫浴下水", "下水堵塞", "洗漱间水漫出来了", source=Source.PUBLIC,
            reporter_name="8-203寝室",
        )  # fmt: skip
        urgent = self.told(
            self.ago(38), "zhanghui", "2-209", "水管龙头", "水管漏水", "接头爆开，水流到走廊，已用盆接", urgency=Urgency.URGENT,
            photos=("tap",),
        )  # fmt: skip
        urgent.then(self.ago(33), self.desk, "accept", note="已关楼层阀门，正在找人")
        yield urgent
        yield self.told(
            self.ago(24), None, "2-110", "照明", "灯光闪烁", "后排一盏", source=Source.PUBLIC, reporter_name="初三学生",
            photos=("lamp",),
        )  # fmt: skip
        yield self.told(
            self.ago(9), "wuguifang", "8-301", "门窗锁", "门锁坏了", "钥匙拧不动，学生进不去", urgency=Urgency.PRESSING
        )

    def in_hand(self) -> Iterator[Story]:
        """What 陈志强 and 王海 have before them: to go to, under way; one of them late."""
        late = self.told(self.at(2, 10, 5), "zhoumin", "7-154", "墙面地面", "瓷砖松动", "粗加工间门口，走路绊脚")
        self.handed(late, self.wang)
        late.then(self.at(1, 16, 40), late.by, "urge", note="明天有检查，请尽快")
        yield late
        fresh = self.told(self.ago(75), "zhanghui", "2-109", "照明", "灯不亮", "讲台上方两盏都不亮", photos=("lamp",))
        self.handed(fresh, self.chen, 15)
        yield fresh
        going = self.told(
            self.at(1, 16, 10),
            "wuguifang",
            "8-105",
            "水管龙头",
            "水龙头漏水",
            "第二个水龙头，关紧了还在滴",
            photos=("tap",),
        )
        self.handed(going, self.chen)
        going.then(self.ago(55), self.chen, "arrive")
        yield going
        wood = self.told(
            self.at(1, 15, 40), "xuxiaoming", "2-301", "桌椅", "桌腿松动", "第二组四张课桌", photos=("desk",)
        )
        self.handed(wood, self.wang)
        wood.then(self.ago(70), self.wang, "arrive")
        yield wood

    def put_off(self) -> Iterator[Story]:
        """Promised for tomorrow; handed on to the right trade."""
        promised = self.told(self.at(1, 9, 30), "fengwenjing", "4-201", "门窗锁", "门关不严", "下坠，要用力抬")
        self.handed(promised, self.wang)
        day = calendar.add_working_days(self.today, 1)
        promised.then(self.at(1, 11, 10), self.wang, "reply", planned_on=day, reason="要两人拆门，约明天下午")
        yield promised
        moved = self.told(self.at(1, 10, 15), "zhanghui", "1-103", "插座线路", "插座没电", "教室后面一排插座")
        self.handed(moved, self.wang)
        moved.then(self.at(1, 11, 0), self.desk, "transfer", worker=self.chen, reason="属强电，转水电组")
        yield moved

    def standing(self) -> Iterator[Story]:
        """Waiting for material, one of it past the promised day; and a firm at work."""
        waiting = self.told(
            self.at(3, 8, 40), "zhanghui", "1-401", "教学屏", "黑屏", "第一节课就用不了", photos=("screen",)
        )
        at = soon(self.handed(waiting, self.zhao), 60)
        waiting.then(at, self.zhao, "arrive")
        day = calendar.add_working_days(self.today, 1)
        waiting.then(soon(at, 25), self.zhao, "suspend", reason="电源板损坏，厂家寄件", expected_on=day)
        yield waiting
        overdue = self.told(self.at(6, 14, 5), "xuxiaoming", "2-404", "门窗锁", "玻璃破裂", "风大时撞裂，已贴胶带")
        at = soon(self.handed(overdue, self.wang), 90)
        overdue.then(at, self.wang, "arrive")
        overdue.then(soon(at, 15), self.wang, "suspend", reason="玻璃需定做", expected_on=self.worked(1))
        yield overdue
        firm = self.told(self.at(2, 13, 50), "fengwenjing", "4-302", "空调风扇", "不制热", "外机不转，已断电")
        at = soon(self.handed(firm, self.chen), 70)
        firm.then(at, self.chen, "arrive")
        firm.then(
            soon(at, 20),
            self.chen,
            "outsource",
            contractor="云岭市宏达制冷维修部",
            quote=Decimal(480),
            note="压缩机启动电流大，约今日上门",
        )
        yield firm

    def to_be_checked(self) -> Iterator[Story]:
        """Mended and waiting for the word of each reporter who can be played."""
        tube = [{"name": "LED 灯管", "spec": "T8 18 W", "quantity": "2", "unit": "支", "price": "15"}]
        lock = [{"name": "锁芯", "spec": "通用", "quantity": "1", "unit": "个", "price": "28"}]
        tap = [{"name": "水龙头", "spec": "4 分 铜芯", "quantity": "1", "unit": "个", "price": "32"}]
        one = self.told(
            self.at(1, 8, 5), "zhanghui", "2-209", "照明", "灯管发黑", "黑板灯，后排看不清", photos=("lamp",)
        )
        self.mended(one, self.chen, "更换黑板灯灯管两支，点亮正常", tube, photos=["lamp_done"])
        two = self.told(
            self.at(1, 8, 20), "xuxiaoming", "4-402", "门窗锁", "门锁坏了", "数学组办公室，钥匙拧不动", photos=("door",)
        )
        self.mended(two, self.wang, "更换锁芯，配钥匙三把", lock, photos=["door_done"])
        three = self.told(
            self.at(1, 9, 5), "wuguifang", "8-402", "水管龙头", "水龙头关不严", "一直滴水", photos=("tap",)
        )
        self.mended(three, self.chen, "更换水龙头，试水不漏", tap, photos=["tap_done"])
        four = self.told(
            self.at(1, 10, 40), "zhoumin", "7-151", "插座线路", "跳闸", "消毒柜一开就跳", urgency=Urgency.PRESSING
        )
        self.mended(four, self.chen, "更换 32 A 空气开关，带载一小时正常", [], wait=20)
        yield from (one, two, three, four)

    def disputed(self) -> Iterator[Story]:
        """Sent back after it was mended; broken by somebody, and the compensation not settled."""
        five = self.told(self.at(4, 8, 30), "liubaoan", "4-165", "网络电话", "电话不通", "门卫室 8000 打不出去")
        end = self.mended(five, self.zhao, "重做接头", [])
        again = self.at(2, 9, 0)
        five.then(max(again, soon(end, 10)), five.by, "rework", reason="通了半天又不通")
        broken = self.told(self.at(2, 8, 15), "zhanghui", "1-205", "桌椅", "椅面断裂", "课间追逐撞坏", photos=("desk",))
        done = self.mended(
            broken, self.wang, "更换椅面两块", [], damage=Damage.YES, damage_by=str(broken.given["place"].school_class)
        )
        broken.then(soon(done, 60), broken.by, "confirm", rating=4, words="修得快，赔偿事宜已告知学生")
        yield from (five, broken)

    def again_and_again(self) -> Iterator[Story]:
        """The same fault in the same room four times within a month."""
        for n, back in enumerate((7, 5, 3, 1)):
            story = self.told(
                self.at(back, 8, 10 + n), "zhanghui", "2-109", "教学屏", "无信号", "重启后好一阵，又没信号" if n else ""
            )
            end = self.mended(
                story, self.zhao, ("重插信号线", "更换信号线", "重装驱动", "调整分辨率，观察")[n], [], wait=25
            )
            if n < 3:
                story.then(
                    soon(end, 45), story.by, "confirm", rating=3 if n == 2 else 5, words="又是这块屏" if n == 2 else ""
                )
            yield story

    def doubled(self) -> Iterator[Story]:
        """Two reports of the same trouble, joined; a third person says "me too"."""
        first = self.told(self.at(1, 16, 50), "liubaoan", "篮球场", "体育器材", "篮球架晃动", "北侧东边一副")
        twin = self.told(self.at(1, 17, 5), "xuxiaoming", "篮球场", "体育器材", "篮球架晃动", "学生吊篮筐，晃得厉害")
        twin.then(self.at(1, 17, 12), self.desk, "merge", into=lambda: first.order.number)
        first.then(self.at(1, 17, 8), self.desk, "accept", note="已通知停用")
        first.then(self.at(1, 17, 20), self.cast.people["wanglijuan"], "join")
        first.then(self.at(1, 17, 24), self.desk, "dispatch", worker=self.wang)
        yield from (first, twin)
