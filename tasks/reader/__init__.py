"""The reader: a directive's file → a draft of header, cited documents and proposals (domain 4.7).

Pure: no database, no framework, no clock, no network; the directory of agencies is data given to
it. `docs/reader.md` explains the stages.
"""

from tasks.reader.errors import REFUSALS, SecretDocument, UnreadableFile
from tasks.reader.kinds import REASONS
from tasks.reader.names import Directory
from tasks.reader.reading import read
from tasks.reader.sandbox import read_file
from tasks.reader.shape import DOUBTS, Proposal, Reading, Reference

__all__ = [
    "DOUBTS",
    "REASONS",
    "REFUSALS",
    "Directory",
    "Proposal",
    "Reading",
    "Reference",
    "SecretDocument",
    "UnreadableFile",
    "read",
    "read_file",
]
