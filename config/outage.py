"""How a lost database shows: told apart from a refused or interrupted query."""

from django.db import InterfaceError, OperationalError

# SQLSTATE: class 08 is the connection; 57P01 to 57P03 a server going down or coming up;
# 53300 a server that takes no more connections.
UNREACHABLE_STATES = {"57P01", "57P02", "57P03", "53300"}


def database_is_unreachable(error: BaseException | None) -> bool:
    """Say whether an error, or one that it came from, is a lost or refused connection.

    psycopg gives no SQLSTATE where no server answered; a deadlock or a timeout has one.
    """
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OperationalError | InterfaceError):
            state = getattr(error.__cause__, "sqlstate", None)
            if state is None or state.startswith("08") or state in UNREACHABLE_STATES:
                return True
        error = error.__cause__ or error.__context__
    return False
