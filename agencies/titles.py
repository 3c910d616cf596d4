"""The usual titles of a district's posts and the functions they carry (rule 2.1).

Rows an office may change: loading adds what is missing and touches nothing that is there.
"""

from dataclasses import dataclass

from agencies.functions import Function
from agencies.models import PostTitle

HEAD = (Function.AGENCY_HEAD,)
CHIEF = (Function.OFFICE_CHIEF, Function.AGENCY_HEAD)


@dataclass(frozen=True)
class Title:
    """One title as shipped; `deputy_of` names the title it deputizes for (KT.)."""

    name: str
    functions: tuple[str, ...]
    rank: int
    deputy_of: str = ""


# Read together with the agency's short name (`Post.words`): "Trưởng Công an", "Giám đốc BHXH".
TITLES = (
    Title("Chủ tịch", (Function.LEADER,), 1),
    Title("Phó Chủ tịch", (Function.LEADER,), 2, "Chủ tịch"),
    Title("Chánh Văn phòng", CHIEF, 3),
    Title("Phó Chánh Văn phòng", CHIEF, 4, "Chánh Văn phòng"),
    Title("Trưởng phòng Nội vụ", (Function.AGENCY_HEAD, Function.INTERNAL_AFFAIRS_HEAD), 5),
    Title("Chánh Thanh tra", (Function.AGENCY_HEAD, Function.CHIEF_INSPECTOR), 5),
    Title("Trưởng ban", (Function.AGENCY_HEAD, Function.EMULATION_BOARD), 5),
    Title("Trưởng phòng", HEAD, 6),
    Title("Phó Trưởng phòng", HEAD, 7, "Trưởng phòng"),
    Title("Giám đốc", HEAD, 6),
    Title("Phó Giám đốc", HEAD, 7, "Giám đốc"),
    Title("Trưởng", HEAD, 6),
    Title("Chỉ huy trưởng", HEAD, 6),
    Title("Chi cục trưởng", HEAD, 6),
    Title("Chủ tịch Hội", HEAD, 6),
    Title("Chủ tịch Ủy ban MTTQ", HEAD, 6),
    Title("Chủ tịch LĐLĐ", HEAD, 6),
    Title("Bí thư", HEAD, 6),
    Title("Chủ tịch UBND", HEAD, 6),
    Title("Phó Chủ tịch UBND", HEAD, 7, "Chủ tịch UBND"),
    Title("Chuyên viên theo dõi", (Function.OFFICER,), 8),
    Title("Chuyên viên", (Function.AGENCY_STAFF,), 9),
    Title("Công chức", (Function.AGENCY_STAFF,), 9),
    Title("Văn thư", (Function.CLERK,), 10),
    Title("Quản trị hệ thống", (Function.ADMINISTRATOR,), 11),
)


def load_titles() -> int:
    """Add the usual titles that are missing; return how many are new."""
    before = PostTitle.objects.count()
    for title in TITLES:
        head = PostTitle.objects.get(name=title.deputy_of) if title.deputy_of else None
        PostTitle.objects.get_or_create(
            name=title.name,
            defaults={
                "functions": [str(function) for function in title.functions],
                "is_deputy": head is not None,
                "head_title": head,
                "rank": title.rank,
            },
        )
    return PostTitle.objects.count() - before
