"""Whether words are persons or departments: owners in brackets, owner columns, duty rosters."""

import re

_SURNAMES = set(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝"
    "邬安常乐于时傅皮卞齐康伍余顾孟平黄和穆萧尹姚邵汪祁毛狄戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管"
    "卢莫房丁邓洪包左石崔龚程邢裴陆荣翁荀甄段侯全班仰秋仲伊宁仇栾甘厉武符刘景詹龙叶幸黎印白蒲邰鄂赖卓蔺屠蒙池乔阴翟谭姬申冉桑桂牛寿边温庄柴瞿阎连习容向古"
    "易廖耿匡文寇广欧沃曾关肖闫付"
)
_DEPARTMENT = re.compile(
    r".{0,10}(?:处|室|组|部|科|会|中心|校长|主任|书记|老师|教师|班主任|年级|食堂|校医|保安|门卫|会计|出纳|保管员|管理员|电工|领导|班组|后勤|总务|教务|德育|政教"
    r"|安保|少先队|团委|大队部|各班|全体|人员|物业|工人|师傅|园长|保育员|厨师|部门|处室|单位|职工|教职工|学生|行政|员工)$"
)
_WORK = re.compile(
    r"检查|会议|准备|工作|安排|维修|清理|盘点|发放|采购|总结|培训|值班|活动|清查|整理|布置|登记|统计|上报|验收|召开|时间|重点|区|期间|演练|宣传|考试|放假|开学|管理|制度"
    r"|防|清洗|绿化|慰问|走访|家访|接待|报到|更换|高考|中考|主题|典礼|班会|家长会|比赛|评比|教研|运动会|座谈|例会|听课"
)
_PARTS = re.compile(r"[、,，/;；\s和及与+&]+")
_ROSTER = re.compile(
    r"(?:值班|值日|值周|护导|护学|带班|轮值|巡查)[^,。;:、]{0,8}(?:表|名单|人员|轮流|一览|安排|轮次)\s*[:]?(?:\(.*\))?$|(?:作息时间表|课程表|课表)$"
)


def _is_name(word: str) -> bool:
    return 1 <= len(word) <= 3 and word[0] in _SURNAMES and not _WORK.search(word)


def is_people(copy: str) -> bool:
    """True when the words are all persons or departments: 张三、李四, 总务处, 德育处 各班主任."""
    parts = [p for p in _PARTS.split(copy.strip(" ()。.:;")) if p]
    return 0 < len(parts) <= 12 and all(
        (_is_name(p) and len(p) > 1) or (_DEPARTMENT.match(p) and not _WORK.search(p)) for p in parts
    )


def are_names(copy: str) -> bool:
    """True when the words are persons' names only, without any department."""
    parts = [p for p in _PARTS.split(copy.strip(" ()。.:;")) if p]
    return 0 < len(parts) <= 30 and all(_is_name(p) and len(p) > 1 for p in parts)


_TOLD = re.compile(
    r"[,;。、\s(](?:责任人|负责人|主要负责|具体负责|牵头人?|承办人?|主办|执行人|经办人|联系人|责任部门|责任处室)\s*:\s*([^,;。:()]{2,30}?)\s*\)?\s*[。;.!]*$"
)


def owner_told(copy: str) -> tuple[int, int] | None:
    """The place of an owner told at the end of an item: ,负责人:张三 or 。责任人:王海、陈志强."""
    hit = _TOLD.search(copy)
    return hit.span(1) if hit and is_people(hit[1]) else None


def owner_in_brackets(copy: str) -> tuple[int, int] | None:
    """The place of an owner in brackets at the end of an item: (杨), (韦,鸣凰中学), (责任人:张三)."""
    hit = re.search(r"\(([^()]{1,24})\)\s*[。;；.!]*$", copy)
    if not hit:
        return None
    inside = hit[1].strip()
    told = re.match(r"(?:责任|负责|牵头|承办|主办|执行)(?:人|部门|处室|单位)?\s*:\s*", inside)
    if told:
        return hit.start(1) + told.end(), hit.end(1)
    parts = [p for p in _PARTS.split(inside) if p]
    if parts and (
        is_people(inside)
        or all(map(_is_name, parts))
        or (len(parts[0]) == 1 and _is_name(parts[0]) and len(parts) == 2)
    ):
        return hit.start(1), hit.end(1)
    return None


def is_roster_title(copy: str) -> bool:
    """值班安排表, 值日名单, 课程表 and the like: what follows names persons, not tasks."""
    return len(copy) <= 40 and _ROSTER.search(copy.strip()) is not None
