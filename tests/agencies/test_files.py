"""Uploads are judged by content and handed out as downloads (issue 4, traps.md)."""

import io
import zipfile

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.files import UploadField, content_type_of
from agencies.models import Attachment
from tests.world import build

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF"


def office_file(*members: str, content: bytes = b"<x/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, content)
    return buffer.getvalue()


WORD = office_file("word/document.xml", "[Content_Types].xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("báo cáo.pdf", PDF),
        ("báo cáo.docx", WORD),
        ("bảng.xlsx", office_file("xl/workbook.xml")),
        ("ghi chú.txt", "Đã xử lý xong".encode()),
        ("ghi chú.txt", "Đã xử lý xong".encode("utf-16")),
        ("ảnh.png", b"\x89PNG\r\n\x1a\n" + bytes(30)),
    ],
)
def test_a_file_that_is_what_it_says_is_accepted(name, content):
    assert content_type_of(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rỗng.pdf", b"", "empty"),
        ("chương trình.pdf", b"MZ\x90\x00\x03" + bytes(60), "wrong_type"),
        ("ảnh.pdf", b"\x89PNG\r\n\x1a\n" + bytes(30), "wrong_type"),
        ("không phải.docx", b"PK\x03\x04 khong phai", "wrong_type"),
        ("nén.docx", office_file("a.txt"), "wrong_type"),
        ("trang.html", b"<script>alert(1)</script>", "wrong_type"),
        ("bom.docx", office_file("word/document.xml", content=bytes(30_000_000)), "bomb"),
    ],
)
def test_a_file_that_is_not_is_refused_with_its_reason(name, content, code):
    with pytest.raises(forms.ValidationError) as refused:
        content_type_of(SimpleUploadedFile(name, content))

    assert refused.value.code == code


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.UPLOAD_LIMIT = 1000

    with pytest.raises(forms.ValidationError) as refused:
        content_type_of(SimpleUploadedFile("lớn.txt", b"a" * 1001))

    assert refused.value.code == "too_large"


def test_a_field_that_wants_a_document_says_which():
    with pytest.raises(forms.ValidationError, match=r"\.pdf"):
        UploadField(types=("application/pdf",)).clean(SimpleUploadedFile("a.docx", WORD))


@pytest.mark.django_db
class TestDownloads:
    @pytest.fixture
    def world(self):
        return build()

    def get(self, client, world, role):
        client.force_login(world.user(role))
        file: Attachment = world.things["file"]
        return client.get(reverse("attachment", args=[file.public_id]))

    def test_whoever_sees_the_thing_downloads_the_file(self, client, world):
        response = self.get(client, world, "staff_alpha")

        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_whoever_does_not_gets_nothing(self, client, world):
        """Rule 2.4."""
        assert self.get(client, world, "head_beta").status_code == 404

    def test_files_have_no_address_of_their_own(self, client, world):
        client.force_login(world.user("head_alpha"))

        assert client.get(f"/media/{world.things['file'].file.name}").status_code == 404
