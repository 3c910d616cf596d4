"""Markings of secret documents: what bears one is not read on (domain 4.1)."""

import re

from tasks.reader.errors import SecretDocument

SECRECY = re.compile(
    r"\s*(?:Độ\s+mật\s*:?\s*)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT|Tuyệt\s+mật|Tối\s+mật|Mật)\s*"
)


def refuse_secret(raw: str) -> None:
    """Refuse a document marked mật, tối mật or tuyệt mật in its heading (domain 4.1)."""
    for line in raw.split("\n")[:60]:
        for piece in re.split(r" {3,}|\t|\|", line):
            marking = SECRECY.fullmatch(piece.replace("*", ""))
            if marking:
                raise SecretDocument(re.sub(r"\s+", " ", marking[1]))
