"""Common Chinese names, drawn in a fixed order: the same seed gives the same school."""

from collections.abc import Iterator
from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢傅钟"
    "姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武"
)
MALE = (
    "志强 建华 永平 海波 国庆 立军 德胜 文斌 宏伟 明辉 家豪 晓峰 振宇 学军 卫东 俊杰 光明 伟民 少华 子健 天佑 景涛 "
    "启明 正浩 维新 长青 新民 玉林 东升 金宝 万里 思远 嘉树 承志 博文"
).split()
FEMALE = (
    "秀兰 桂芳 丽娟 晓燕 素芬 雅琴 玉梅 海燕 春梅 静怡 思琪 雨晴 文静 慧敏 美玲 淑华 凤英 佳慧 婷婷 红霞 小芳 若兰 "
    "诗涵 欣然 梦洁 亚男 明霞 云清 月华 翠萍 晓红 瑞雪 子墨 语桐"
).split()


def people(seed: int) -> Iterator[str]:
    """Names without end, none twice."""
    draw, seen = Random(seed), set()
    while True:
        given = draw.choice(draw.choice([MALE, FEMALE]))
        name = draw.choice(SURNAMES) + given
        if name not in seen:
            seen.add(name)
            yield name
