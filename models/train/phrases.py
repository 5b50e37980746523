"""Phrasings: patterns written short and spelt out, a stable split into training and held-out ones, and typing slips."""
from __future__ import annotations

import random
import re
import zlib
from functools import lru_cache
from pathlib import Path

Message = tuple[str, str]

SYSTEM = "You are Engram, a private assistant on the user's own computer."
TOOLS = "Tools: calculator, date, search_notes, remember, forget"
TITLE_SYSTEM = "Write a short title."
REWRITE_SYSTEM = "Rewrite the last question so that it can be understood alone."

_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")


@lru_cache(maxsize=None)
def expand(pattern: str) -> tuple[str, ...]:
    """All texts of a pattern: `(a|b)` is a choice, `[a|b]` a choice that may be left out. Groups may be nested."""
    found = _GROUP.search(pattern)
    if not found:
        return (re.sub(r" (?=[,?!](?![^ ]))", "", re.sub(r"\s+", " ", pattern).strip()),)
    inner = found.group(1) if found.group(1) is not None else found.group(2)
    options = inner.split("|") + ([""] if found.group(2) is not None else [])
    texts: list[str] = []
    for option in options:
        texts.extend(expand(pattern[: found.start()] + option + pattern[found.end():]))
    return tuple(dict.fromkeys(texts))


def plain(text: str) -> str:
    """Without case and marks, to compare by."""
    return re.sub(r"[^a-z0-9{} ]", "", text.lower()).strip()


@lru_cache(maxsize=1)
def openings() -> tuple[str, ...]:
    """The fixed first messages that the model's card prints with their answers. No training text is one of them."""
    return tuple((Path(__file__).parent / "talk_openings.txt").read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def _reserved() -> frozenset[str]:
    return frozenset(plain(text) for text in openings())


def is_held_out(text: str, one_in: int = 8) -> bool:
    """Whether a text is kept out of training: a stable hash, blind to case and to marks."""
    key = plain(text)
    return zlib.crc32(key.encode()) % one_in == 0 or key in _reserved()


def pick_part(rng: random.Random, patterns: list[str], heldout: bool) -> str:
    """One text of the patterns, from the training or the held-out part. Every pattern is equally likely."""
    for pattern in rng.sample(patterns, len(patterns)):
        part = [text for text in expand(pattern) if is_held_out(text) == heldout]
        if part:
            return rng.choice(part)
    return rng.choice(expand(rng.choice(patterns)))


def mostly(rng: random.Random, answers: list[str] | tuple[str, ...]) -> str:
    """The first answer, and one time in five another: a small model learns one sooner than a choice among equals."""
    return answers[0] if rng.random() < 0.8 else rng.choice(answers)


def as_typed(rng: random.Random, text: str, slips: float = 0.5, spelt: bool = False) -> str:
    """The text as people type it: now and then without capitals, end mark or apostrophe, or with a slip of the finger.

    Where an answer copies words of it, `spelt` leaves every word as it is, but for the first letter.
    """
    if rng.random() > slips:
        return text
    kind = rng.random()
    if spelt:
        kind *= 0.55
    if kind < 0.35:
        text = text[:1].lower() + text[1:] if not text.startswith(("I ", "I'")) else text
    if 0.2 < kind < 0.6 and text.endswith((".", "?", "!")):
        text = text[:-1]
    if 0.55 < kind < 0.7:
        text = text.replace("'", "")
    if 0.7 < kind < 0.8:
        text = text.lower()
    if 0.8 < kind < 0.9:
        text = _slip(rng, text)
    if 0.9 < kind < 0.93:
        text = text.upper() if len(text) < 40 else text
    if 0.93 < kind:
        text = text.rstrip(".?") + rng.choice(["...", "!", "!!", " :)", "??" if text.endswith("?") else "."])
    return text


def _slip(rng: random.Random, text: str) -> str:
    """Two neighbouring letters changed over, a letter left out or doubled, inside one longer word."""
    places = [m.start() for m in re.finditer(r"(?<=[a-z])[a-z](?=[a-z]{2})", text)]
    if not places:
        return text
    at = rng.choice(places)
    kind = rng.random()
    if kind < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if kind < 0.7:
        return text[:at] + text[at + 1:]
    return text[:at] + text[at] + text[at:]


_BEFORE_ANY = ["So, ", "Hey, ", "Hi, ", "Well, ", "Um, ", "Ok, ", "And ", "By the way, ", "Actually, ", "Engram, ", "Sorry, ", "Oh, ", "Hello, ", "Please, ", "Right, ", "But "]
_BEFORE_QUESTION = ["Quick question: ", "Just wondering, ", "I wanted to ask: ", "Tell me, ", "One question: ", "May I ask: ", "Now, ", "I am curious, ", "Out of interest, ", "Do tell, "]
_AFTER = [", please", ", by the way", ", Engram", " then", ", if I may ask", " exactly", " again", ", my friend", " actually", ", honestly"]


def dressed(rng: random.Random, text: str) -> str:
    """The same with a few words around it that change nothing."""
    if len(text.split()) < 3 or len(text) < 10:
        return text
    asks = bool(re.match(r"(?i)(what|who|where|when|why|how|which|do|does|did|are|is|can|could|will|would|should)\b", text))
    if rng.random() < 0.7:
        text = rng.choice(_BEFORE_ANY + (_BEFORE_QUESTION * 2 if asks else [])) + (text[0].lower() + text[1:] if not re.match(r"I\b|[A-Z]\w*[A-Z]", text) else text)
    elif asks:
        mark = text[-1] if text[-1] in "?!." else ""
        text = text[: len(text) - len(mark)] + rng.choice(_AFTER) + mark
    return text if plain(text) not in _reserved() else text + " please"


def as_it_stands(said: str, piece: str) -> str | None:
    """A piece of a text as it is written there, with the space before it; None where it is not in it.

    The tokens then are the very ones of the text, so that giving the piece back is copying. The app trims.
    """
    at = said.lower().find(piece.lower())
    if at < 0:
        return None
    return said[at - 1 if at > 0 and said[at - 1] == " " else at : at + len(piece)]


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
