"""`make bench-reader`: how right, how fast and how large the reader is; the table goes into
`docs/reader.md`. ARGS=--show lists the misses on the shared readings.

Scores are of our own papers (`tests/samples/readings.json`, checked against the texts by eye) and,
where the shared data lies beside the checkout, of the real directives by
`../shared/tools/score_reader.py` in one process. The memory is that of the child process in which
a file from outside is read.
"""

import contextlib
import importlib.util
import io
import json
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "reader.md"
sys.path.insert(0, str(ROOT))

from bench.run import with_table  # noqa: E402  the path above must stand first
from tasks.reader import Directory, Reading, read, read_file  # noqa: E402
from tests.samples.word import long_document  # noqa: E402

FIELDS = ("tasks", "lead", "coord", "deadline", "header", "refs")
OWN = json.loads((ROOT / "tests" / "samples" / "readings.json").read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Print the table and keep it on the page."""
    directory = Directory.from_file()
    papers = own_papers()
    lines = [
        "| | " + " | ".join(FIELDS) + " | slowest |",
        "|---" * (len(FIELDS) + 2) + "|",
        row(f"our own {len(OWN)}", own_scores(directory), slowest(papers.values(), directory)),
    ]
    gold = SHARED / "data" / "directives"
    if gold.is_dir():
        texts = [path.read_text("utf-8") for path in sorted(gold.glob("*.txt"))]
        scores = shared_scores(directory, arguments)
        lines.append(row(f"{len(texts)} real ones", scores, slowest(texts, directory)))
    else:
        print("Without the shared data beside the checkout (../shared) only our own papers count.")
    seconds, megabytes = long_file(directory)
    table = "\n".join(lines) + (
        f"\n\nA .docx of 200 pages, in its own process: {seconds:.1f} s, {megabytes:.0f} MB."
    )
    print(table)
    if gold.is_dir():
        PAGE.write_text(with_table(PAGE.read_text("utf-8"), "reader", table), "utf-8")
    return 0


def own_papers() -> dict[str, str]:
    """Our own papers by name."""
    folders = (ROOT / "tests" / "samples", ROOT / "tasks" / "data" / "demo")
    found = {path.stem: path for folder in folders for path in folder.glob("*.txt")}
    return {name: found[name].read_text("utf-8") for name in OWN}


def own_scores(directory: Directory) -> dict[str, float]:
    """The share of each field that the reader has right over our own papers."""
    hits = dict.fromkeys(FIELDS, 0)
    totals = dict.fromkeys(FIELDS, 0)
    for name, text in own_papers().items():
        for field, hit, total in compared(OWN[name], read(text, f"{name}.txt", directory)):
            hits[field] += hit
            totals[field] += total
    return {field: hits[field] / totals[field] for field in FIELDS}


def compared(gold: dict, found: Reading) -> list[tuple[str, int, int]]:
    """Field by field how many values are right, and of how many: wanted and found together."""
    rows = {proposal.clause: proposal for proposal in found.proposals}
    wanted = {clause: (lead, helpers, day) for clause, lead, helpers, day in gold["tasks"]}
    both = wanted.keys() & rows.keys()
    header = [found.number, found.date, found.kind, found.issuer, found.abstract]
    numbers = {reference.number for reference in found.references}
    helped = sum(set(wanted[c][1]) == set(rows[c].coordinating) for c in both)
    return [
        ("tasks", 2 * len(both), len(wanted) + len(rows)),
        ("lead", sum(wanted[c][0] == rows[c].lead for c in both), len(wanted)),
        ("coord", helped, len(wanted)),
        ("deadline", sum(wanted[c][2] == rows[c].deadline for c in both), len(wanted)),
        ("header", sum(w == h for w, h in zip(gold["header"], header, strict=True)), len(header)),
        (
            "refs",
            2 * len(numbers & set(gold["references"])),
            len(numbers) + len(gold["references"]),
        ),
    ]


def shared_scores(directory: Directory, arguments: list[str]) -> dict[str, float]:
    """What the shared scorer says of the real directives."""
    tool = SHARED / "tools" / "score_reader.py"
    spec = importlib.util.spec_from_file_location("score_reader", tool)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    scorer.read = lambda command, path: read(
        path.with_suffix(".txt").read_bytes(), path.with_suffix(".txt").name, directory
    ).to_json()
    sys.argv[1:] = [str(SHARED / "data" / "directives"), *arguments]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        scorer.main()
    *papers, total = printed.getvalue().strip().splitlines()
    print("\n".join(papers), end="\n\n")
    return {name: float(value) for name, value in (p.split("=") for p in total.split()[1:])}


def slowest(texts, directory: Directory) -> float:
    """Seconds for the slowest of the texts, each read once before."""
    seconds = []
    for text in texts:
        read(text, "a.txt", directory)
        started = time.perf_counter()
        read(text, "a.txt", directory)
        seconds.append(time.perf_counter() - started)
    return max(seconds)


def long_file(directory: Directory) -> tuple[float, float]:
    """Seconds and megabytes of the child that reads 200 pages."""
    data = long_document()
    started = time.perf_counter()
    read_file(data, "dai.docx", directory, seconds=30, megabytes=600)
    seconds = time.perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def row(name: str, scores: dict[str, float], seconds: float) -> str:
    """One line of the table."""
    shares = " | ".join(f"{scores[field]:.3f}" for field in FIELDS)
    return f"| {name} | {shares} | {seconds:.2f} s |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
