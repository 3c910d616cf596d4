"""The floors of issue 8: on our own papers, and on the real directives of the shared data."""

import json
import subprocess
import sys
import time

import pytest

from bench.read_directives import own_scores
from tasks.reader import read
from tests.tasks.reader.papers import GOLD, ROOT, directory

FLOORS = {
    "tasks": 0.95,
    "lead": 0.95,
    "coord": 0.88,
    "deadline": 0.95,
    "header": 0.97,
    "refs": 0.97,
}
SECONDS_A_DIRECTIVE = 0.5


def test_our_own_papers_score_above_the_floors():
    """Issue 8, measure: readings checked by eye, whether or not the shared data is there."""
    scores = own_scores(directory())

    assert {name: scores[name] for name, floor in FLOORS.items() if scores[name] < floor} == {}


if GOLD.is_dir():

    def test_the_real_directives_score_above_the_floors(tmp_path):
        """Issue 8, measure: as `make bench-reader` prints it."""
        scorer = tmp_path / "reader.py"
        scorer.write_text(
            "import json, sys\n"
            "from tasks.reader import Directory, read\n"
            "text = open(sys.argv[1], encoding='utf-8').read()\n"
            "print(json.dumps(read(text, 'a.txt', Directory.from_file()).to_json()))\n"
        )

        printed = subprocess.run(
            [
                *(sys.executable, str(GOLD.parent.parent / "tools" / "score_reader.py")),
                *(str(GOLD), "--reader", f"{sys.executable} {scorer}"),
            ],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

        total = dict(part.split("=") for part in printed.strip().splitlines()[-1].split()[1:])
        below = {name: total[name] for name, floor in FLOORS.items() if float(total[name]) < floor}
        assert not below

    @pytest.mark.parametrize("path", sorted(GOLD.glob("*.txt")), ids=lambda path: path.stem[:20])
    def test_a_real_directive_is_read_quickly(path):
        """Issue 8: each document in under half a second."""
        text = path.read_text("utf-8")
        read(text, path.name, directory())

        started = time.perf_counter()
        read(text, path.name, directory())

        assert time.perf_counter() - started < SECONDS_A_DIRECTIVE

    def test_the_district_s_directive_gives_its_fourteen_proposals():
        """Issue 4: the real directive of An Lão, with the right leads and kinds."""
        text = (GOLD / "00-an-lao.txt").read_text("utf-8")
        gold = json.loads((GOLD / "00-an-lao.json").read_text("utf-8"))

        found = read(text, "00.txt", directory()).proposals

        assert [(p.clause, p.lead) for p in found] == [
            (task["clause"], task["lead"]) for task in gold["tasks"]
        ]
        assert {p.clause: p.kinds for p in found} == {
            "1-1": ["acknowledgement"],
            "1-3": ["standing_duty", "rule"],
            "1-5": ["review_campaign"],
            **{c: ["task"] for c in ("1-6", "2-1", "3-1")},
            **{
                c: ["standing_duty"]
                for c in ("1-2", "1-4", "1-7", "1-8", "2-2", "2-3", "3-2", "3-3")
            },
        }
