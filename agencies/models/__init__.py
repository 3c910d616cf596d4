"""The ground floor's rows: who, when, and what every floor needs."""

from agencies.models.agency import (
    Agency,
    AgencyCompetence,
    AgencyGroup,
    AgencyKind,
    Body,
    Competence,
)
from agencies.models.attachment import Attachment
from agencies.models.calendar import CalendarDay
from agencies.models.code_counter import CodeCounter
from agencies.models.event import (
    AlreadyDone,
    Event,
    record,
    record_all,
    record_selected,
    visible_by_thing,
)
from agencies.models.heartbeat import Heartbeat
from agencies.models.notice import Notice, NoticeChoice
from agencies.models.outgoing_paper import OutgoingPaper, PaperSeries
from agencies.models.people import Delegation, Post, PostTitle, User
from agencies.models.regulation import WorkingRegulation
from agencies.models.reorganisation import Reorganisation, ReorganisationMove
from agencies.models.setting import Setting

__all__ = [
    "Agency",
    "AgencyCompetence",
    "AgencyGroup",
    "AgencyKind",
    "AlreadyDone",
    "Attachment",
    "Body",
    "CalendarDay",
    "CodeCounter",
    "Competence",
    "Delegation",
    "Event",
    "Heartbeat",
    "Notice",
    "NoticeChoice",
    "OutgoingPaper",
    "PaperSeries",
    "Post",
    "PostTitle",
    "Reorganisation",
    "ReorganisationMove",
    "Setting",
    "User",
    "WorkingRegulation",
    "record",
    "record_all",
    "record_selected",
    "visible_by_thing",
]
