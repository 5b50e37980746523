"""Sentences that are about nothing in particular: what stands around and between the facts people tell.

Taken from the corpus of dialogues where it is there, else a few of our own.
"""
import functools
import random
import re

from . import words

_OWN = [
    "It rained all day.", "I had a long walk this morning.", "The bus was late again.", "I really need a coffee.", "What a lovely evening it was.",
    "I think the garden looks better now.", "We watched an old film last night.", "There was a queue at the bakery.", "I cleaned the windows at last.",
    "My back hurts a little today.", "I slept well for once.", "The news was rather dull.", "Work was busy all week.", "I might go to bed early.",
]


@functools.lru_cache(maxsize=1)
def _lines() -> list[str]:
    from . import corpus

    found: dict[str, None] = {}
    for row in corpus.rows("dialogue", {"self_dialogue", "synthetic_persona_chat"}):
        for turn in row["turns"]:
            for sentence in re.split(r"(?<=[.!?])\s+", turn["text"]):
                if 18 <= len(sentence) <= 90 and sentence.isascii() and '"' not in sentence and "\n" not in sentence and "<" not in sentence:
                    found[sentence] = None
    return list(found)[:80_000] or _OWN


def chatter(rng: random.Random) -> str:
    return rng.choice(_lines())


def junk(rng: random.Random) -> str:
    """Signs and scripts that would otherwise never occur: a token never met in training spoils every answer near it."""
    kind = rng.random()
    if kind < 0.35:
        return "".join(chr(rng.randint(32, 126)) for _ in range(rng.randint(4, 30))).strip().replace('"', "'") or "?"
    if kind < 0.5:
        return "".join(chr(rng.choice((rng.randint(0xC0, 0x17F), rng.randint(0x4E00, 0x4E80), rng.randint(0x1F600, 0x1F640), rng.randint(0x3B1, 0x3C9), rng.randint(0x430, 0x44F)))) for _ in range(rng.randint(3, 12)))
    return " ".join(words.made_up(rng) for _ in range(rng.randint(2, 8)))
