"""Uploaded pictures and papers: known by their content, made harmless, kept under names nobody can guess."""

import hashlib
import io
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import filetype
from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.signing import BadSignature, Signer
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import access, clock

MOST, MEGABYTES = 9, 20
PIXELS, EDGE, SMALL = 80_000_000, 2000, 320
PICTURES = {"jpg", "png", "webp", "heic", "gif", "bmp"}
OFFICE = "application/vnd.openxmlformats-officedocument."
MIMES = {
    "pdf": "application/pdf", "doc": "application/msword", "xls": "application/vnd.ms-excel", "txt": "text/plain",
    "docx": f"{OFFICE}wordprocessingml.document", "xlsx": f"{OFFICE}spreadsheetml.sheet",
}  # fmt: skip
SAME = {"wps": "doc", "wpt": "doc", "et": "xls", "ett": "xls", "jpeg": "jpg"}
"""Names whose content is another format's; they may stay as they are."""
ACTIVE = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|\?php|iframe)|^#!|^@echo", re.I | re.M)


def keep_all(files: Iterable[Any], record: Any, *, by: Any, stage: str = "") -> list[Any]:
    """Keep up to nine uploaded files; raises ValidationError for the first one that cannot be kept."""
    given = list(files)
    if len(given) > MOST:
        raise ValidationError(_("At most %(n)s files at a time; add the others afterwards.") % {"n": MOST})
    return [keep(file, record, by=by, stage=stage) for file in given]


def keep(file: Any, record: Any, *, by: Any, stage: str = "") -> Any:
    """Keep one uploaded file as the record's Attachment: a picture re-encoded without position, a paper as it is.

    Raises ValidationError with a sentence on how to mend it.
    """
    name = clean_name(file.name or "")
    data, kind = _read(file, name)
    small, taken = None, None
    if kind in PICTURES:
        data, small, taken = _picture(data, name)
        kind = "jpg"
    stem, _dot, suffix = name.rpartition(".")
    name = name if SAME.get(suffix.lower(), suffix.lower()) == kind else f"{stem or suffix}.{kind}"
    kept = apps.get_model("kernel", "Attachment")(
        subject=record, name=name, mime=MIMES.get(kind, "image/jpeg"), size=len(data), stage=stage, by=by,
        taken_at=taken, sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    kept.file.save(f"{secrets.token_urlsafe(18)}.{kind}", ContentFile(data), save=False)
    if small:
        kept.thumbnail.save(f"{secrets.token_urlsafe(18)}.jpg", ContentFile(small), save=False)
    kept.save()
    return kept


def _read(file: Any, name: str) -> tuple[bytes, str]:
    words = ""
    if file.size > MEGABYTES * 2**20:
        words = _("“%(name)s” is larger than %(n)s MB. Make it smaller or split it.")
    elif not file.size:
        words = _("“%(name)s” is empty. Choose the file again.")
    if not words:
        file.seek(0)
        data = file.read()
        if kind := kind_of(data, name):
            return data, kind
        words = _("“%(name)s” cannot be kept. Take a photo, or save it as PDF, Word, Excel or plain text.")
    raise ValidationError(words % {"name": name, "n": MEGABYTES})


def clean_name(given: str) -> str:
    """The last part of a path, without what a screen or a file system would trip over; at most 100 characters."""
    last = re.split(r"[/\\]", given)[-1]
    text = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = text.rpartition(".")
    return f"{stem[:90]}{dot}{suffix[:9]}" if dot else text[:100] or _("file")


def kind_of(data: bytes, name: str) -> str | None:
    """What the bytes are (jpg, png, webp, heic, gif, bmp, pdf, docx, xlsx, doc, xls, txt); None: not to be kept."""
    found = getattr(filetype.guess(data[:8192]), "extension", None)
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heif"):
        found = "heic"
    if found in PICTURES or found == "pdf":
        return found
    if data[:4] == b"PK\x03\x04":
        return _office(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        streams = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
        return next((kind for stream, kind in streams.items() if stream.encode("utf-16-le") in data), None)
    if name.lower().endswith(".txt") and b"\0" not in data and not ACTIVE.search(data[:65536]):
        return "txt"
    return None


def _office(data: bytes) -> str | None:
    """Word or Excel by the folders inside; a document that carries macros is none."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any("vbaproject" in n.lower() for n in names):
        return None
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None


def _picture(data: bytes, name: str) -> tuple[bytes, bytes, datetime | None]:
    """(picture of at most 2000 px, thumbnail of 320 px, when it was taken), upright, JPEG, with nothing else inside."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    try:
        image: Any = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF"])
        if image.width * image.height > PIXELS:
            raise Image.DecompressionBombError
        taken = _taken(image.getexif())
        image.draft("RGB", (EDGE, EDGE))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((EDGE, EDGE))
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        small = ImageOps.contain(paper, (SMALL, SMALL))
        return _jpeg(paper, 85), _jpeg(small, 80), taken
    except Image.DecompressionBombError as why:
        words = _("“%(name)s” has too many pixels. Take it again with a smaller picture size.")
        raise ValidationError(words % {"name": name}) from why
    except Exception as why:  # a decoder may fail in any way; the picture is broken either way
        words = _("“%(name)s” is damaged and cannot be opened. Take the photo again.")
        raise ValidationError(words % {"name": name}) from why


def _jpeg(image: Any, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _taken(exif: Any) -> datetime | None:
    """The camera's clock, in the school's zone; None when it has none or lies in the future."""
    text = str(exif.get_ifd(0x8769).get(36867) or exif.get(306) or "").strip("\0 ")
    try:
        at = timezone.make_aware(datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))
    except ValueError:
        return None
    return at if at <= clock.now() + timedelta(days=1) else None


# how they are served -------------------------------------------------------------------------


def signed_url(attachment: Any, days: int = 30, variant: str = "") -> str:
    """An address that needs no sign-in for so many days: for pages behind a ticket's link."""
    until = int((clock.now() + timedelta(days=days)).timestamp())
    name = "file_thumb" if variant == "thumb" else "file"
    return f"{reverse(name, args=[attachment.pk])}?s={Signer(salt='files').sign(f'{attachment.pk}-{until}')}"


def _signed(request: HttpRequest, pk: int) -> bool:
    try:
        number, _dash, until = Signer(salt="files").unsign(request.GET.get("s", "")).partition("-")
    except BadSignature:
        return False
    return number == str(pk) and int(until) > clock.now().timestamp()


def view(request: HttpRequest, pk: int, variant: str = "") -> HttpResponseBase:
    """/files/<id>/ and /files/<id>/thumb/: whoever sees the record sees its files; papers are only downloaded."""
    signed = _signed(request, pk)
    if not signed and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    kept = apps.get_model("kernel", "Attachment").objects.filter(pk=pk).first() if pk < 2**63 else None
    if kept is None or not signed and not (kept.subject and access.may_on(request.user, kept.subject, "view")):
        raise Http404
    small = variant == "thumb" or request.GET.get("size") == "small"
    try:
        content: File[bytes] = (kept.thumbnail if small and kept.thumbnail else kept.file).open("rb")
    except FileNotFoundError as why:
        raise Http404 from why
    answer = FileResponse(content, content_type=kept.mime, as_attachment=not kept.is_photo, filename=kept.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def urlpatterns() -> list[Any]:
    thumb = path("files/<int:pk>/thumb/", view, {"variant": "thumb"}, name="file_thumb")
    return [path("files/<int:pk>/", view, name="file"), thumb]
