"""How long the names take to load: run with ``--benchmarks -s``."""

import time

import pytest

from kg.names import load
from kg.packs import languages


@pytest.mark.benchmark
def test_names_load_in_half_a_second() -> None:
    started = time.process_time()
    load._load_names.__wrapped__(languages())
    seconds = time.process_time() - started
    print(f"\nnames of {', '.join(languages())} loaded: {seconds:.2f} s of processor time")
    assert seconds < 0.5
