"""Servers out of wheels: whatever happened before, a start works or says why in one sentence."""

import errno
import os
import signal

import pytest

from config import embedded, server_folders
from config.run import claim_port, wait_until

KEEP = "create table if not exists kept (word text); insert into kept values ('{}')"
WRITE = (
    "import os, psycopg, redis;"
    "psycopg.connect(os.environ['DATABASE_URL'], autocommit=True).execute(\"" + KEEP + '");'
    "redis.Redis(unix_socket_path=os.environ['REDIS_URL'].split('://')[1]).rpush('kept', '{}')"
)
READ = (
    "import os, psycopg, redis;"
    "found = psycopg.connect(os.environ['DATABASE_URL']).execute('select word from kept');"
    "print([word for word, in found],"
    " redis.Redis(unix_socket_path=os.environ['REDIS_URL'].split('://')[1]).lrange('kept', 0, 9))"
)
ADDRESSES = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"


def write(word: str) -> str:
    return WRITE.format(word, word)


def test_a_command_gets_both_servers_and_they_end_with_it(checkout):
    code, output = checkout.with_servers(write("một"))

    assert (code, output) == (0, "")
    assert checkout.servers() == []


def test_data_outlives_the_servers(checkout):
    checkout.with_servers(write("một"))

    code, output = checkout.with_servers(READ)

    assert (code, output) == (0, "['một'] [b'm\\xe1\\xbb\\x99t']")


def test_the_exit_code_is_the_commands(checkout):
    code, _ = checkout.with_servers("raise SystemExit(7)")

    assert code == 7


def test_kill_9_does_not_prevent_the_next_start(checkout):
    checkout.with_servers(write("trước"))
    owner = checkout.hold_servers()

    for process in [*checkout.servers(), owner]:
        if process.pid == owner.pid or "postgres" in process.name():
            process.send_signal(signal.SIGKILL)
    owner.wait(10)
    os.killpg(owner.pid, signal.SIGKILL)

    code, output = checkout.with_servers(READ)
    assert (code, output) == (0, "['trước'] [b'tr\\xc6\\xb0\\xe1\\xbb\\x9bc']"), output


def test_servers_end_when_their_owner_is_killed(checkout):
    owner = checkout.hold_servers()

    owner.kill()

    assert wait_until(lambda: not checkout.servers(), 30)


def test_two_checkouts_side_by_side_do_not_meet(new_checkout):
    first, second = new_checkout(), new_checkout()
    first.hold_servers()
    second.hold_servers()

    first.with_servers(write("một"))
    second.with_servers(write("hai"))

    assert first.with_servers(READ) == (0, "['một'] [b'm\\xe1\\xbb\\x99t']")
    assert second.with_servers(READ) == (0, "['hai'] [b'hai']")


def test_a_second_command_uses_the_servers_that_run(checkout):
    checkout.hold_servers()
    before = {process.pid for process in checkout.servers() if "valkey" in process.name()}

    code, _ = checkout.with_servers(write("một"))

    assert code == 0
    assert before <= {process.pid for process in checkout.servers()}


def test_servers_of_ones_own_are_used_instead(checkout):
    own = {"DATABASE_URL": "postgres://db.example/x", "REDIS_URL": "redis://redis.example/1"}

    code, output = checkout.with_servers(ADDRESSES, **own)

    assert (code, output) == (0, "postgres://db.example/x redis://redis.example/1")
    assert not (checkout.state / "postgres").exists()
    assert not (checkout.state / "valkey").exists()


def test_only_the_missing_server_is_started(checkout):
    code, output = checkout.with_servers(ADDRESSES, DATABASE_URL="postgres://db.example/x")

    assert (code, output.split()[0]) == (0, "postgres://db.example/x")
    assert (checkout.state / "valkey").exists()
    assert not (checkout.state / "postgres").exists()


def test_the_secret_key_is_made_once_and_is_private(checkout):
    show = "import os; print(os.environ['SECRET_KEY'])"

    _, first = checkout.with_servers(show)
    _, second = checkout.with_servers(show)

    assert len(first) > 50
    assert first == second
    assert (checkout.folder / "var/secret_key").stat().st_mode & 0o777 == 0o600


def test_a_port_in_use_is_one_sentence(checkout):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        code, output = checkout.run("-m", "config.embedded", "run", PORT=port)

    assert code == 1
    assert output == f"Port {port} is in use: stop what uses it or set another PORT."


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_sentence(port):
    with pytest.raises(server_folders.EmbeddedError, match="PORT must be a number"):
        claim_port(port)


def test_a_port_is_held_from_the_moment_it_is_chosen():
    """Two runs that start side by side prepare for a minute before either answers."""
    with claim_port(None) as first, claim_port(None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
        with pytest.raises(server_folders.EmbeddedError, match="is in use"):
            claim_port(str(first.getsockname()[1]))


def test_a_second_run_in_one_checkout_is_one_sentence(checkout):
    checkout.hold_servers()

    code, output = checkout.run("-m", "config.embedded", "run")

    assert code == 1
    assert output == "Đôn Đốc already runs from this folder: stop it there first."


def test_a_full_disk_is_one_sentence(tmp_path):
    with pytest.raises(server_folders.EmbeddedError, match=r"The disk is full: .* MB free.*\.$"):
        server_folders.refuse_full_disk(tmp_path, needed=1 << 60)

    error = OSError(errno.ENOSPC, "No space left on device", "/data/x")
    assert embedded.explain(error) == "The disk is full: free some space below /data/x."


def test_a_platform_without_the_wheel_is_one_sentence():
    with pytest.raises(
        server_folders.EmbeddedError, match="no no_such_server wheel: set DATABASE_URL"
    ):
        server_folders.wheel_folder("no_such_server")


def test_a_server_that_refuses_its_data_is_one_sentence(checkout):
    checkout.with_servers("pass")
    (checkout.state / "postgres/PG_VERSION").write_text("9.6\n")

    code, output = checkout.with_servers("pass")

    assert code == 1
    assert output.startswith("PostgreSQL did not start: ")
    assert output.count("\n") == 0


def test_an_unknown_command_says_how_to_call_it(checkout):
    code, output = checkout.run("-m", "config.embedded", "fly")

    assert code == 1
    assert output.startswith("Usage: ")
