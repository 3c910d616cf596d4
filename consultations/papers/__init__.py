"""The papers of a consultation: its letter, its result sheet, the table of comments (6.8, 6.9)."""

from consultations.papers.letter import LetterFacts, letter_docx, letter_paper
from consultations.papers.letter_facts import facts_asked, facts_typed
from consultations.papers.result import result_docx
from consultations.papers.settled import settled_docx

__all__ = [
    "LetterFacts",
    "facts_asked",
    "facts_typed",
    "letter_docx",
    "letter_paper",
    "result_docx",
    "settled_docx",
]
