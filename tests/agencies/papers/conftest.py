"""Rendering is tested where LibreOffice is installed, as on CI."""

import shutil

collect_ignore = [] if shutil.which("soffice") else ["test_rendering.py"]
