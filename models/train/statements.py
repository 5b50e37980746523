"""Things users tell about themselves, and short acknowledgements that add nothing of their own."""
from __future__ import annotations

import random
import re

from .facts import draw
from .phrases import as_typed, capital, is_held_out, mostly
from .words import fill

# What is said, and what of it may be given back. Slots are those of words.py.
TOLD: list[tuple[str, str]] = [
    ("I bought a new {thing}[ today| yesterday| last week]", "A new {thing}"),
    ("I got a new {thing}[ for my birthday| from my {kin}]", "A new {thing}"),
    ("I left my {thing} at the {event}[ on {weekday}]", "Your {thing}"),
    ("I have a {animal}[ called {name}| at home]", "A {animal}"),
    ("my {animal} is called {name}", "{name}"),
    ("my {kin} is called {name}", "{name}"),
    ("my {kin}'s name is {name}", "{name}"),
    ("my {kin} lives in {city}[ now| these days]", "{city}"),
    ("my {kin} works as a {job}", "A {job}"),
    ("I live in {city}[ with my {kin}| now]", "{city}"),
    ("I moved to {city}[ last year| in {month}| last week]", "{city}"),
    ("I am moving to {city}[ in {month}| soon]", "{city}"),
    ("I come from {country}[ originally]", "{country}"),
    ("I work as a {job}[ in {city}]", "A {job}"),
    ("I work at {surname}", "{surname}"),
    ("I started {hobby}[ last week| this year| again]", "{hobby}"),
    ("I love {hobby}[ on {weekday}s]", "{hobby}"),
    ("I go {hobby} every {weekday}", "{hobby} every {weekday}"),
    ("I like {food}[ very much| with cheese| a lot]", "{food}"),
    ("I don't like {food}[ at all]", "No {food}"),
    ("I am allergic to {allergen}", "{allergen}"),
    ("I can't eat {food}", "No {food}"),
    ("I drink {drink} every morning", "{drink}"),
    ("my favourite colour is {colour}", "{colour}"),
    ("my favourite food is {food}", "{food}"),
    ("my favourite book is {book}", "{book}"),
    ("I am reading {book}[ at the moment]", "{book}"),
    ("I have a {event} {when}", "A {event} {when}"),
    ("the {event} is {when}", "{when}"),
    ("my {event} was moved to {weekday}", "{weekday}"),
    ("I am going to {city} {when}", "{city} {when}"),
    ("I am flying to {city} in {month}", "{city} in {month}"),
    ("I play the {instrument}[ in a band]", "The {instrument}"),
    ("I am learning {subject}[ at school| in the evenings]", "{subject}"),
    ("I study {subject}[ in {city}]", "{subject}"),
    ("the {thing} is in the {room}", "In the {room}"),
    ("I put the {thing} in the {furniture}[ in the {room}]", "In the {furniture}"),
    ("my bike code is {code}", "{code}"),
    ("the code of the {room} door is {code}", "{code}"),
    ("my locker number is {number}", "{number}"),
    ("I paid {price} for the {thing}", "{price}"),
    ("I am {age} years old", "{age}"),
    ("my {kin} is {age}[ years old| now]", "{age}"),
    ("I was born in {year}", "{year}"),
    ("my birthday is on {day}", "{day}"),
    ("my {kin}'s birthday is on {day}", "{day}"),
    ("my {person} is called {name}", "{name}"),
    ("I met {name} at the {event}", "{name}"),
    ("{name} is my {person}", "{name}"),
    ("I had {food} for dinner[ yesterday]", "{food}"),
    ("my shoe size is {size}", "{size}"),
    ("my {kin} plays the {instrument}", "The {instrument}"),
    ("I painted the {room} {colour}", "{colour}"),
    ("my car is {colour}", "{colour}"),
    ("I must buy {food}[ tomorrow]", "{food}"),
    ("{name} {surname} is my new {person}", "{name} {surname}"),
]
_OPENINGS = ["", "", "", "", "by the way, ", "just so you know, ", "you should know that ", "today I must tell you: ", "I want to tell you that ", "remember that ", "please remember that ", "for your information, ", "so, ", "note that ", "don't forget: "]
PLAIN = ["Noted. I will remember that.", "Got it, I will keep that in mind.", "Thank you, I will remember that.", "Good to know. I will remember it."]
ECHO = ["{echo}, noted. I will remember that.", "{echo}, good to know. I will keep that in mind.", "{echo}, got it. I will remember it."]
_SLOT = re.compile(r"\{([a-z]+)\}")


