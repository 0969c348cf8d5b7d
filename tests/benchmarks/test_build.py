"""How long the main job takes, start-up included, and how much memory: run with ``--benchmarks -s``."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.benchmark
def test_the_seed_article_is_built_in_ten_seconds_and_a_gigabyte(tmp_path: Path) -> None:
    seconds, megabytes = [], []
    for n in range(3):
        command = [sys.executable, "-P", "-m", "kg", "build", str(SEEDS), "-o", str(tmp_path / str(n) / "output")]
        start = time.perf_counter()
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        megabytes.append(usage.ru_maxrss / 1024)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
    print(f"\nbuild of the seed article: {statistics.median(seconds):.1f} s, {max(megabytes):.0f} MB")
    assert statistics.median(seconds) < 10
    assert max(megabytes) < 1024
