"""The categories a school begins with: icon and the usual symptoms, in the words people use."""

CATALOGUE = (
    ("照明", "bulb", "灯不亮 灯光闪烁 灯管发黑 开关失灵 有异响 灯罩松动"),
    ("插座线路", "plug", "插座没电 插座松动 插座打火 跳闸 线皮破损 有焦味"),
    ("水管龙头", "droplet", "水龙头漏水 水龙头关不严 水管漏水 没有水 水压小 开水器不出水"),
    ("卫浴下水", "bath", "冲水阀长流水 下水堵塞 便池不冲水 地漏返味 洗手池松动 化粪井外溢"),
    ("门窗锁", "door", "门锁坏了 门关不严 合页松动 窗户关不上 玻璃破裂 闭门器漏油 窗帘脱落 窗帘拉不动"),
    ("桌椅", "armchair", "桌腿松动 椅面断裂 抽屉脱落 讲台损坏 柜门合不上 床架松动"),
    ("空调风扇", "air-conditioning", "不制冷 不制热 室内机滴水 吊扇不转 吊扇晃动 遥控器失灵"),
    ("教学屏", "device-tv", "黑屏 无信号 触控不准 没声音 话筒没声 投影模糊"),
    ("网络电话", "wifi", "上不了网 网速慢 电话不通 网口松动 无线信号弱"),
    ("墙面地面", "wall", "墙皮脱落 瓷砖松动 地面开裂 屋面渗水 天花板漏水 栏杆松动"),
    ("体育器材", "ball-basketball", "篮球架晃动 球网破损 垫子破裂 单杠松动 跑道起皮"),
    ("其他", "dots", "有安全隐患 需要查看"),
)
SYMPTOMS = tuple((name, symptom) for name, _icon, words in CATALOGUE for symptom in words.split())
