"""Recall and precision of the anonymiser per kind: `python scripts/measure_anonymiser.py dev|held [--lines]`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.casebook.planted import drafts, lines_of, measure  # noqa: E402  the checkout must be on the path

if __name__ == "__main__":
    score = measure(drafts(sys.argv[1] if len(sys.argv) > 1 else "dev"))
    print(score.table())
    if "--lines" in sys.argv:
        print("\n".join(lines_of(score)))