def filled(text: str, rng: random.Random, heldout: bool = False) -> str:
    """The text with a value in every slot."""
    return _an(_SLOT.sub(lambda slot: fill(slot.group(1), rng, heldout), text))


def told(rng: random.Random, heldout: bool = False) -> str:
    """Something a user tells, without an end mark: `my sister lives in Porto`."""
    return filled(_optional(rng, rng.choice(TOLD)[0]), rng, heldout)


_INTRODUCED = ["I am {n}", "I'm {n}", "my name is {n}", "my name's {n}", "I am called {n}", "you can call me {n}", "call me {n}", "this is {n}", "hello, I am {n}", "hi, I'm {n}", "hey, my name is {n}", "{n} here", "hi, this is {n}", "people call me {n}", "hello, my name is {n}"]
_WELCOMED = ["Nice to meet you, {n}! I will remember your name.", "Hello {n}, nice to meet you. I will remember that."]


def introduced(rng: random.Random, heldout: bool = False) -> tuple[str, str]:
    """The user's name, and a welcome by it."""
    name = fill("name", rng, heldout)
    said = capital(rng.choice([form for form in _INTRODUCED if is_held_out(form) == heldout] or _INTRODUCED).replace("{n}", name))
    return said + rng.choice(("", "", ".", "!")), mostly(rng, _WELCOMED).replace("{n}", name)


def exchange(rng: random.Random, heldout: bool = False) -> tuple[str, str]:
    """A statement of the user and its acknowledgement."""
    if rng.random() < 0.08:
        return introduced(rng, heldout)
    opening = rng.choice(_OPENINGS)
    if rng.random() < 0.35:
        fact = draw(rng, heldout).statement
        if rng.random() < 0.2:
            fact = fact.rstrip(".") + rng.choice((" and ", ", and ", ". ", "; ")) + told(rng, heldout) + "."
        said = opening + (fact[0].lower() + fact[1:] if opening and re.match(r"(?:My|The|Our|We|There|You|It)\b", fact) else fact)
        return as_typed(rng, capital(said), 0.3, spelt=True), mostly(rng, PLAIN)
    form, echo = rng.choice([pair for pair in TOLD if is_held_out(pair[0]) == heldout])
    form = _optional(rng, form)
    values = {kind: fill(kind, rng, heldout) for kind in _SLOT.findall(form)}
    put = lambda text: _an(_SLOT.sub(lambda slot: values[slot.group(1)], text))
    said = as_typed(rng, capital(opening + put(form)) + rng.choice(["", ".", ".", "!"]), 0.3, spelt=True)
    if opening.startswith(("remember", "please", "note", "don't")) or rng.random() < 0.45:
        return said, mostly(rng, PLAIN)
    return said, mostly(rng, ECHO).replace("{echo}", capital(put(echo)))


def _an(text: str) -> str:
    return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)


def _optional(rng: random.Random, text: str) -> str:
    """`[ a| b]` may stay out or be one of its choices."""
    return re.sub(r"\[([^\]]*)\]", lambda m: rng.choice(m.group(1).split("|") + [""]), text)


def accepted(answer: str) -> list[str]:
    """This acknowledgement and those that say the same: the plain ones, and the others with its echo."""
    name = re.match(r"(?:Nice to meet you, |Hello )(\w+)", answer)
    if name:
        return [answer] + [other for form in _WELCOMED if (other := form.replace("{n}", name.group(1))) != answer]
    ends = [form.replace("{echo}", "") for form in ECHO]
    echo = next((answer[: -len(end)] for end in ends if answer.endswith(end)), None)
    others = PLAIN + ([echo + end for end in ends] if echo else [])
    return [answer] + [other for other in others if other != answer]
