"""From a name as written to an agency or group of the directory, in spite of aliases and roles."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tasks.reader.acts import FIELD
from tasks.reader.heads import FORMAL_AGENT, PARENTHESIS
from tasks.reader.phrases import ROLES, UPPER, alternatives

DEFAULT_FILE = Path(__file__).resolve().parents[2] / "agencies" / "data" / "an_lao.json"

ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "hdnd&ubnd": "hoi dong nhan dan va uy ban nhan dan",
    "vp": "van phong",
    "tn&mt": "tai nguyen va moi truong",
    "tnmt": "tai nguyen va moi truong",
    "nn&mt": "nong nghiep va moi truong",
    "nn&ptnt": "nong nghiep va phat trien nong thon",
    "ptnt": "phat trien nong thon",
    "ld-tb&xh": "lao dong thuong binh va xa hoi",
    "ld-tbxh": "lao dong thuong binh va xa hoi",
    "ldtb&xh": "lao dong thuong binh va xa hoi",
    "ldtbxh": "lao dong thuong binh va xa hoi",
    "vh&tt": "van hoa va thong tin",
    "vhtt": "van hoa va thong tin",
    "gd&dt": "giao duc va dao tao",
    "gddt": "giao duc va dao tao",
    "kt&ht": "kinh te va ha tang",
    "kt-ht": "kinh te va ha tang",
    "tc-kh": "tai chinh ke hoach",
    "tckh": "tai chinh ke hoach",
    "bhxh": "bao hiem xa hoi",
    "kbnn": "kho bac nha nuoc",
    "mttq": "mat tran to quoc",
    "lhpn": "lien hiep phu nu",
    "ccb": "cuu chien binh",
    "qlda": "quan ly du an",
    "bqlda": "ban quan ly du an",
    "bch": "ban chi huy",
    "chqs": "chi huy quan su",
    "td-kt": "thi dua khen thuong",
    "tdkt": "thi dua khen thuong",
    "ttyt": "trung tam y te",
    "tt": "thi tran",
}
PLACE_KINDS = {"tỉnh", "huyện", "xã", "phường", "quận"}
# "Các Bộ: Tài chính, Công an": names that share their head.
SHARED = re.compile(
    r"(?P<role>.*?)\b[Cc]ác\s+"
    r"(?P<head>(?i:Tập đoàn|Tổng công ty|Tổng cục|Chi cục|Trung tâm|Bệnh viện)|[^\W\d]\w*)"
    r"(?:,\s*(?:ban|ngành|cơ quan|đơn vị))*:\s*(?P<rest>.+)"
)
ROLE = re.compile(
    r"^(?:dong chi |cac dong chi )?(?:thu truong|nguoi dung dau|chu tich|pho chu tich|giam doc|"
    r"pho giam doc|"
    r"tong giam doc|chi cuc truong|cuc truong|chi huy truong|vien truong|hieu truong|lanh dao|"
    r"bi thu|"
    r"chanh|pho chanh|truong ban(?= ban)|truong(?= (?:phong|ban|cong an|dai|tram|to|doan|"
    r"van phong)))\s+"
)
LEADING = re.compile(r"^(?:tat ca |toan the )?(?:cac|nhung|moi) ")
TRAILING = re.compile(
    r"\s+(?:co lien quan|lien quan|tren dia ban(?: huyen)?|dong tren dia ban(?: huyen)?|"
    r"thuoc uy ban nhan dan huyen|"
    r"truc thuoc(?: uy ban nhan dan)?(?: huyen)?|thuoc huyen|cap huyen|cua huyen|huyen)$"
)
PLACES = re.compile(
    r"(?P<committee>(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân))\s+(?:các\s+)?"
    r"(?P<level>xã|thị trấn|phường|(?:tỉnh|huyện|quận)(?=:)):?\s+"
    rf"(?P<rest>{UPPER}.*?[,;].+)"
)
VAGUE = re.compile(r"\b(?:lien quan|chuc nang)$")


def fold(name: str) -> str:
    """Lower case without diacritics and punctuation, abbreviations written out."""
    text = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[–—]", "-", text)
    words = [ABBREVIATIONS.get(word, word) for word in re.findall(r"[\w&]+(?:-[\w&]+)*", text)]
    return re.sub(r"[-&\s]+", " ", " ".join(words)).strip()


# "Giám đốc: Sở Nội vụ": a post before the first of several offices.
POST_OF_EACH = re.compile(rf"(?P<post>{alternatives(ROLES)}):\s+(?P<office>\S.*)")
OFFICE = re.compile(r"(?:Sở|Phòng|Ban|Cục|Chi cục|Trung tâm|Viện|Bệnh viện|Trường|Đài|Báo)\s")


def with_post(names: list[str]) -> list[str]:
    """Give each of "Giám đốc: Sở Nội vụ", "Sở Tài chính" the post written once for all."""
    post, full = "", []
    for name in names:
        match = POST_OF_EACH.match(name)
        post = match["post"] if match else post if OFFICE.match(name) else ""
        full.append(f"{post} {match['office'] if match else name}" if post else name)
    return full


def expand(name: str) -> list[str]:
    """Part names that share a head: "Các Phòng: Nội vụ, Tư pháp", "UBND các xã: A, B".

    What has a head of its own keeps it: "Các Bộ, cơ quan: Tài chính, Thanh tra Chính phủ".
    """
    places = PLACES.match(name)
    if places:
        level, found = places["level"], []
        for part in re.split(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+", places["rest"]):
            own = re.match(r"(?:UBND\s+|Ủy ban nhân dân\s+)?(xã|thị trấn|phường)\s+(.+)", part)
            level, part = (own[1], own[2]) if own else (level, part)
            found.append(f"{places['committee']} {level} {part.strip()}")
        return found
    match = SHARED.match(name)
    if not match or match["head"] in PLACE_KINDS:
        return [name]
    head = match["head"][0].upper() + match["head"][1:]
    kept = FIELD.sub(lambda m: m[0].replace(",", "\1").replace(" và ", " \2 "), match["rest"])
    parts = re.split(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+", kept)
    parts = [part.replace("\1", ",").replace("\2", "và").strip() for part in parts]
    return [
        part
        if FORMAL_AGENT.match(part) and not FIELD.match(part)
        else f"{match['role']}{head} {part}"
        for part in parts
        if part
    ]


def core(name: str) -> str:
    """The folded name without role, "các", level and loose qualifiers: what is compared."""
    text = fold(name)
    while (shorter := ROLE.sub("", text)) != text:
        text = shorter
    text = LEADING.sub("", text)
    while (shorter := TRAILING.sub("", text)) != text:
        text = shorter
    return re.sub(r"\b(?:va|cac|truc thuoc)\b", "", text).replace("  ", " ").strip()


@dataclass(frozen=True)
class Entry:
    """An agency or a group and the names it goes by."""

    code: str
    name: str
    names: tuple[str, ...]


@dataclass
class Directory:
    """The agencies and groups names resolve to; plain data, so that no database is needed."""

    entries: list[Entry] = field(default_factory=list)
    place: str = ""
    body: str = ""

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Directory":
        """Build it from an export of the body (the shape of `agencies/data/an_lao.json`)."""
        rows: Iterable[dict[str, Any]] = [*data.get("agencies", []), *data.get("groups", [])]
        entries = [
            Entry(
                row["code"],
                row["name"],
                tuple(
                    n for n in (row["name"], row.get("short_name"), *row.get("aliases", [])) if n
                ),
            )
            for row in rows
        ]
        body = data.get("body", {})
        return cls(entries, body.get("place", ""), body.get("name", ""))

    def to_data(self) -> dict[str, Any]:
        """The plain data `from_data` takes; how the sandbox hands it to its child."""
        rows = [
            {"code": entry.code, "name": entry.name, "aliases": list(entry.names[1:])}
            for entry in self.entries
        ]
        return {"agencies": rows, "body": {"place": self.place, "name": self.body}}

    @classmethod
    def from_file(cls, path: Path | str = DEFAULT_FILE) -> "Directory":
        """Read the export from a JSON file, by default the configured body's own."""
        return cls.from_data(json.loads(Path(path).read_text("utf-8")))

    @cached_property
    def _by_core(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            for name in entry.names:
                found.setdefault(self._core(name), set()).add(entry.code)
        return found

    @cached_property
    def _by_full(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            for name in entry.names:
                found.setdefault(fold(name), set()).add(entry.code)
        return found

    def _core(self, name: str) -> str:
        """The compared form, also without the body's own place ("huyện An Lão")."""
        text = fold(name)
        if self.place:
            text = re.sub(rf"\s+huyen {re.escape(fold(self.place))}$", "", text)
        return core(text)

    def resolve(self, name: str) -> tuple[str | None, list[str]]:
        """The code a name means, or None and the codes of the nearest names."""
        name = PARENTHESIS.sub("", name)
        exact = self._by_full.get(fold(name)) or self._by_core.get(self._core(name)) or set()
        if len(exact) == 1:
            return next(iter(exact)), []
        if exact:
            return None, sorted(exact)
        return None, self.nearest(name)

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """Codes of the names most like this one, for a person to choose from."""
        wanted = _trigrams(self._core(name))
        scored = [
            (_likeness(wanted, grams), code) for code, grams in self._grams if wanted and grams
        ]
        best: dict[str, float] = {}
        for score, code in scored:
            if score >= LEAST_LIKENESS:
                best[code] = max(best.get(code, 0), score)
        return sorted(best, key=lambda code: (-best[code], code))[:count]

    @cached_property
    def _grams(self) -> list[tuple[str, frozenset[str]]]:
        return [
            (code, _trigrams(core_name))
            for core_name, codes in self._by_core.items()
            for code in sorted(codes)
        ]


LEAST_LIKENESS = 0.4


def _trigrams(name: str) -> frozenset[str]:
    """The three-letter pieces of a folded name, its ends marked."""
    padded = f" {name} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2)) if name else frozenset()


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
