"""The words of the small talk: one text file per field, `## intent`, user patterns with `-`, answers with `>`."""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Intent:
    """One thing a user may say, the patterns it comes in, and the answers of which any will do."""

    name: str
    says: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def read(name: str) -> list[Intent]:
    """The intents of one file in this folder."""
    intents: list[Intent] = []
    for line in (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        mark, rest = line[:2], line[2:].strip()
        if mark == "##":
            intents.append(Intent(rest))
        elif mark == "- ":
            intents[-1].says.append(rest)
        elif mark == "> ":
            intents[-1].answers.append(rest)
    return intents
