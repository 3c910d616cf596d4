"""Score the reader on the shared gold readings, in one process: `make bench-reader`.

Prints what `../shared/tools/score_reader.py` prints; only the start of Python for each directive
is saved.
"""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from tasks.reader import Directory, read  # noqa: E402  the path above must stand first


def main() -> int:
    """Load the scorer, give it the reader as a function, let it print."""
    tool = SHARED / "tools" / "score_reader.py"
    if not tool.is_file():
        print("bench-reader needs the shared data beside the checkout (../shared).")
        return 1
    spec = importlib.util.spec_from_file_location("score_reader", tool)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    directory = Directory.from_file()
    scorer.read = lambda command, path: read(
        path.with_suffix(".txt").read_bytes(), path.with_suffix(".txt").name, directory
    ).to_json()
    sys.argv[1:] = [str(SHARED / "data" / "directives"), *sys.argv[1:]]
    return scorer.main() or 0


if __name__ == "__main__":
    sys.exit(main())
