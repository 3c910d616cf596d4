"""Papers printed as LibreOffice prints them, which is what an office would see."""

import subprocess
from pathlib import Path


def print_all(folder: Path) -> None:
    """Print every .docx of a folder to a .pdf beside it, in one run: starting is what is slow."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(path) for path in sorted(folder.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
