"""Factories with sensible defaults. Acts are done by the product's own functions, not here."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory, Password

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import (
    Agency,
    AgencyGroup,
    AgencyKind,
    Body,
    Competence,
    Post,
    PostTitle,
    User,
)
from tasks.lifecycle import assign
from tasks.models import Authority, Directive, DirectiveKind, Proposal, Task

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "mat-khau-thu-nghiem-1"


def moment(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant in the offices' zone: `moment("2026-11-16", 16)`."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), ZONE) + timedelta(
        hours=hour, minutes=minute
    )


class AgencyKindFactory(DjangoModelFactory):
    """Kinds are few and shared."""

    class Meta:
        model = AgencyKind
        django_get_or_create = ("code",)

    code = "department"
    name = factory.LazyAttribute(lambda kind: {"department": "Phòng"}.get(kind.code, kind.code))
    order = 2


class AgencyFactory(DjangoModelFactory):
    """A department, unless said otherwise."""

    class Meta:
        model = Agency
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"phong-{n}")
    name = factory.Sequence(lambda n: f"Phòng Thử nghiệm {n}")
    short_name = factory.SelfAttribute("name")
    kind = factory.SubFactory(AgencyKindFactory)
    order = factory.Sequence(lambda n: n)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Look only for a code that the test chose; one of the sequence is new."""
        if kwargs["code"] == f"phong-{kwargs['order']}":
            return model_class.objects.create(**kwargs)
        return super()._create(model_class, *args, **kwargs)


class OfficeFactory(AgencyFactory):
    """The Office of the body; making it makes the body too."""

    class Meta:
        skip_postgeneration_save = True

    code = "vp"
    name = "Văn phòng HĐND&UBND huyện An Bình"
    short_name = "Văn phòng"
    kind = factory.SubFactory(AgencyKindFactory, code="office", name="Văn phòng", order=1)

    @factory.post_generation
    def body(office, create, extracted, **kwargs):
        Body.objects.get_or_create(
            pk=1,
            defaults={
                "name": "Ủy ban nhân dân huyện An Bình",
                "short_name": "UBND huyện An Bình",
                "superior": "Ủy ban nhân dân thành phố",
                "place": "An Bình",
                "office": office,
                "letter_suffix": "UBND-VP",
                "report_suffix": "BC-VP",
            },
        )


class LeadersFactory(AgencyFactory):
    """The Committee's leaders' own row, so that the Chair has a post somewhere."""

    code = "ubnd"
    name = "UBND huyện An Bình"
    short_name = "UBND huyện"
    kind = factory.SubFactory(AgencyKindFactory, code="committee", name="UBND huyện", order=0)


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = AgencyGroup
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "cac-phong"
    name = "Trưởng các phòng"

    @factory.post_generation
    def kinds(group, create, extracted, **kwargs):
        group.kinds.set(extracted or [AgencyKindFactory()])


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = Competence
        django_get_or_create = ("code",)

    code = "dat-dai"
    name = "Đất đai"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"can-bo-{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thử {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@anbinh.example")
    password = Password(PASSWORD)


TITLES = {
    Function.LEADER: "Chủ tịch",
    Function.OFFICE_CHIEF: "Chánh Văn phòng",
    Function.OFFICER: "Chuyên viên theo dõi",
    Function.AGENCY_HEAD: "Trưởng phòng",
    Function.AGENCY_STAFF: "Chuyên viên",
    Function.CLERK: "Văn thư",
    Function.ADMINISTRATOR: "Quản trị hệ thống",
}


def title_for(function: str, is_deputy: bool = False) -> PostTitle:
    """Return the title that carries a function; the office chief also heads the Office."""
    functions = [function]
    if function == Function.OFFICE_CHIEF:
        functions.append(Function.AGENCY_HEAD)
    name = TITLES.get(function, str(function))
    title, _created = PostTitle.objects.get_or_create(
        name=f"Phó {name}" if is_deputy else name,
        defaults={"functions": functions, "is_deputy": is_deputy, "rank": 2 if is_deputy else 1},
    )
    return title


class PostFactory(DjangoModelFactory):
    """`PostFactory(function=Function.AGENCY_HEAD, agency=…)`: a person in a post."""

    class Meta:
        model = Post

    class Params:
        function = Function.AGENCY_HEAD
        is_deputy = False

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    title = factory.LazyAttribute(lambda post: title_for(post.function, post.is_deputy))
    starts_on = date(2020, 1, 1)


