"""The lock: what is installed is what was tried, from whichever registry the machine uses."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.server_folders import CHECKOUT

LOCKS = ["requirements.txt", "requirements-dev.txt"]


def pins(name: str) -> dict[str, str]:
    """The pinned version of each package in a lock file."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (CHECKOUT / name).read_text(), re.M)
    return {canonicalize_name(package): version for package, version in found}


def wanted(*, dev: bool) -> list[Requirement]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    lines = project["project"]["dependencies"] + (
        project["dependency-groups"]["dev"] if dev else []
    )
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name):
    text = (CHECKOUT / name).read_text()

    assert "://" not in text
    assert not re.search(r"--(extra-)?index|--find-links|--trusted-host| @ ", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash(name):
    text = (CHECKOUT / name).read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert packages
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(
    ("name", "dev"), [("requirements.txt", False), ("requirements-dev.txt", True)]
)
def test_a_lock_holds_what_pyproject_asks_for(name, dev):
    locked = pins(name)

    wrong = [
        str(r) for r in wanted(dev=dev) if locked.get(canonicalize_name(r.name)) not in r.specifier
    ]

    assert wrong == []


def test_both_locks_agree():
    runtime, dev = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: dev.get(name) for name in runtime} == runtime


def test_production_installs_no_development_tools():
    assert not {"pytest", "playwright", "ruff", "factory-boy"} & set(pins("requirements.txt"))
