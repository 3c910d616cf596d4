"""How people say a deadline, in sentences of acts and of their effects."""

from datetime import datetime

from agencies.deadlines import ZONE, is_day_end, last_day_in_time


def spoken(due_at: datetime) -> str:
    """Return a deadline as people say it: its last day, or hour and day."""
    if is_day_end(due_at):
        return f"{last_day_in_time(due_at):%d/%m/%Y}"
    return f"{due_at.astimezone(ZONE):%H:%M %d/%m/%Y}"