def actor_of(post: Post, day: date | None = None) -> Actor:
    """Return the actor of a post."""
    return Actor(post.user, post, None, day or date(2026, 11, 16))


def head_of(agency: Agency, **fields) -> Actor:
    """Return an actor who heads the agency."""
    return actor_of(PostFactory(function=Function.AGENCY_HEAD, agency=agency, **fields))


def staff_of(agency: Agency, **fields) -> Actor:
    """Return an actor on the agency's staff."""
    return actor_of(PostFactory(function=Function.AGENCY_STAFF, agency=agency, **fields))


def office_chief() -> Actor:
    """Return the office chief."""
    return actor_of(PostFactory(function=Function.OFFICE_CHIEF, agency=OfficeFactory()))


def officer() -> Actor:
    """Return an officer who follows tasks."""
    return actor_of(PostFactory(function=Function.OFFICER, agency=OfficeFactory()))


def chair() -> Actor:
    """Return the Chair of the body."""
    return actor_of(PostFactory(function=Function.LEADER, agency=LeadersFactory()))


def administrator() -> Actor:
    """Return the system administrator, who has no power over content."""
    return actor_of(PostFactory(function=Function.ADMINISTRATOR, agency=OfficeFactory()))


class AuthorityFactory(DjangoModelFactory):
    class Meta:
        model = Authority
        django_get_or_create = ("code",)

    code = "chu-tich-huyen"
    name = "Chủ tịch UBND huyện An Bình"
    level = "district"


class DirectiveKindFactory(DjangoModelFactory):
    class Meta:
        model = DirectiveKind
        django_get_or_create = ("code",)

    code = "cong-van"
    name = "Công văn"


class DirectiveFactory(DjangoModelFactory):
    """A registered directive."""

    class Meta:
        model = Directive

    kind = factory.SubFactory(DirectiveKindFactory)
    number = factory.Sequence(lambda n: f"{n + 1}/UBND-VP")
    issued_on = date(2026, 11, 2)
    issuer = factory.SubFactory(AuthorityFactory)
    abstract = "V/v tăng cường quản lý đất đai trên địa bàn huyện"
    state = Directive.State.REGISTERED
    drafted_at = moment("2026-11-02")
    registered_at = moment("2026-11-02")


class ProposalFactory(DjangoModelFactory):
    """A task for a department, reviewed at the month's end; `leads`, `groups` set who leads."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    directive = factory.SubFactory(DirectiveFactory)
    order = factory.Sequence(lambda n: n + 1)
    clause = factory.Sequence(lambda n: f"{n + 1}")
    title = "Rà soát hồ sơ đất đai"
    text = "Rà soát hồ sơ đất đai; lập danh sách hồ sơ tồn đọng."
    kinds = factory.LazyFunction(lambda: [Proposal.Kind.TASK])
    review_on = date(2026, 11, 30)

    @factory.post_generation
    def leads(proposal, create, extracted, **kwargs):
        proposal.lead_agencies.set(extracted or [])

    @factory.post_generation
    def groups(proposal, create, extracted, **kwargs):
        proposal.lead_groups.set(extracted or [])


def land_department() -> Agency:
    """Return the department of the environment as a district has it."""
    name = "Phòng Tài nguyên và Môi trường"
    return AgencyFactory(code="tnmt", name=name, short_name="Phòng TN&MT")


def assigned_task(lead: Agency | None = None, at: datetime | None = None, **fields) -> Task:
    """Return a task assigned by the office chief, due a fortnight later unless said otherwise."""
    at = at or moment("2026-11-02")
    dated = {} if "review_on" in fields else {"due_at": moment("2026-11-17", 0)}
    chosen = {
        "title": "Rà soát hồ sơ đất đai tồn đọng",
        "text": "Rà soát, lập danh sách hồ sơ đất đai tồn đọng, báo cáo UBND huyện.",
        "source": "Kết luận giao ban",
        "assigned_by": AuthorityFactory(),
        "lead": None if fields.get("is_group") else lead or AgencyFactory(),
    }
    actor = fields.pop("actor", None) or office_chief()
    return assign(actor, at, **(chosen | dated | fields))
