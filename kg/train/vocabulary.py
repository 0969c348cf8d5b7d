"""The base model's tokenizer → the same, cut to the scripts served, and which of its pieces were kept."""

import json
import unicodedata
from pathlib import Path

SPECIAL_PIECES = 4
"""``<s> <pad> </s> <unk>`` keep their places."""


def cut_tokenizer(path: Path, scripts: tuple[str, ...]) -> tuple[str, list[int]]:
    """Return the tokenizer's JSON with the pieces of these scripts and every single character, and the kept ids.

    Scripts are the first words of Unicode names ("GREEK", "LATIN"). The new id of a piece is its place in the list.
    """
    tokenizer = json.loads(path.read_text(encoding="utf8"))
    pieces = tokenizer["model"]["vocab"]
    kept = [
        n for n, (piece, _) in enumerate(pieces) if n < SPECIAL_PIECES or len(piece) == 1 or _is_served(piece, scripts)
    ]
    tokenizer["model"]["vocab"] = [pieces[n] for n in kept]
    tokenizer["added_tokens"] = [token for token in tokenizer["added_tokens"] if token["id"] < SPECIAL_PIECES]
    tokenizer["post_processor"] = None
    return json.dumps(tokenizer, ensure_ascii=False), kept


def _is_served(piece: str, scripts: tuple[str, ...]) -> bool:
    return all(unicodedata.name(c, "").startswith(scripts) for c in piece if c.isalpha())
