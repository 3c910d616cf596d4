"""The capacity in which somebody acts and signs (rule 2.2): one definition for acts and papers."""

from enum import StrEnum


class Capacity(StrEnum):
    """How an act is signed (Decree 30/2020/NĐ-CP): the letters before the title."""

    OWN = ""
    DEPUTY = "KT."
    COLLECTIVE = "TM."
    BY_ORDER = "TL."
    AUTHORISED = "TUQ."
    ACTING = "Q."
