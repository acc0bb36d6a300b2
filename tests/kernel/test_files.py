"""Uploads: known by content, made harmless, seen only by those who see the record."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pillow_heif
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from houqin.kernel.access import ALL, Grant
from houqin.kernel.files import clean_name, keep, keep_all, kind_of, signed_url
from houqin.school.people.factories import UserFactory, role
from houqin.school.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def room():
    return PlaceFactory()


@pytest.fixture
def clerk():
    Grant.objects.create(role=role("T1"), register="places.place", verb="view", scope=ALL)
    return UserFactory(codes=["T1"])


def picture(form="JPEG", size=(3000, 1500), **words):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **words)
    return out.getvalue()


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name in names:
            box.writestr(name, "x")
    return out.getvalue()


def kept(data, name, record, **words):
    return keep(SimpleUploadedFile(name, data), record, by=None, **words)


def opened(attachment):
    return Image.open(attachment.file)


def exif_of_a_phone():
    exif = Image.Exif()
    exif[274] = 6  # to be turned by 90°
    exif.get_ifd(0x8769)[36867] = "2026:09:01 08:30:00"
    exif.get_ifd(0x8825)[2] = (24.0, 52.0, 10.0)
    return exif


def test_a_photo_is_made_small_upright_and_loses_its_position_but_not_its_time(room):
    found = kept(picture(exif=exif_of_a_phone()), "现场.JPG", room, stage="before")
    image = opened(found)
    assert (image.format, image.size) == ("JPEG", (1000, 2000))
    assert dict(image.getexif()) == {}
    assert found.taken_at == datetime(2026, 9, 1, 0, 30, tzinfo=UTC)
    assert (found.name, found.mime, found.stage, found.is_photo) == ("现场.JPG", "image/jpeg", "before", True)
    assert max(Image.open(found.thumbnail).size) == 320
    assert found.size == found.file.size
    assert "现场" not in found.file.name


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "BMP"])
def test_other_pictures_become_jpeg(room, form):
    assert opened(kept(picture(form, (40, 30)), f"a.{form.lower()}", room)).format == "JPEG"


def test_what_is_clear_in_a_png_becomes_white(room):
    out = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(kept(out.getvalue(), "a.png", room)).getpixel((5, 5)) == (255, 255, 255)


def test_a_heic_photo_of_a_phone_becomes_jpeg(room):
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "red")).save(out)
    found = kept(out.getvalue(), "IMG_0001.HEIC", room)
    assert (opened(found).format, opened(found).size, found.name) == ("JPEG", (64, 48), "IMG_0001.jpg")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.png"),
        (b"<!DOCTYPE html><p>x", "a.html"),
        (b"note\n<script>alert(1)</script>", "a.txt"),
        (b"#!/bin/sh\nrm -rf /", "a.txt"),
        (b"alert(1)", "a.js"),
        (b"MZ\x90\0" + b"\0" * 60, "a.pdf"),
        (packed("evil.exe"), "a.docx"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (OLE + b"\0" * 600 + "PowerPoint Document".encode("utf-16-le"), "a.doc"),
        (b"PK\x03\x04broken", "a.xlsx"),
    ],
)
def test_what_could_run_or_is_unknown_is_refused(room, data, name):
    with pytest.raises(ValidationError) as said:
        kept(data, name, room)
    assert said.value.messages == [
        f"“{name}” cannot be kept. Take a photo, or save it as PDF, Word, Excel or plain text."
    ]


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "xlsx"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.wps", "doc"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "a.et", "xls"),
        ("通知".encode("gb18030"), "a.txt", "txt"),
    ],
)
def test_papers_are_kept_as_they_are(room, data, name, kind):
    assert kind_of(data, name) == kind
    found = kept(data, name, room)
    assert (found.file.read(), found.name, found.is_photo) == (data, name, False)


def test_a_name_follows_the_content(room):
    assert kept(b"%PDF-1.7\n", "..\\..\\etc/合同.exe", room).name == "合同.pdf"


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\张三\\合同.pdf", "合同.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ('<b onclick="x">.txt', "b onclick=x.txt"),
        ("..", "file"),
        ("长" * 300 + ".pdf", "长" * 90 + ".pdf"),
    ],
)
def test_names_are_only_names(given, clean):
    assert clean_name(given) == clean


def test_a_decompression_bomb_is_refused_before_it_unfolds(room):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(ValidationError) as said:
        kept(out.getvalue(), "a.png", room)
    assert said.value.messages == ["“a.png” has too many pixels. Take it again with a smaller picture size."]


def test_a_broken_picture_is_refused_with_a_sentence(room):
    with pytest.raises(ValidationError) as said:
        kept(picture()[:400], "a.jpg", room)
    assert said.value.messages == ["“a.jpg” is damaged and cannot be opened. Take the photo again."]


def test_empty_large_and_many_files_are_refused(room):
    for data, sentence in [
        (b"", "“a.pdf” is empty. Choose the file again."),
        (b"%PDF-" + b"0" * (20 * 2**20), "“a.pdf” is larger than 20 MB. Make it smaller or split it."),
    ]:
        with pytest.raises(ValidationError) as said:
            kept(data, "a.pdf", room)
        assert said.value.messages == [sentence]
    with pytest.raises(ValidationError) as said:
        keep_all([SimpleUploadedFile("a.pdf", b"%PDF-")] * 10, room, by=None)
    assert said.value.messages == ["At most 9 files at a time; add the others afterwards."]


def test_a_paper_is_a_download_that_no_browser_runs(room, clerk, client):
    client.force_login(clerk)
    answer = client.get(f"/files/{kept(b'%PDF-1.7', '合同.pdf', room).pk}/")
    assert b"".join(answer) == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, max-age=3600")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_photo_and_its_thumbnail_are_shown_to_whoever_sees_the_record(room, clerk, client):
    client.force_login(clerk)
    photo = kept(picture(), "a.jpg", room)
    sizes = {}
    for way in ("", "thumb/", "?size=small"):
        answer = client.get(f"/files/{photo.pk}/{way}")
        sizes[way] = max(Image.open(io.BytesIO(b"".join(answer))).size)
    assert sizes == {"": 2000, "thumb/": 320, "?size=small": 320}


def test_a_stranger_gets_nothing_and_the_anonymous_is_asked_to_sign_in(room, client):
    photo = kept(picture(), "a.jpg", room)
    assert client.get(f"/files/{photo.pk}/").status_code == 302
    client.force_login(UserFactory())
    assert client.get(f"/files/{photo.pk}/").status_code == 404
    assert client.get("/files/999999999999999999999999/").status_code == 404


def test_a_signed_address_works_without_sign_in_until_its_day(room):
    photo, other = kept(picture(), "a.jpg", room), kept(picture(), "b.jpg", room)
    with time_machine.travel("2026-11-22 08:00+08:00"):
        url = signed_url(photo, days=3)
        assert Client().get(url).status_code == 200
        assert Client().get(url.replace(f"/files/{photo.pk}/", f"/files/{other.pk}/")).status_code == 302
        assert Client().get(url[:-1]).status_code == 302
        assert Client().get(signed_url(photo, variant="thumb")).status_code == 200
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=4)):
        assert Client().get(url).status_code == 302
