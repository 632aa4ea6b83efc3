#!/usr/bin/env python3
"""Score the linking of mentions to the lexicons, and show what is wrong.

    python benchmarks/linking.py tests/resolve/linking.tsv

The table is described in kg.evaluate.linking.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from kg.evaluate import linking


def main() -> None:
    """Score, and print."""
    parser = argparse.ArgumentParser(description="Score the linking of mentions in context.")
    parser.add_argument("table", type=Path, help="a table of mentions in context")
    scores = linking.score(linking.read(parser.parse_args().table))
    unlinked = sum(not one.case.name for one in scores.judgements)
    print(f"{len(scores.judgements)} mentions, {unlinked} of them of nobody that the lexicons know")
    print(f"accuracy {scores.accuracy:.3f}, false links {scores.false_links:.3f}")
    rules = Counter((one.found.link.rule, one.right) for one in scores.judgements if one.found.link)
    for rule in sorted({rule for rule, _ in rules}):
        print(f"{rule}: {rules[rule, True]} right, {rules[rule, False]} wrong")
    for case, found in scores.wrong:
        told = f"{found.name} ({found.link.rule})" if found.link else "nobody"
        print(f"{case.published} {case.left}[[{case.mention}]]{case.right} -> {told}; {case.name or 'nobody'}")


if __name__ == "__main__":
    main()
