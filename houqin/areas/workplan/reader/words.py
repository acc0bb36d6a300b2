"""What kind of line it is that neither opens a period nor bears a label: themes, owners, notes, signatures, site
furniture, column titles, prose. All tests take the matching copy of the line."""

import re

from . import grammar as g
from .normal import squeeze

FURNITURE = re.compile(
    r"时间:.{4,12}作者:|作者:.*时间:|我要投稿|小编|相关文章|相关推荐|推荐阅读|延伸阅读|上一篇|下一篇|本文(?:地址|来源|链接|由)|^来源:|^标签:|^关键词:"
    r"|点击下载|^阅读:|浏览(?:次数)?:|www\.|https?:|责任编辑|打印本页|关闭窗口|返回(?:顶部|列表|首页)|分享到|版权(?:所有|声明)|转载|范文网|文档网"
    r"|^首页\s*>|您(?:现在)?的位置",
    re.I,
)
_PAGE = re.compile(r"第?\d+页[,/]?(?:共\d+页)?|-\d+-|\d{1,3}/\d{1,3}")
_TAIL = re.compile(
    r"相关(?:文章|推荐|阅读|链接|范文)|推荐(?:阅读|文章)|延伸阅读|猜你喜欢|热门(?:文章|推荐)|上一篇|下一篇"
)
FESTIVAL = re.compile(
    r"(?:[^,。;:、]{0,6}节|国庆|元旦|五一|十一|中秋|清明|端午|春节)(?:[、 ](?:[^,。;:、]{0,6}节|国庆|元旦|五一|中秋|清明|端午|春节))*$"
)
_THEME = re.compile(
    r"(?:本?月)?(?:教育|活动|工作|德育|宣传|安全|月)?主题(?:教育|活动|月)?[:]|(?:主要|重要|重大)?(?:节日|节假日|纪念日|节气|节庆)[:]|口号:"
    r"|(?:本月|工作|教育|月)?目标:|寄语:|关键词:"
)
_OWNER = re.compile(
    r"(?:责任|负责|主办|承办|牵头|执行|主管|分管|协办|具体负责|经办|落实)(?:人员|人|部门|处室|单位|领导|科室|者|教师)?\s*:\s*(?P<who>.+)$"
)
_TASKS = re.compile(
    r"(?:本[月周])?(?:主要|重点|具体|中心|常规)?(?:活动|工作|任务)(?:内容|要点|重点|安排|项目|任务)?\s*[:]\s*|(?:工作)?(?:内容|重点|要点|安排|事项)\s*[:]\s*"
)
_NOTE = re.compile(
    r"\(?(?:附注|备注|说明|特别说明|几点说明|注意事项|温馨提示|附件?|注|.{0,8}(?:电话|热线|邮箱|手机))\s*\d?(?:[:.、)]|$)"
)
_ORG = re.compile(
    r"[^,。;:!?、]{0,24}(?:中学|小学|学校|幼儿园|学院|[一二三四五六七八九十\d]中|总务处|后勤处|后勤部|总务科|教导处|教务处|政教处|德育处|办公室|校办"
    r"|委员会|党支部|工会|后勤服务中心|校长室|校园)(?:\(?盖?章\)?)?$"
)
_SIGNER = re.compile(
    r"(?:制定人|制表人?|填表人?|拟稿人?|起草人|执笔人?|审核人?|签发人?|落款|编制|校长签字|签名|日期|填报时间)\s*:?.{0,20}$"
)
_DATE = rf"(?:(?:{g.YEAR})(?:年|、|[./-])\s*(?:{g.MONTH})(?:月|[./-])?\s*(?:份|(?:\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})日?)?)"
_SIGN_DATE = re.compile(rf"(?P<org>.*?)(?:日期:|时间:)?(?P<date>{_DATE})$")
_SENTENCE = re.compile(r"[,。;]")
_CLOSING = re.compile(
    r"^(?:总之|以上|综上|我们|让我们|相信|希望|同志们|新的(?:一)?学期|新学期|本学期|今后|为了|随着|后勤工作(?:是|任重)|在今后|在新的|各位|此计划|本计划)"
    r"|我们(?:有|要|将|会|坚信|相信)|再上(?:一个)?新?(?:的)?台阶|有决心|努力奋斗|而努力|根据实际情况(?:作|做)?(?:适当)?调整|如有变动|未尽事宜"
)
OPENER = re.compile(
    r"(?:工作安排|行事历|工作日程|日程安排|每月(?:主要)?工作|月份?(?:主要)?工作(?:安排|计划)?|活动安排|每月安排|周历|月历|工作历|逐[周月](?:工作)?安排"
    r"|安排表|工作计划表|每周工作|周工作(?:安排|计划)|具体安排|工作进程|日程表|时间安排|配档表|工作一览表?|具体工作)\s*[:。]?(?:\(.*\))?$"
)
_TITLE_WORDS = (
    "起止日期 起止时间 起讫日期 起讫时间 主要事宜 主要工作 重点工作 工作内容 主要内容 工作要点 工作安排 工作重点 具体工作 活动内容 主要活动 工作项目 活动安排 "
    "责任处室 责任部门 负责部门 责任单位 主办部门 承办部门 完成情况 落实情况 完成时间 教学周 责任人 负责人 执行人 主管人 周次 周别 周序 日期 时间 月份 "
    "内容 事项 任务 项目 活动 处室 部门 备注 序号 阶段 主题 周 月"
).split()


