"""Which part of the house a task belongs to: the one table of areas, and the words that point to them."""

import re

# key of the area (its folder) → number of the module in the domain papers
MODULES = {
    "workplan": "M01", "staffing": "M02", "duty": "M03", "meetings": "M04", "repairs": "M05", "works": "M06",
    "inspections": "M07", "fire": "M08", "equipment": "M09", "assets": "M10", "custody": "M11", "stores": "M12",
    "procurement": "M13", "contracts": "M14", "finance": "M15", "fees": "M16", "foodsafety": "M17", "oversight": "M18",
    "meals": "M19", "canteenbooks": "M20", "lettings": "M21", "dorms": "M22", "hygiene": "M23", "greening": "M24",
    "gate": "M25", "emergency": "M26", "clinic": "M27", "energy": "M28", "textbooks": "M29", "events": "M30",
    "venues": "M31", "outsourcing": "M32", "archives": "M33", "publicity": "M34", "returns": "M35",
}  # fmt: skip

# weight 4: before all others; 3: the word alone decides; 2: it points there; 1: it only suggests
_WORDS = (
    (4, "duty", "护校|值班|护学岗|值周|护导|带班"),
    (4, "meetings", "处务会|例会|工作会议|人员会议|人员大会|部门会|主任会|(?:召开|组织).{0,12}(?:会议|大会|(?<!座谈)会)|(?<!教研)培训|业务学习|责任状|责任书"),
    (2, "meetings", "会议|讲座"),
    (2, "equipment", "清洗|供暖|取暖"),
    (3, "equipment", "防雷|避雷|化粪池|电梯|水箱|滤芯|防冻|水井|油烟|年检|二次供水|锅炉|饮水机|管道疏通|空调(?:清洗|检修|保养)|配电|压力容器|特种设备"),
    (4, "fire", "消防|灭火器|防火"),
    (4, "greening", "绿化|栽树|植树|种草|花坛|盆景|树木|花草|花卉|草坪|修剪|美化|除草|苗木"),
    (4, "works", "改造"),
    (3, "works", "工程|施工|搬迁|电缆|基建|粉刷|(?:馆|楼|校舍|局部)整修|翻新|装修|外立面|招标|维修计划"),
    (3, "works", "(?:暑期|暑假|寒假|假期|校舍|校园|利用).{0,10}(?:维修|修缮|修理)|维修.{0,6}(?:改造|扫尾)"),
    (3, "repairs", "报修|零星维修|日常维修|水电维修"),
    (2, "repairs", "疏通|防水|水电(?:检查|关停|检修)|维修|修理|检修|修缮|整修|调试|更换"),
    (3, "assets", "固定资产|校产|盘点|清产核资|资产|财产.{0,8}(?:登记|核对)|报废"),
    (3, "assets", "财产.{0,6}(?:清查|清点|盘点|登记|清理|核查|验收)"),
    (2, "assets", "财产|登记新购|器材|桌椅|标贴|标签|实验室"),
    (4, "custody", "公物|班级.{0,4}财产|承包管理"),
    (3, "custody", "桌椅清点|课桌椅清点"),
    (2, "custody", "桌椅|课桌|清点|移交|门窗"),
    (3, "canteenbooks", "账务|帐务|货款|货物款|周清|月结|食堂.{0,6}(?:成本|核算|账|帐|收支)|盈亏"),
    (3, "meals", "饭卡|餐卡|进餐|午餐|用餐|就餐|菜谱|食谱|伙食|订餐|陪餐|冲卡|充卡|膳食"),
    (4, "lettings", "租金|门栋|出租|(?:搬迁|进购|检查)(?:超市|店面房|小卖部)"),
    (2, "lettings", "店面房|小卖部|超市|租住|商店"),
    (3, "fees", "收费|代办费|缴费|退费|清退|学杂费|收缴.{0,4}费|费用收缴"),
    (3, "textbooks", "课本|书簿|教材|教科书|校服|作业本|簿本|图书发放"),
    (3, "archives", "档案|归档|资料.{0,4}(?:整理|收集|装订)|文书|材料(?:的)?(?:收集|整理)"),
    (3, "returns", "年报|上报|迎检|审计|报表|事业统计|法人年检|督导|迎接.{0,12}(?:检查|评估|验收)|年度考核自评|普查"),
    (2, "returns", "统计|考核自评"),
    (4, "staffing", "工资|奖金|考核工作"),
    (3, "staffing", "工资|奖金|绩效|招聘|考核|慰问|奖惩|通讯录|自查工作|工作自查|劳动用工|聘用|岗位职责|评优|退休|体检"),
    (1, "staffing", "人员分工|职责|自查"),
    (3, "contracts", "协议|合同|营业执照|健康证|许可证|换证|供货商|供应商|结帐|结账"),
    (4, "finance", "预算"),
    (3, "finance", "决算|报销|经费|财务|帐目|账目|对帐|对账"),
    (4, "procurement", "采购"),
    (3, "procurement", "添置|购买|订购|购置|询价|政府采购|请购"),
    (3, "stores", "(?:用品|物资|奖品|物品|教具|劳保).{0,12}(?:发放|准备|储备|领用)|发放.{0,12}(?:用品|物资)|配齐|仓库|入库|领用|库存|盘存|奖品"),
    (3, "foodsafety", "食品卫生|食品安全|留样|索证|消毒柜|餐具|食材|饮食卫生|食堂常规.{0,6}卫生自查|食堂常规"),
    (3, "oversight", "食堂.{0,14}(?:检查|督促|考核|整改|监督|自查)|(?:检查|督促).{0,10}食堂|监督所|卫生大检查|对食堂"),
    (3, "inspections", "安全(?:大)?检查|隐患|巡查|常规(?:工作)?(?:月)?检查|月检查|排查|常规工作|冬季安全|安全工作检查"),
    (1, "inspections", "检查"),
    (3, "hygiene", "环境(?:整治|消毒|清理)|卫生(?:运动|工作)|打扫|清理教室|保洁|清扫|大扫除|冲洗|卫生(?:评比|死角|包干|检查评比)|垃圾|整洁|除害|灭鼠|消杀|环境卫生|清洁(?!用品|卫生用品)"),
    (3, "gate", "门卫|保安|监控|治保|外来人员|车辆管理|安保"),
    (3, "emergency", "演练|应急|预案|防汛|台风|防寒|雨雪|避难"),
    (3, "clinic", "医务室|药品|传染病|体检|疫苗|晨检|防疫|疾病"),
    (3, "energy", "水电费|节能|节水|节电|抄表|能耗|用水|用电"),
    (3, "dorms", "(?:宿舍|公寓|寝室).{0,4}(?:管理|检查|卫生|安全|调整|分配|内务)|住校生|寄宿|家属区|住宿"),
    (2, "dorms", "宿舍|公寓|寝室"),
    (3, "venues", "场地开放|场馆开放|场地预约"),
    (3, "outsourcing", "社会化|物业|外包|服务机构"),
    (3, "publicity", "宣传栏|校务公开|公示|宣传|座谈会|征求|意见|满意度|问卷|师生(?:的)?考核"),
    (3, "events", "考试|运动会|校运会|高考|中考|教研|校庆|开学典礼|毕业典礼|艺术节|系列活动|送旧迎新|结束工作$"),
    (2, "events", "舞台|会场|考场|春游|秋游|报到|检测|教师节|国庆节|迎接|庆祝|活动|典礼|接待|开学|场地|期末结束|家长会|比赛|文化节|春游|军训|服务工作|节"),
    (3, "workplan", "工作总结|工作计划|学期结束工作安排|系列工作安排|半学期工作|其[它他]工作|计划(?:的)?(?:制定|制订|收集|上报)|制[定订].{0,8}计划"),
    (2, "workplan", "放假|工作安排$"),
)  # fmt: skip
_RULES = tuple((weight, key, re.compile(words)) for weight, key, words in _WORDS)
_SURE = {4: "certain", 3: "certain", 2: "likely", 1: "look"}


def areas_of(copy: str) -> list[tuple[str, str, str]]:
    """Areas of a task (its matching copy): key, the word it rests on, certain|likely|look; the best first.
    At equal weight the longer word wins, then the earlier one."""
    best: dict[str, tuple[int, int, int, str]] = {}
    for weight, key, rule in _RULES:
        hit = rule.search(copy)
        if hit and key not in best:
            best[key] = (weight, min(len(hit[0]), 6), -hit.start(), hit[0])
    ranked = sorted(best.items(), key=lambda kv: kv[1][:3], reverse=True)[:4]
    clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1][0] > ranked[1][1][0])
    found = []
    for i, (key, (weight, _, _, word)) in enumerate(ranked):
        sure = (
            _SURE[weight]
            if clear and not i
            else _SURE[max(1, min(weight, 2))]
            if not i
            else _SURE[1 if weight < 3 else 2]
        )
        found.append((key, word, sure))
    return found
