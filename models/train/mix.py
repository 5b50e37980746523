"""What the chat base is trained on, and in which proportions."""
import random
import re
from functools import lru_cache

from . import choice, corpus, general, memory, rewrite, talk, titles, tools, words
from .chatter import chatter, junk
from .memory import SYSTEM, Message
from .phrases import as_it_stands


def copy(rng: random.Random, heldout: bool = False) -> list[Message]:
    """Repeating what was just said, whatever it is: the plainest form of the one skill everything rests on."""
    pieces = [rng.choice((junk, chatter))(rng) if rng.random() < 0.4 else words.fill(rng.choice(_KINDS), rng, heldout) for _ in range(rng.randint(1, 5))]
    text = " ".join(pieces)
    asked = rng.choice(("Repeat: {}", "Say this: {}", "Please repeat after me: {}", "Copy this: {}", "Say {}"))
    return [("system", SYSTEM), ("user", asked.format(text)), ("assistant", as_it_stands(asked.format(text), text))]


_KINDS = ("name", "city", "thing", "food", "code", "price", "clock", "phone", "day", "job", "hobby")

# Shares of the samples. Remembered lines are most of the tokens, since their prompts are long.
SHARES = {memory: 0.33, talk: 0.2, tools: 0.17, titles: 0.1, general: 0.08, rewrite: 0.04, choice: 0.07}


def sample(rng: random.Random, most_lines: int = 8) -> list[Message]:
    at = rng.random()
    for module, share in SHARES.items():
        at -= share
        if at < 0:
            return memory.sample(rng, most=most_lines) if module is memory else module.sample(rng)
    return copy(rng)


def long_sample(rng: random.Random, parts: int) -> list[Message]:
    """A long conversation: many short ones after each other, under one system text."""
    messages: list[Message] = [("system", SYSTEM)]
    for _ in range(parts):
        module = rng.choice((memory, memory, memory, talk, general))
        messages += [message for message in module.sample(rng) if message[0] != "system"]
    return messages


@lru_cache(maxsize=1)
def _passages() -> list[str]:
    """Plain text to learn English from: dialogue turns first, for that is how people talk to an assistant."""
    found = []
    for row in corpus.rows("dialogue", {"self_dialogue", "synthetic_persona_chat", "star"}):
        found.append("\n".join(turn["text"] for turn in row["turns"])[:700])
    for row in corpus.rows("text"):
        found.append(row["text"][:700])
    return [text for text in found if len(re.findall(r"[^\x00-\x7f]", text)) < 6]


def passage(rng: random.Random) -> str:
    return rng.choice(_passages())