def is_furniture(copy: str) -> bool:
    return FURNITURE.search(copy) is not None or is_page_number(copy)


def is_page_number(copy: str) -> bool:
    """- 1 -, 第 1 页 共 2 页, 3/12: the foot of a printed page."""
    return len(copy) < 24 and _PAGE.fullmatch(squeeze(copy)[0]) is not None


def is_tail(copy: str) -> bool:
    """Where a web page's list of other articles begins; all that follows is none of the plan."""
    return len(copy) < 30 and _TAIL.match(copy.strip()) is not None


def names_owners(copy: str) -> bool:
    """Column titles with a column of those responsible."""
    return any(re.search("责任|负责|处室|部门|执行|主管", title) for title in titles_of(copy))


def is_theme(copy: str) -> bool:
    return _THEME.match(copy.lstrip()) is not None


def owner_of(copy: str) -> re.Match[str] | None:
    """A line such as 责任人:张三; group who."""
    return _OWNER.match(copy.lstrip())


def tasks_prefix(copy: str) -> int:
    """Length of a prefix such as 主要活动: before the tasks themselves; 0 if there is none."""
    hit = _TASKS.match(copy)
    return hit.end() if hit else 0


def is_note(copy: str) -> bool:
    return _NOTE.match(squeeze(copy)[0]) is not None


def is_org(copy: str) -> bool:
    tight = squeeze(copy)[0]
    return len(tight) <= 28 and (_ORG.match(tight) is not None or _SIGNER.match(tight) is not None)


def is_sign_date(copy: str) -> bool:
    """A date with its year alone on the line, or after the name of a school or office."""
    tight = squeeze(copy)[0]
    hit = _SIGN_DATE.match(tight) if len(tight) <= 44 else None
    return hit is not None and (not hit["org"] or is_org(hit["org"]) or len(hit["org"]) <= 4)


def is_prose(copy: str) -> bool:
    """A sentence that speaks rather than orders; longer than any task."""
    if _CLOSING.search(copy):
        return True
    return len(copy) > 90 and len(_SENTENCE.findall(copy)) >= 5


def titles_of(copy: str) -> list[str]:
    """The column titles of a line such as 周次起止日期主要事宜; empty unless the whole line is made of them."""
    tight, found = re.sub(r"[|/]", "", squeeze(copy)[0]), []
    while tight:
        word = next((w for w in _TITLE_WORDS if tight.startswith(w)), None)
        if word is None:
            return []
        found.append(word)
        tight = tight[len(word) :]
    return found
