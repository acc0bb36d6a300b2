"""The matching copy of a line: as long as the original, character for character, so that a place found in the copy
is the same place in the original. The original itself is never changed."""

import re

_TRADITIONAL = (
    "週周號号個个點点開开學学準准備备計计劃划維维檢检會会議议總总務务處处責责負负內内時时間间節节慶庆國国動动運运員员長长導导"
    "師师發发領领財财產产資资場场館馆樓楼電电衛卫環环綠绿設设統统報报與与業业書书課课費费繳缴獎奖結结達达機机實实驗验園园廚厨"
    "飯饭採采購购庫库倉仓單单類类項项經经預预審审訂订簽签約约證证執执標标隱隐練练習习應应雜杂種种樹树蟲虫噴喷滅灭寢寝門门鋪铺"
    "戶户溝沟暢畅將将對对進进後后訓训調调輔辅參参觀观試试閱阅際际題题佈布製制歸归檔档養养護护華华廳厅線线話话網网燈灯營营勞劳"
    "績绩優优獻献寶宝傳传貼贴壓压縮缩漿浆紀纪錄录認认識识級级屆届頭头輪轮歷历啟启終终禮礼儀仪齊齐聯联繫系舉举辦办誌志頒颁獲获"
    "確确穩稳築筑牆墙廁厕餐餐體体鍋锅爐炉氣气漏漏補补換换貨货帳账賬账銷销價价錢钱賠赔償偿損损壞坏選选聘聘評评彙汇匯汇簡简從从"
    "為为無无專专門门幹干部部見见觸触變变圖图紙纸筆笔圍围團团隊队連连續续邊边過过還还這这裡里據据擬拟擴扩擔担攝摄盤盘聖圣誕诞歡欢廈厦廠厂牀床鐘钟鎖锁鑰钥寬宽幣币鄉乡鎮镇縣县區区兒儿婦妇習习醫医療疗藥药險险復复"
)
_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)}
_ALIKE = {
    " ": "\u3000\u00a0\u2002\u2003\u2009\u202f\t\ufeff\u200b",
    "~": "〜∼˜∽",
    "-": "–—―−‐‑─━﹣",
    "〇": "○零",
    ".": "﹒",
    ":": "﹕",
    ";": "﹔",
    "(": "﹙",
    ")": "﹚",
    "[": "【〔",
    "]": "】〕",
}
_SAME = {ord(c): plain for plain, group in _ALIKE.items() for c in group}
_TABLE: dict[int, int | str] = {
    **_WIDE,
    **_SAME,
    **{ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)},
}

END = "。；;！!？?"
_DOT_IN_WORD = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")


def match_copy(text: str) -> str:
    """Half-width marks and digits, simplified characters, one kind of dash, tilde and space; same length as text."""
    return text.translate(_TABLE)


def squeeze(copy: str) -> tuple[str, list[int]]:
    """The copy without spaces and inserted stray marks, and for each kept character its place in the copy."""
    places = [i for i, c in enumerate(copy) if not (c.isspace() or c in "`*\u200b")]
    tight = "".join(copy[i] for i in places)
    for hit in reversed(list(_DOT_IN_WORD.finditer(tight))):
        del places[hit.start()]
        tight = tight[: hit.start()] + tight[hit.end() :]
    return tight, places


def width(text: str) -> int:
    """Columns of a fixed-width page: two for a Chinese character, one for a Latin one."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def is_open(copy: str) -> bool:
    """True when the line stops without an end mark, so that it may go on."""
    return bool(copy) and copy.rstrip()[-1:] not in END + ':)]”"》'


_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2}


def number(word: str) -> int | None:
    """12, 十二, 廿一, 二十 as an int (0 to 99); None for anything else."""
    if word.isdecimal():
        return int(word)
    word = word.replace("廿", "二十").replace("卅", "三十").replace("元", "一").replace("正", "一")
    if not word or any(c not in "〇一二三四五六七八九十两" for c in word):
        return None
    if "十" not in word:
        return _DIGITS[word] if len(word) == 1 else None
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def year(word: str) -> int | None:
    """2026, 26, 二〇〇八, 一一 as a full year; None for masked years such as 20xx."""
    digits = "".join(str(_DIGITS[c]) if c in _DIGITS else c for c in word)
    if not digits.isdecimal() or len(digits) not in (2, 4):
        return None
    full = int(digits) if len(digits) == 4 else 2000 + int(digits)
    return full if 1949 <= full <= 2100 else None
