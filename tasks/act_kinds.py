"""The kinds of acts on tasks and directives that a head, the chief or a leader can lend (2.2)."""

from django.utils.translation import gettext_lazy as _

from agencies.act_kinds import CHIEF, HEADS, LEADERS, ActKind

ACT_KINDS = (
    ActKind(
        "work",
        _("accept tasks, update progress, report completion, hand to staff"),
        (
            "task.accept", "task.progress", "task.report", "task.contribute", "task.explain",
            "task.raise_obstacle", "obstacle.raise", "task.hand_on", "task.take_back",
            "task.divide", "task.write",
        ),
        HEADS,
        10,
    ),
    ActKind(
        "requests",
        _("ask for extensions, hand tasks back"),
        ("task.ask_extension", "task.withdraw_", "task.hand_back"),
        HEADS,
        12,
    ),
    ActKind("acknowledge", _("acknowledge directives"), ("directive.acknowledge",), HEADS, 14),
    ActKind(
        "review",
        _("go through and confirm the list of tasks in a review"),
        ("campaign.mark", "campaign.confirm"),
        HEADS,
        16,
    ),
    ActKind(
        "assign",
        _("approve directives and assign tasks"),
        ("directive.approve", "task.assign", "import."),
        CHIEF | LEADERS,
        20,
    ),
    ActKind("demands", _("keep the register of superiors' demands"), ("demand.",), CHIEF, 21),
    ActKind(
        "verify",
        _("verify and confirm completion, send reports back"),
        ("task.complete", "task.verify", "task.send_back"),
        CHIEF | LEADERS,
        22,
    ),
    ActKind(
        "extend",
        _("decide extensions, change deadlines"),
        (
            "task.grant_extension", "task.grant_other_day", "task.refuse_extension",
            "task.move_deadline",
        ),
        CHIEF | LEADERS,
        24,
    ),
    ActKind(
        "redirect",
        _("decide returns, correct, suspend, cancel and reopen tasks"),
        (
            "task.confirm_return", "task.refuse_return", "task.change_lead", "task.correct",
            "task.suspend", "task.resume", "task.cancel", "task.reopen",
        ),
        CHIEF | LEADERS,
        26,
    ),
    ActKind(
        "look_again",
        _("prepare, open and close reviews, settle corrections, spot checks"),
        ("campaign.draft", "campaign.open", "campaign.close", "campaign.settle", "spot_check."),
        CHIEF | LEADERS,
        28,
    ),
    ActKind("urge", _("prepare urgings"), ("urging.",), CHIEF, 29),
    ActKind("answer", _("answer difficulties"), ("obstacle.answer",), CHIEF | LEADERS, 30),
)  # fmt: skip
