"""A wheel carries what `make setup` made (messages, icons) and the npm files, so that pip install needs no Node."""

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = ["houqin/kernel/ui/static/build/icons.svg", "houqin/site/locale/zh_Hans/LC_MESSAGES/django.mo"]


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        listed = tomllib.loads((root / "houqin/site/packages.toml").read_text(encoding="utf-8"))
        files = {f"node_modules/{source}": f"houqin/site/packages/{url}" for url, source in listed.items()}
        if missing := [path for path in [*files, *MADE] if not (root / path).exists()]:
            raise SystemExit(f"Run `make setup` before building; missing: {', '.join(missing)}")
        build_data["force_include"].update({str(root / source): target for source, target in files.items()})
        build_data["artifacts"].extend(MADE)
