"""Multiple choice, answered by a letter, and yes/no over remembered lines."""
from __future__ import annotations

import random
import re

from . import general, memory, words
from .facts import Fact, draw, to_you
from .phrases import SYSTEM, Message, is_held_out

LETTERS = "ABCDE"
_TRUE = ["Is it true that {s}?", "Is it right that {s}?", "Is it correct that {s}?", "Did I say that {s}?", "Did I tell you that {s}?", "Am I right that {s}?", "Have I told you that {s}?", "Would it be right to say that {s}?", "{S}, is that right?", "{S}, right?", "{S}, true or not?", "Do you remember if {s}?"]
_TRUE_HELD = ["Do I remember rightly that {s}?", "{S}, correct?", "Could it be that {s}?"]

# Asked straight out: what was said, and the question; the slot that is changed for a No comes last in both.
DIRECT = [
    ("My {kin} lives in {city}.", "Does my {kin} live in {city}?"), ("My {kin} works as a {job}.", "Does my {kin} work as a {job}?"), ("My {kin} is called {name}.", "Is my {kin} called {name}?"),
    ("My {kin}'s name is {name}.", "Is {name} the name of my {kin}?"), ("{name} is a {job}.", "Is {name} a {job}?"), ("{name} lives in {city}.", "Does {name} live in {city}?"), ("I am allergic to {allergen}.", "Am I allergic to {allergen}?"),
    ("I live in {city}.", "Do I live in {city}?"), ("I work as a {job}.", "Do I work as a {job}?"), ("My favourite colour is {colour}.", "Is my favourite colour {colour}?"), ("My car is {colour}.", "Is my car {colour}?"),
    ("The {thing} is in the {room}.", "Is the {thing} in the {room}?"), ("I keep the {thing} in the {furniture}.", "Do I keep the {thing} in the {furniture}?"), ("My {kin} likes {food}.", "Does my {kin} like {food}?"), ("{name} likes {food}.", "Does {name} like {food}?"),
    ("I play the {instrument}.", "Do I play the {instrument}?"), ("My {kin} plays the {instrument}.", "Does my {kin} play the {instrument}?"), ("I have a {animal}.", "Do I have a {animal}?"), ("My {animal} is called {name}.", "Is my {animal} called {name}?"),
    ("The {event} is on {weekday}.", "Is the {event} on {weekday}?"), ("The {event} is in {city}.", "Is the {event} in {city}?"), ("I have a {event} on {weekday}.", "Do I have a {event} on {weekday}?"), ("My {kin} is {age} years old.", "Is my {kin} {age} years old?"),
    ("{name} was born in {year}.", "Was {name} born in {year}?"), ("I moved to {city} in {year}.", "Did I move to {city} in {year}?"), ("I bought the {thing} in {city}.", "Did I buy the {thing} in {city}?"), ("I paid {price} for the {thing}.", "Was the {thing} {price}?"),
    ("{name} gave me the {thing}.", "Did {name} give me the {thing}?"), ("I lent the {thing} to {name}.", "Did I lend the {thing} to {name}?"), ("The code of the {room} is {code}.", "Is {code} the code of the {room}?"), ("My locker number is {number}.", "Is my locker number {number}?"),
    ("I am learning {subject}.", "Am I learning {subject}?"), ("My {kin} studies {subject}.", "Does my {kin} study {subject}?"), ("I go {hobby} on {weekday}.", "Do I go {hobby} on {weekday}?"), ("My {person} is called {name}.", "Is {name} my {person}?"),
    ("The {room} is {colour}.", "Is the {room} {colour}?"), ("I drink {drink} in the morning.", "Do I drink {drink} in the morning?"), ("My birthday is on {day}.", "Is my birthday on {day}?"), ("{name} comes from {country}.", "Does {name} come from {country}?"),
    ("My shoe size is {size}.", "Is my shoe size {size}?"), ("The shop opens at {clock}.", "Does the shop open at {clock}?"), ("My train leaves at {clock}.", "Does my train leave at {clock}?"), ("I am reading {book}.", "Am I reading {book}?"),
]


def _direct(rng: random.Random, heldout: bool) -> list[Message]:
    """A plain question for yes or no; for no, one value of it is another."""
    told, asked = rng.choice([pair for pair in DIRECT if is_held_out(pair[0], 6) == heldout])
    slots = re.findall(r"\{(\w+)\}", told)
    values = {slot: words.fill(slot, rng, heldout) for slot in slots}
    wrong = dict(values)
    same = rng.random() < 0.5
    if not same:
        # A thing or person that the line is about stays, so that the line does answer.
        changed = slots[0] if told.startswith(("I paid", "I lent", "{name} gave", "I bought")) and slots[0] not in ("name", "thing") else slots[-1]
        while wrong[changed] == values[changed]:
            wrong[changed] = words.fill(changed, rng, heldout)
    put = lambda text, given: re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", re.sub(r"\{(\w+)\}", lambda slot: given[slot.group(1)], text))
    statement = put(told, values)
    statement = statement[0].upper() + statement[1:]
    line = memory.Line(to_you(statement), words.said_on(rng))
    block, mark = _among(rng, line, None, heldout)
    return [("system", SYSTEM), ("user", block + put(asked, wrong)), ("assistant", memory.cited(mark, f"{'Yes' if same else 'No'}, {_lowered(line.text)}"))]


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


def _among(rng: random.Random, line: memory.Line, fact: Fact | None, heldout: bool) -> tuple[str, int]:
    """A block of one to five lines with this line among others, and its mark."""
    lines = [line]
    for _ in range(rng.choice((0, 0, 1, 2, 3, 4))):
        other = draw(rng, heldout)
        if fact is None or (other.key != fact.key and other.relation is not fact.relation):
            lines.append(memory.Line(other.answer, words.said_on(rng)))
    return memory.block(lines), lines.index(line) + 1


def _block(rng: random.Random, fact: Fact, heldout: bool) -> tuple[str, int]:
    """A block with the line of this fact, and its mark."""
    return _among(rng, memory.Line(fact.answer, words.said_on(rng)), fact, heldout)


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
    if rng.random() < 0.5:
        return _direct(rng, heldout)
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
    return [("system", SYSTEM), ("user", block + asked), ("assistant", memory.cited(mark, f"{'Yes' if same else 'No'}, {answer}"))]


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """One question answered by a letter, or by yes or no."""
    return letter(rng, heldout) if rng.random() < 0.5 else yes_no(rng, heldout)
