"""What the tests of sheets share: a clerk's browser, sheets made of rows, and what a preview says."""

import io
import re

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from houqin.kernel.access import ALL, Grant
from houqin.school.people.factories import UserFactory, role


def clerk_of(*registers, verbs="view add amend", scope=ALL):
    for register in registers:
        for verb in verbs.split():
            Grant.objects.create(role=role("T1"), register=register, verb=verb, scope=scope)
    return UserFactory(codes=["T1"], username="clerk", name="李建国", phone="13800000000")


def sheet(*rows, merge=(), name="表"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "remove_timezone": True})
    page = book.add_worksheet(name)
    for at, row in enumerate(rows):
        for to, cell in enumerate(row):
            if cell is not None:
                page.write(at, to, cell)
    for span in merge:
        page.merge_range(*span)
    book.close()
    return out.getvalue()


def sent(client, data, url="/places/place/import/", name="a.xlsx"):
    return client.post(url, {"file": SimpleUploadedFile(name, data)})


def taken(client, answer, url="/places/place/import/", **words):
    """Press the button under the preview."""
    token = answer.content.decode().split('name="token" value="')[1].split('"')[0]
    return client.post(url, {"token": token, **words})


def counts(answer):
    text = answer.content.decode()
    return tuple(int(re.search(rf">(\d+) {word}<", text)[1]) for word in ("new", "changed", "unchanged", "wrong"))


def table(answer):
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )


def wrong(answer):
    """(row, column, sentence) of every error the preview names."""
    cells = r'<td class="num">(\d+)</td><td>(.*?)</td><td class="text-wrap">(.*?)</td>'
    return [(int(number), column, said) for number, column, said in re.findall(cells, answer.content.decode())]
