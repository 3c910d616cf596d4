"""Settings: secure by default, read from the environment, and starting nothing."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client

from config.server_folders import CHECKOUT

PRODUCTION = {
    "PATH": "/usr/bin:/bin",
    "DONDOC_ENV_FILE": "/dev/null",
    "SECRET_KEY": "k3jf9-a-production-key-of-many-different-characters-0x7Q",
    "ALLOWED_HOSTS": "dondoc.example.vn",
    "DATABASE_URL": "postgres://dondoc@db.example.vn/dondoc",
    "REDIS_URL": "redis://redis.example.vn/0",
}


def test_importing_settings_starts_nothing(checkout):
    code, output = checkout.run("-c", "import config.settings, config.celery")

    assert (code, output) == (0, "")
    assert not checkout.state.exists()
    assert not (checkout.folder / "var").exists()


def test_a_management_command_starts_nothing(checkout):
    code, output = checkout.run("manage.py", "check", LOG_LEVEL="WARNING")

    assert (code, output) == (0, "System check identified no issues (0 silenced).")
    assert not checkout.state.exists()


def test_the_deploy_check_is_clean_with_production_variables():
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=CHECKOUT,
        env=PRODUCTION,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_pages_allow_no_inline_script_or_style():
    policy = Client().get("/khong-co/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
