"""The campus of 青禾中学: 212 rooms and the places around them (domain/50 E2)."""

from collections.abc import Iterator

CAMPUS = "总校"

# (code, name, storeys)
BUILDINGS = [
    ("1", "崇文楼", 5),
    ("2", "明德楼", 4),
    ("3", "格物楼", 4),
    ("4", "致远楼", 4),
    ("5", "图书馆", 3),
    ("6", "体育馆", 2),
    ("7", "学生食堂", 2),
    ("8", "学生公寓A栋", 6),
    ("9", "学生公寓B栋", 6),
    ("10", "学生公寓C栋", 6),
    ("11", "单身宿舍", 3),
]
AREAS = [
    "田径场", "篮球场", "停车场", "校门广场", "教学区化粪池", "停车场区化粪池", "宿舍区化粪池", "水井", "门栋甲", "门栋乙",
    "门栋丙", "校园超市", *[f"店面房{n}" for n in range(1, 13)],
]  # fmt: skip
LABS = ["物理实验室", "化学实验室", "生物实验室", "计算机教室", "音乐教室", "美术教室", "通用技术教室"]
OFFICES = [
    "校长室", "副校长室", "校务办公室", "总务处", "教务处", "德育处", "学生处", "工会", "财务室", "档案室", "会议室", "医务室",
    "心理健康中心", "团委", "治保室", "基建处", "打印室", "接待室", "语文组办公室", "数学组办公室", "英语组办公室", "理科组办公室",
]  # fmt: skip
PLANT = [
    ("7", 1, "后厨", "canteen"), ("7", 1, "一层餐厅", "canteen"), ("7", 2, "二层餐厅", "canteen"), ("7", 1, "粗加工间", "canteen"),
    ("7", 1, "留样间", "canteen"), ("7", 1, "食堂库房", "store"), ("4", 1, "总务仓库", "store"), ("3", 1, "实验器材库", "store"),
    ("1", 1, "体育器材室", "store"), ("4", 1, "配电房", "plant"), ("4", 1, "水泵房", "plant"), ("5", 1, "消防控制室", "plant"),
    ("6", 1, "器材室", "store"), ("5", 2, "二层阅览室", "library"), ("4", 1, "南门门卫室", "gate"), ("4", 1, "北门门卫室", "gate"),
]  # fmt: skip
DORMS = [("8", 42), ("9", 42), ("10", 40)]


def classrooms() -> Iterator[tuple[str, int, int]]:
    """(building, floor, door) of the 36 classrooms: 20 in 1号楼, 16 in 2号楼, room by room."""
    for floor in range(1, 6):
        yield from (("1", floor, door) for door in (1, 3, 5, 7))
    for floor in range(1, 5):
        yield from (("2", floor, door) for door in (1, 4, 9, 10))


def rooms() -> Iterator[tuple[str, int, str, str, str]]:
    """(building, floor, code, name, use) of all 212 rooms; a classroom's name is 教室 (its class is set later)."""
    for building, floor, door in classrooms():
        yield building, floor, f"{building}-{floor}{door:02d}", "教室", "classroom"
    for n in range(14):
        floor, door = n // 4 + 1, n % 4 + 1
        yield "3", floor, f"3-{floor}{door:02d}", LABS[n % len(LABS)], "lab"
    for n, name in enumerate(OFFICES):
        floor, door = n // 6 + 1, n % 6 + 1
        yield "4", floor, f"4-{floor}{door:02d}", name, "office"
    for building, count in DORMS:
        for n in range(count):
            floor, door = n // 7 + 1, n % 7 + 1
            yield building, floor, f"{building}-{floor}{door:02d}", "寝室", "dorm"
    for n, (building, floor, name, use) in enumerate(PLANT):
        yield building, floor, f"{building}-{floor}{51 + n:02d}", name, use
