"""Who a cell names: agencies and groups as offices write them in a narrow column. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from agencies.fold import fold
from tasks.reader.agents import agents_at, clean
from tasks.reader.names import VAGUE, Directory, expand
from tasks.reader.names import fold as fold_name

_BREAK = re.compile(r"\s*[\n;+]\s*|\s+/\s+|\s*&\s+(?=Phòng|UBND|Công an|Ban|Trung tâm)")
_BULLET = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)])\s*")
_LABEL = re.compile(
    r"^\s*(?:cơ quan|đơn vị)?\s*(?:chủ trì|phối hợp|thực hiện)\s*(?:với)?\s*[:\-]\s*", re.I
)
_HELPERS = re.compile(r"[.;,\n(]?\s*\bphối hợp(?:\s+với)?\s*:?\s+", re.I)
_MANY = re.compile(r"\b(?:cac|nhung|toan|tat ca|moi)\b")
# "P. TNMT", "X.An Thái", "TT Y tế": letters for the kind, which the reader's texts never have.
_SHORT_KINDS = (
    (re.compile(r"^P(?:\.\s*|\s+)(?=\w)"), "Phòng "),
    (re.compile(r"^X\.\s*(?=\w)"), "Xã "),
    (re.compile(r"^TT\.?\s+(?=\w)"), "Trung tâm "),
)


@dataclass(frozen=True)
class Name:
    """One name as written: the code it means, or none; `is_vague` when it names nobody."""

    written: str
    code: str | None = None
    is_vague: bool = False


@dataclass
class Names:
    """A directory with what people settled for this sheet: folded words → the code they mean.

    An empty code settles that the words name nobody. `groups` are the codes of many at once.
    """

    directory: Directory
    settled: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> dict[str, str]:
        """The official name of each code."""
        return {entry.code: entry.name for entry in self.directory.entries}

    @cached_property
    def _known(self) -> dict[str, str | None]:
        return {}

    def code_of(self, written: str) -> str | None:
        """The code one name means; None for none or several."""
        if written not in self._known:
            self._known[written] = self._look_up(written)
        return self._known[written]

    def _look_up(self, written: str) -> str | None:
        if self.is_settled(written):
            return self.settled[fold(written)] or None
        if VAGUE.search(fold_name(written)):
            return None  # "các phòng, ban liên quan" is not every one of them
        for attempt in dict.fromkeys((written, _in_full(written))):
            code, _near = self.directory.resolve(attempt)
            if code is not None:
                return code
        return None

    def is_settled(self, written: str) -> bool:
        """Whether a person said what the words mean, and that is still there."""
        code = self.settled.get(fold(written))
        return code is not None and (not code or code in self.words)

    def nearest(self, written: str) -> list[str]:
        """The codes of what the words may mean: of several all, else the most alike.

        A group is meant only by words that name many.
        """
        near = self.directory.resolve(_in_full(written))[1]
        names_many = _MANY.search(fold(written)) is not None
        return [code for code in near if names_many or code not in self.groups][:5]

    def listed(self, text: str) -> list[Name]:
        """Every name of a cell, each part on its own where the whole means nothing."""
        whole = " ".join(text.split())
        if not clean(whole):
            return []
        if self._is_known(clean(whole)):
            return [self._name(clean(whole))]
        found: list[Name] = []
        for part in _BREAK.split(text):
            found += self._parted(_LABEL.sub("", _BULLET.sub("", " ".join(part.split()))))
        return list(dict.fromkeys(found))

    def _parted(self, part: str) -> list[Name]:
        bare = clean(part)
        if not bare:
            return []
        if self._is_known(bare):
            return [self._name(bare)]
        for names in (_as_in_texts(part), _by_commas(bare)):
            if len(names) > 1 and all(self._means(name) for name in names):
                return [self._name(name) for name in names]
        told = _as_in_texts(part)
        return [self._name(name) for name in (told if len(told) > 1 else [bare])]

    def _is_known(self, written: str) -> bool:
        return self.code_of(written) is not None or self.is_settled(written)

    def _means(self, written: str) -> bool:
        name = self._name(written)
        return name.code is not None or name.is_vague

    def _name(self, written: str) -> Name:
        code = self.code_of(written)
        names_nobody = self.is_settled(written) or VAGUE.search(fold_name(written)) is not None
        return Name(written, code, code is None and names_nobody)


def lead_and_helpers(text: str) -> tuple[str, str]:
    """Part "Chủ trì: … Phối hợp: …" written in one cell; the second is empty without it."""
    match = _HELPERS.search(text)
    if match is None or not text[: match.start()].strip():
        return text, ""
    return text[: match.start()], text[match.end() :].rstrip(" )")


def _in_full(written: str) -> str:
    """The name with the kind written out ("P. TNMT" → "Phòng TNMT")."""
    for shape, kind in _SHORT_KINDS:
        written = shape.sub(kind, written)
    return written


def _as_in_texts(part: str) -> list[str]:
    """The names as the reader of directives parts a list of them."""
    found = agents_at(part, 0, any_noun=True, stop=len(part))
    if found is None or found.end < len(part.rstrip(" .")):
        return []
    return [one for name in found.names(part) for one in expand(name)]


def _by_commas(part: str) -> list[str]:
    """The pieces between commas, and "và" before the last; each takes the first one's kind."""
    pieces = [piece.strip() for piece in re.split(r"\s*,\s*(?:và\s+)?|\s+và\s+", part)]
    kind = re.match(r"(?:UBND\s+)?(?:Phòng|xã|Xã|thị trấn|Thị trấn|P\.)\s+", pieces[0])
    if kind is None:
        return [piece for piece in pieces if piece]
    bare = re.compile(
        r"(?:UBND|Phòng|xã|thị trấn|Ban|Công an|Trung tâm|Hội|Chi cục|các|những|một số)\b|P\.", re.I
    )
    return [
        piece if n == 0 or bare.match(piece) else kind[0] + piece
        for n, piece in enumerate(pieces)
        if piece
    ]
