"""Static files that come from npm packages: the explicit list is packages.toml."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = Path(__file__).parent
NODE_MODULES = SITE.parent.parent / "node_modules"
CARRIED = SITE / "packages"  # filled in a wheel only
SOURCE_MAP = re.compile(rb"\n?/[/*][#@] sourceMappingURL=[^\n]*")


def packages() -> dict[str, Path]:
    """Address under STATIC_URL → file on disk."""
    listed = tomllib.loads((SITE / "packages.toml").read_text(encoding="utf-8"))
    carried = CARRIED.is_dir()
    return {url: CARRIED / url if carried else NODE_MODULES / source for url, source in listed.items()}


class PackageStorage(FileSystemStorage):
    """Opens a listed file by its address, without the source map line (the map itself is not served)."""

    prefix = ""

    def __init__(self) -> None:
        super().__init__(location=NODE_MODULES)
        self.files = packages()

    def path(self, name: str) -> str:
        return str(self.files[name])

    def _open(self, name: str, mode: str = "rb") -> File:
        if name.endswith((".js", ".css")):
            return ContentFile(SOURCE_MAP.sub(b"", self.files[name].read_bytes()), name)
        return File(open(self.files[name], "rb"))


class PackageFinder(BaseFinder):
    """Lets collectstatic and the test server see the listed files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [str(path) for path in self.storage.files.values() if not path.exists()]
        hint = "Run `make setup` (it calls `npm ci`)."
        return (
            [Error(f"Static packages are missing: {', '.join(missing)}", hint=hint, id="houqin.S001")]
            if missing
            else []
        )

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = self.storage.files.get(path)
        if found is None or not found.exists():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, PackageStorage]]:
        for url in self.storage.files:
            yield url, self.storage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Every file under a hashed name only, compressed, to be cached for ever.

    Our ES modules under js/ are told each other's hashed names; source map lines are left as they are (maps are not
    collected).
    """

    keep_only_hashed_files = True
    patterns = (
        ("*.css", (HashedFilesMixin.patterns[0][1][0], HashedFilesMixin.patterns[0][1][1])),
        ("js/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),
    )
