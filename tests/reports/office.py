"""An office with work of every timeliness, for dashboards and lists."""

from tasks.models import Extension, Task
from tasks.states import State
from tests.factories import (
    AgencyFactory,
    AuthorityFactory,
    DirectiveFactory,
    OfficeFactory,
    PostFactory,
    moment,
)
from tests.reports.histories import Step, event_on, line_of, task_with


def a_busy_office(agencies: int = 3) -> None:
    """Each agency: overdue 3, 12 and 42 days, due soon, in time, undated, awaiting, suspended."""
    OfficeFactory()
    city = AuthorityFactory(code="thanh-pho", name="UBND thành phố")
    begun = moment("2026-09-01")
    for number in range(agencies):
        lead = AgencyFactory(code=f"co-quan-{number}", name=f"Phòng số {number}")
        PostFactory(agency=lead, user__full_name=f"Nguyễn Văn Trưởng {number}")
        for due in ("2026-11-21", "2026-11-12", "2026-10-13", "2026-11-25", "2026-12-25"):
            task_with(lead, begun, moment(due, 0), assigned_by=city if number else None)
        task_with(lead, begun, None)
        task_with(
            lead, begun, moment("2026-11-20", 0), [Step(moment("2026-11-18"), State.REPORTED)]
        )
        task_with(
            lead, begun, moment("2026-11-10", 0), [Step(moment("2026-11-18"), State.REPORTED)]
        )
        task_with(lead, begun, None, [Step(moment("2026-11-18"), State.REPORTED)])
        task_with(
            lead, begun, moment("2026-11-20", 0), [Step(moment("2026-11-18"), State.SUSPENDED)]
        )
        line_of(lead, moment("2026-11-02"), moment("2026-11-10", 0))
        line_of(lead, moment("2026-11-16"), moment("2026-11-25", 0))
    wide = Task.objects.filter(due_at=moment("2026-12-25", 0), extensions=None).first()
    Extension.objects.create(
        task=wide, event=event_on(wide, moment("2026-11-18")), post=PostFactory(agency=lead),
        reason="Chờ số liệu", due_at=wide.due_at, asked_at=moment("2026-11-18"),
        asked_due_at=moment("2027-01-05", 0),
    )  # fmt: skip
    DirectiveFactory(approved_at=None)
    DirectiveFactory(state="draft", number="", issued_on=None)
