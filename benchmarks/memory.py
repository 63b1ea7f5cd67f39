# ruff: noqa: INP001, T201 - a program, no package
"""What a first load holds in memory: ``python benchmarks/memory.py STORE FILES``, in a process of its own.

Prints as JSON how many bytes the records take that were read from the files, and the most that the whole load held at
once, the records included, both as Python's allocator counts them. What the embedded engine holds is not Python's.
"""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc

from graphkb.knowledge_base import open_knowledge_base
from graphkb.sources import read_paths


def main() -> None:
    """Read the files for the size of their records, then load them."""
    target, files = sys.argv[1:]
    # What is imported and built once at the first use is there before anything is counted.
    with open_knowledge_base(":memory:") as warm:
        warm.load([files], source="benchmark")
    with open_knowledge_base(target) as kb:
        gc.collect()
        tracemalloc.start()
        reading = read_paths([files])
        records, _ = tracemalloc.get_traced_memory()
        del reading
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        kb.load([files], source="benchmark")
        _, peak = tracemalloc.get_traced_memory()
    print(json.dumps({"records": records, "peak": peak - before}))


if __name__ == "__main__":
    main()
