"""Runs every check: ``python -m tests``; what follows goes to pytest (``python -m tests --no-skips tests/ingest``)."""

import subprocess
import sys
from pathlib import Path

CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports", "--no-cache"))


def main() -> int:
    """Run the checks one after the other, pytest last, and return 1 if any failed."""
    tools = Path(sys.executable).parent
    commands = [[str(tools / tool), *arguments] for tool, *arguments in CHECKS]
    # -P: the kg under test is the installed one, not the folder the tests are started from
    commands.append([sys.executable, "-P", "-m", "pytest", *sys.argv[1:]])
    failed = []
    for command in commands:
        name = " ".join(Path(part).name if part == command[0] else part for part in command[:3])
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=Path(__file__).parents[1], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


sys.exit(main())
