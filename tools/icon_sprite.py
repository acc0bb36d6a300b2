"""Build the one SVG sprite of the icons in use, from the outline set of @tabler/icons.

Names are found as icon("name") or icon('name') in templates and JavaScript, icon="name" (also as a template argument)
anywhere in houqin/, and as lines of houqin/kernel/ui/icons.txt for names that are put together at run time.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTLINE = ROOT / "node_modules/@tabler/icons/icons/outline"
EXTRA = ROOT / "houqin/kernel/ui/icons.txt"
SPRITE = ROOT / "houqin/kernel/ui/static/build/icons.svg"
LINES = (
    'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'  # the width is the style sheet's
)
NAME = re.compile(r"""\bicon(?:\(|\s*=\s*|"?:\s*)["']([a-z0-9][a-z0-9-]*)["']""")
BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
BOUNDS = re.compile(r"""\s*<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>""")


def names() -> dict[str, str]:
    """Icon name → the first file that asks for it."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.glob("houqin/**/*")):
        if path.suffix in {".html", ".py", ".js", ".toml"} and "/build/" not in path.as_posix():
            for name in NAME.findall(path.read_text(encoding="utf-8")):
                found.setdefault(name, str(path.relative_to(ROOT)))
    for line in EXTRA.read_text(encoding="utf-8").splitlines() if EXTRA.exists() else []:
        if name := line.partition("#")[0].strip():
            found.setdefault(name, str(EXTRA.relative_to(ROOT)))
    return found


def symbol(name: str) -> str:
    body = BODY.search((OUTLINE / f"{name}.svg").read_text(encoding="utf-8"))
    assert body, f"{name}.svg is not an SVG file"
    inner = re.sub(r"\s*\n\s*", "", BOUNDS.sub("", body[1]))
    return f'<symbol id="{name}" viewBox="0 0 24 24" {LINES}>{inner}</symbol>'


def main() -> int:
    wanted = names()
    missing = {name: where for name, where in wanted.items() if not (OUTLINE / f"{name}.svg").exists()}
    for name, where in missing.items():
        print(f'{where}: there is no outline icon "{name}" in @tabler/icons', file=sys.stderr)
    if missing:
        return 1
    SPRITE.parent.mkdir(parents=True, exist_ok=True)
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbol(name) for name in sorted(wanted)) + "\n</svg>\n"
    )
    if not SPRITE.exists() or SPRITE.read_text(encoding="utf-8") != text:
        SPRITE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
