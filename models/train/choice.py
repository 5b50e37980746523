"""Multiple choice, answered by a letter, and yes/no over remembered lines."""
from __future__ import annotations

import random
import re

from . import general, memory, words
from .facts import Fact, draw
from .phrases import SYSTEM, Message

LETTERS = "ABCDE"
_TRUE = ["Is it true that {s}?", "Is it right that {s}?", "Is it correct that {s}?", "Did I say that {s}?", "Did I tell you that {s}?", "Am I right that {s}?", "Have I told you that {s}?", "Would it be right to say that {s}?", "{S}, is that right?", "{S}, right?", "{S}, true or not?", "Do you remember if {s}?"]
_TRUE_HELD = ["Do I remember rightly that {s}?", "{S}, correct?", "Could it be that {s}?"]


def _options(rng: random.Random, right: str, others: list[str]) -> tuple[str, str]:
    """The options as lines, and the letter of the right one."""
    shown = [right] + others
    rng.shuffle(shown)
    lines = "".join(f"\n{LETTERS[index]}) {option}" for index, option in enumerate(shown))
    return f"{lines}\nAnswer with the letter.", LETTERS[shown.index(right)]


def _fact_with_value(rng: random.Random, heldout: bool) -> tuple[Fact, str]:
    """A fact, and the slot that holds what is asked for."""
    while True:
        fact = draw(rng, heldout)
        slot = next((slot for slot, value in fact.slots.items() if value == fact.value and slot not in fact.relation.asked), None)
        if slot and fact.value:
            return fact, slot


def _block(rng: random.Random, fact: Fact, heldout: bool) -> tuple[str, int]:
    """A block of one to five lines with this fact among others, and the mark of its line."""
    facts = [fact]
    for _ in range(rng.choice((0, 0, 1, 2, 3, 4))):
        other = draw(rng, heldout)
        if other.key != fact.key and other.relation is not fact.relation:
            facts.append(other)
    lines = [memory.Line(each.statement, words.said_on(rng), rng.choice(("the user said", "the user said", "the user noted")), each.answer, each) for each in facts]
    marks = list(range(1, len(lines) + 1))
    rng.shuffle(marks)
    return memory.block(lines, marks), marks[0]


def letter(rng: random.Random, heldout: bool = False) -> list[Message]:
    """Which of three to five is right, by a remembered line or by general knowledge."""
    if rng.random() < 0.3:
        asked, _, right, kind = general.country(rng, heldout)
        column = {"capital": 1, "of": 0, "continent": 2, "language": 3, "currency": 4}[kind]
        pool = sorted({row[column] for row in general.tables()["countries"] if row[column] and row[column] != right})
        options, answer = _options(rng, right, rng.sample(pool, rng.choice((2, 2, 3))))
        return [("system", SYSTEM), ("user", asked[:1].upper() + asked[1:] + options), ("assistant", answer)]
    fact, slot = _fact_with_value(rng, heldout)
    others: list[str] = []
    count = rng.choice((2, 2, 2, 3, 4))
    for _ in range(60):
        other = words.fill(slot, rng, heldout)
        if other not in others and other != fact.value and len(others) < count:
            others.append(other)
    block, _ = _block(rng, fact, heldout)
    options, answer = _options(rng, fact.value, others)
    return [("system", SYSTEM), ("user", block + fact.question(rng) + options), ("assistant", answer)]


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if re.match(r"(?:My|Our|The|There|They|We|You|Your|It|In|At|On|A|An|Every)\b", text) else text


def yes_no(rng: random.Random, heldout: bool = False) -> list[Message]:
    """Whether something is so, by a remembered line: Yes or No, the sentence, and its mark."""
    fact, _ = _fact_with_value(rng, heldout)
    same = rng.random() < 0.5
    claim = fact
    if not same:
        for _ in range(20):
            claim = draw(rng, heldout, relation=fact.relation, keep={slot: fact.slots[slot] for slot in fact.relation.asked if slot in fact.slots})
            if claim.value != fact.value:
                break
    stated = claim.statement.rstrip(".")
    form = rng.choice(_TRUE_HELD if heldout else _TRUE)
    asked = form.replace("{s}", _lowered(stated)).replace("{S}", stated)
    block, mark = _block(rng, fact, heldout)
    answer = _lowered(fact.answer)
    return [("system", SYSTEM), ("user", block + asked), ("assistant", f"{'Yes' if same else 'No'}, {answer} [{mark}]")]


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """One question answered by a letter, or by yes or no."""
    return letter(rng, heldout) if rng.random() < 0.5 else yes_no(rng, heldout)
