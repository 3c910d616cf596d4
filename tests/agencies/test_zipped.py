"""Several files as one archive."""

import io
import zipfile

import pytest

from agencies.files import keep
from agencies.zipped import zipped
from tests import factories as make
from tests.world import paper_file

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-10")


def archive_of(*names: str) -> zipfile.ZipFile:
    """Return the archive of files of these names, kept for one task."""
    task, chief = make.assigned_task(), make.office_chief()
    kept = []
    for number, name in enumerate(names):
        upload = paper_file(str(number))
        attachment = keep(upload, task, chief, AT, role="evidence")
        attachment.name = name
        kept.append(attachment)
    return zipfile.ZipFile(io.BytesIO(b"".join(zipped(kept))))


def test_files_of_one_name_get_numbers() -> None:
    """Two reports called alike are both in it, also where only the case differs."""
    archive = archive_of("bao-cao.pdf", "Bao-cao.pdf", "khác.pdf")

    assert archive.namelist() == ["bao-cao.pdf", "Bao-cao (2).pdf", "khác.pdf"]
    assert archive.read("Bao-cao (2).pdf").decode() == "Kết quả 1"
    assert archive.testzip() is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.txt", "/etc/passwd", "a/b.txt"])
def test_names_lead_out_of_no_folder(name) -> None:
    """What a sender called the file cannot place it elsewhere when it is unpacked."""
    (entry,) = archive_of(name).namelist()

    assert not {"/", "\\", ".."} & set(entry) and not entry.startswith("..")


def test_no_file_is_an_empty_archive() -> None:
    """Opens, and holds nothing."""
    assert archive_of().namelist() == []
