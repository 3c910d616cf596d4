"""A list taken in and mapped, ready to be tried."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.deadlines import local_day
from tasks.importing.bringing_in import bring_in
from tasks.importing.dry_run import DryRun
from tasks.importing.preparing import map_columns, take_in
from tasks.models import ImportBatch
from tests.factories import moment
from tests.samples.lists import workbook

AT = moment("2026-11-26", 9)
HEAD = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời hạn", "Trạng thái"]


def upload_of(data: bytes, name: str = "Theo dõi 2026.xlsx") -> SimpleUploadedFile:
    """Return the file as a form's upload."""
    return SimpleUploadedFile(name, data)


@pytest.fixture
def taken_in(district, settings, tmp_path) -> Callable[..., ImportBatch]:
    """Return a function: take in a sheet of these rows below the usual head, columns mapped."""
    settings.MEDIA_ROOT = tmp_path

    def batch(*rows: list, head: list = HEAD) -> ImportBatch:
        data = workbook(head, *([n, *row] for n, row in enumerate(rows, start=1)))
        found = take_in(district.officer, AT, upload=upload_of(data))
        return map_columns(
            found, district.officer, AT,
            fields=found.mapping["fields"], authority=district.issuer, version=found.version,
        )  # fmt: skip

    return batch


@pytest.fixture
def brought_in(district, taken_in) -> Callable[..., ImportBatch]:
    """Return a function: the same, brought in by the chief."""

    def batch(*rows: list, head: list = HEAD) -> ImportBatch:
        found = taken_in(*rows, head=head)
        return bring_in(found, district.chief, AT, fingerprint=fingerprint_of(found))

    return batch


def run_of(batch: ImportBatch) -> DryRun:
    """Return the dry run of the moment."""
    return DryRun(ImportBatch.objects.get(pk=batch.pk), local_day(AT))


def fingerprint_of(batch: ImportBatch) -> str:
    """Return what the page shows the chief."""
    return run_of(batch).fingerprint
