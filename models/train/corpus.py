"""Reads the corpus folder, row by row, without the sources whose licence the chat base must not carry."""
from __future__ import annotations

import gzip
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator

# Share-alike sources, and text whose terms of use are unclear; see SOURCES.md in the corpus.
LEFT_OUT = {
    "topical_chat", "sgd", "wow_plus_plus", "dolly", "open_trivia_qa", "squad_nqg_test", "gpteacher_roleplay",
    "dialogue_sgd", "dialogue_topical_chat", "dialogue_wow_plus_plus",
}


def folder(given: str | None = None) -> Path:
    """The corpus folder: the one given, else ENGRAM_CORPUS, else the one beside the repository."""
    path = Path(given or os.environ.get("ENGRAM_CORPUS") or Path(__file__).resolve().parents[2] / "../shared/corpus")
    if not (path / "SOURCES.md").exists():
        raise SystemExit("No corpus found. Give its folder with --corpus or in ENGRAM_CORPUS.")
    return path


def rows(name: str, sources: set[str] | None = None, given: str | None = None, share_alike: bool = False) -> Iterator[dict[str, Any]]:
    """The rows of all files whose name begins so ("text", "dialogue", "instruct", "pairs", "personas")."""
    for path in sorted(folder(given).glob(f"{name}*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                source = row.get("source")
                if not share_alike and source in LEFT_OUT:
                    continue
                if sources is None or source in sources:
                    yield row


@lru_cache(maxsize=1)
def personas() -> dict[str, dict[str, Any]]:
    """For every intent of the personality chat: `says`, what users say, and `answers`, one by persona. MIT licence."""
    intents: dict[str, dict[str, Any]] = {}
    for row in rows("personas"):
        intent = intents.setdefault(row["intent"], {"says": {}, "answers": {}})
        intent["says"][row["user"]] = None
        intent["answers"][row["persona"]] = row["assistant"]
    return {name: {"says": list(intent["says"]), "answers": intent["answers"]} for name, intent in sorted(intents.items())}
