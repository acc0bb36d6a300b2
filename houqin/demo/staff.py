"""Who works at 青禾中学: the people with a name in the plot, and how many others."""

PASSWORD = "qinghe2026"
"""Every demo account's password; demo accounts exist only in demo mode."""

DEPARTMENTS = [
    # (name, kind, parent)
    ("校长室", "office", None),
    ("校务办公室", "office", None),
    ("总务处", "office", None),
    ("教务处", "office", None),
    ("德育处", "office", None),
    ("学生处", "office", None),
    ("工会", "office", None),
    ("治保室", "office", None),
    ("基建处", "office", None),
    ("团委", "office", None),
    ("医务室", "office", None),
    ("水电组", "team", "总务处"),
    ("木工组", "team", "总务处"),
    ("信息组", "team", "总务处"),
    ("食堂", "team", "总务处"),
    ("宿管组", "team", "总务处"),
    ("保安队", "team", "总务处"),
    ("保洁组", "team", "总务处"),
    ("绿化组", "team", "总务处"),
    *[(f"{grade}年级组", "grade", None) for grade in ("初一", "初二", "初三", "高一", "高二", "高三")],
    *[
        (f"{subject}教研组", "subject", "教务处")
        for subject in (
            "语文",
            "数学",
            "英语",
            "物理",
            "化学",
            "生物",
            "政治",
            "历史",
            "地理",
            "体育",
            "艺术",
            "信息技术",
        )
    ],
]

# (username, name, department, post, role codes, extension or phone, shown on the one-click list and as what)
STAFF = [
    ("xiaozhang", "沈国华", "校长室", "校长", "XZ", "8001", "校长"),
    ("fuxiaozhang", "顾文彬", "校长室", "分管副校长", "FX", "8002", "分管副校长"),
    ("lijianguo", "李建国", "总务处", "总务主任", "ZW SL JS", "8201", "总务主任"),
    ("wanghaiyan", "王海燕", "总务处", "校产管理员", "XC SL", "8203", "校产管理员（兼报修受理员）"),
    ("sunlijun", "孙立军", "总务处", "仓库保管员", "CK", "8204", ""),
    ("zhengli", "郑丽", "总务处", "会计", "KJ", "8205", ""),
    ("liuqian", "刘倩", "总务处", "采购员", "CG", "8206", ""),
    ("hexiulan", "何秀兰", "总务处", "出纳", "CN", "8207", ""),
    ("zhoumin", "周敏", "食堂", "食堂管理员", "SG", "8230", "食堂管理员"),
    ("chenzhiqiang", "陈志强", "水电组", "水电工", "WX", "13800002716", "维修工（水电）"),
    ("zhaoyongping", "赵永平", "信息组", "弱电工", "WX", "13800003381", ""),
    ("wanghai", "王海", "木工组", "木工", "WX", "13800005120", "维修工（木工）"),
    ("wuguifang", "吴桂芳", "宿管组", "宿管员", "SU", "13800004402", "宿管"),
    ("qiancuiping", "钱翠萍", "宿管组", "宿管员", "SU", "13800004417", ""),
    ("maoxiaohong", "毛晓红", "宿管组", "宿管员", "SU", "13800004425", ""),
    ("linxiaoyan", "林晓燕", "医务室", "校医", "XY", "8120", ""),
    ("liubaoan", "刘保安", "保安队", "保安", "MW", "8000", "门卫"),
    ("madesheng", "马德胜", "保安队", "保安", "MW", "8000", ""),
    ("jiangsufen", "蒋素芬", "保洁组", "保洁员", "BJ", "13800006633", ""),
    ("tangchunmei", "唐春梅", "绿化组", "绿化工", "BJ", "13800006671", ""),
    ("fengwenjing", "冯文静", "校务办公室", "档案员", "XB", "8010", ""),
    ("yangfan", "杨帆", "团委", "团委书记", "JS XW", "8105", ""),
    ("zhanghui", "张慧敏", "语文教研组", "教师", "JS BZ", "13800002233", "班主任 高一(3)班"),
    ("xuxiaoming", "徐晓明", "数学教研组", "教师", "JS", "13800007788", "教师"),
    ("wanglijuan", "王丽娟", "德育处", "德育主任", "JS", "8102", ""),
    ("guanliyuan", "田思远", "校务办公室", "系统管理员", "GL", "8011", "系统管理员"),
    ("jiancha", "严正浩", None, "区教育局督查", "JC", "", "上级检查"),
]

GRADES = [("初一", 4), ("初二", 4), ("初三", 4), ("高一", 8), ("高二", 8), ("高三", 8)]
TEACHERS = 168
ADMINISTRATION = 12
HOURLY = [("食堂", "食堂员工", "SY", 10), ("保洁组", "勤杂工", "BJ", 6)]
OUTSOURCED = [
    ("保安队", "保安", "MW", 8),
    ("保洁组", "保洁员", "BJ", 8),
    ("绿化组", "绿化工", "BJ", 2),
    ("食堂", "厨师", "SY", 4),
]
SUBJECTS = [name for name, kind, _parent in DEPARTMENTS if kind == "subject"]
