"""Forms of consultations. Rules stay in the acts."""

from consultations.forms.answering import AnswerForm
from consultations.forms.asking import MOST_QUESTIONS, AskForm, Questions

__all__ = ["MOST_QUESTIONS", "AnswerForm", "AskForm", "Questions"]
