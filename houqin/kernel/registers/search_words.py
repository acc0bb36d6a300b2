"""How texts and questions are cut into the words of the search index; both databases are asked in the same words."""

import re
import unicodedata

from django.db import connection

DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\u30fc~_]")
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+(?:-+[^\W_{HAN}]+)*)")


def folded(text: str) -> str:
    """Lower case, half width, one kind of dash."""
    return DASHES.sub("-", unicodedata.normalize("NFKC", DASHES.sub("-", text))).lower()


def code(text: str) -> str:
    """A number as it is compared: WX—2026-0001 → wx20260001."""
    return re.sub(r"[\s-]", "", folded(text))


def tokens(text: str) -> set[str]:
    """Chinese characters alone and in pairs; other words whole, in parts, and from each dash on (109 of 2-109)."""
    found: set[str] = set()
    for chinese, word in RUNS.findall(folded(text)):
        if chinese:
            found.update(chinese, (chinese[i : i + 2] for i in range(len(chinese) - 1)))
        else:
            parts = re.split("-+", word)
            found.update(parts, ("".join(parts[i:]) for i in range(len(parts))))
    return found


def grams(initials: str) -> set[str]:
    """Two to four neighbouring pinyin initials, and all of them: slt of 水龙头."""
    runs = initials.split()
    return {run[i : i + n] for run in runs for n in (2, 3, 4) for i in range(len(run) - n + 1)} | {*runs}


def asked(text: str) -> list[str]:
    """What to look for, all of it; a word of three and more letters or digits may go on ("2026*")."""
    found: dict[str, None] = {}
    for chinese, word in RUNS.findall(folded(text)[:100]):
        if chinese:
            found.update(dict.fromkeys(chinese[i : i + 2] for i in range(max(len(chinese) - 1, 1))))
        else:
            word = word.replace("-", "")
            found[word + "*" if len(word) > 2 else word] = None
    return list(found)


def query(text: str) -> str:
    """The question as this database writes it; "" when nothing in the text can be looked for."""
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word.rstrip('*')}'{':*' * word.endswith('*')}" for word in asked(text))
    return " AND ".join(f'"{word.rstrip("*")}"{" *" * word.endswith("*")}' for word in asked(text))
