"""Things users tell about themselves, and short acknowledgements that add nothing of their own."""
from __future__ import annotations

import random
import re

from .phrases import as_typed, is_held_out
from .words import fill

# What is said, and what of it may be given back. Slots are those of words.py.
TOLD: list[tuple[str, str]] = [
    ("I bought a new {thing}[ today| yesterday| last week]", "A new {thing}"),
    ("I got a new {thing}[ for my birthday| from my {kin}]", "A new {thing}"),
    ("I lost my {thing}[ today| on {weekday}]", "Your {thing}"),
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
_PLAIN = ["Noted. I will remember that.", "Got it, I will keep that in mind.", "Thank you, I will remember that.", "Good to know. I will remember it."]
_ECHO = ["{echo}, noted. I will remember that.", "{echo}, good to know. I will keep that in mind.", "{echo}, got it. I will remember it."]
_SLOT = re.compile(r"\{([a-z]+)\}")


def exchange(rng: random.Random, heldout: bool = False) -> tuple[str, str]:
    """A statement of the user and its acknowledgement."""
    told, echo = rng.choice([pair for pair in TOLD if is_held_out(pair[0]) == heldout])
    told = _optional(rng, told)
    values = {kind: fill(kind, rng, heldout) for kind in _SLOT.findall(told)}
    put = lambda text: re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", _SLOT.sub(lambda m: values[m.group(1)], text))
    opening = rng.choice(_OPENINGS)
    said = opening + put(told)
    said = said[:1].upper() + said[1:] + rng.choice(["", ".", ".", "!"])
    if opening.startswith(("remember", "please", "note", "don't")) or rng.random() < 0.55:
        return as_typed(rng, said, 0.3, spelt=True), rng.choice(_PLAIN)
    given = put(echo)
    return as_typed(rng, said, 0.3, spelt=True), rng.choice(_ECHO).replace("{echo}", given[:1].upper() + given[1:])


def _optional(rng: random.Random, text: str) -> str:
    """`[ a| b]` may stay out or be one of its choices."""
    return re.sub(r"\[([^\]]*)\]", lambda m: rng.choice(m.group(1).split("|") + [""]), text)


def accepted(answer: str) -> list[str]:
    """This acknowledgement and those that say the same: the plain ones, and the others with its echo."""
    ends = [form.replace("{echo}", "") for form in _ECHO]
    echo = next((answer[: -len(end)] for end in ends if answer.endswith(end)), None)
    others = _PLAIN + ([echo + end for end in ends] if echo else [])
    return [answer] + [other for other in others if other != answer]
