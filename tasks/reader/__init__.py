"""The reader: a directive's file → a draft of header, cited documents and proposals (domain 4.7).

Pure: no database, no framework, no clock, no network; the directory of agencies is data given to
it. `docs/reader.md` explains the stages.
"""

from importlib import import_module

FACE = {
    "DOUBTS": "shape",
    "REASONS": "kinds",
    "REFUSALS": "errors",
    "Directory": "names",
    "Proposal": "shape",
    "Reading": "shape",
    "Reference": "shape",
    "SecretDocument": "errors",
    "UnreadableFile": "errors",
    "read": "reading",
    "read_file": "sandbox",
}
"""What the package hands out, by the module it comes from."""


def __getattr__(name: str) -> object:
    """Load a part of the face when it is asked for: compiling the reader's patterns takes a third
    of a second, and who reads a sheet in a child, or only a name, needs none of them.
    """
    if name not in FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{FACE[name]}"), name)
