"""`make bench`: measure pages and jobs on large numbers and write the tables into
`docs/performance.md`. ARGS: names of benches (none: all), `--small` for a quick look that writes
nothing.

A bench is a module of this package with a `TITLE`, a `FULL` and a `SMALL` size, and
`measure(size)`, which fills the empty database it is given and returns its `Measured`.
"""

import argparse
import os
import re
import sys
from importlib import import_module
from pathlib import Path

import django

BENCHES = ("consultations", "figures")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Run the benches named, print their tables; fail when a ratio is not kept."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--small", action="store_true", help="tiny sizes, nothing is written")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    return 0 if all([_run(name, options.small) for name in options.names or BENCHES]) else 1


def _run(name: str, small: bool) -> bool:
    from bench.measuring import own_database, table_of

    bench = import_module(f"bench.{name}")
    with own_database(name):
        measures = bench.measure(bench.SMALL if small else bench.FULL)
    table = table_of(measures)
    print(f"{bench.TITLE}\n\n{table}\n")
    if not small:
        PAGE.write_text(with_table(PAGE.read_text(), name, table))
    return all(one.is_kept for one in measures)


def with_table(page: str, name: str, table: str) -> str:
    """Return the page with the table between the bench's markers."""
    markers = re.compile(rf"(<!-- bench {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    page, found = markers.subn(lambda hit: f"{hit[1]}\n{table}\n\n{hit[2]}", page)
    if not found:
        raise SystemExit(f"{PAGE} has no <!-- bench {name} --> … <!-- end -->.")
    return page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
