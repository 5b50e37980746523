"""Titles: two to six words of the message itself, in sentence case and without an end mark."""
from __future__ import annotations

import random
import re
from functools import lru_cache

from . import corpus, talk
from .phrases import TITLE_SYSTEM, Message, as_typed, is_held_out
from .words import fill

# What is asked, and its title. Every word of the title stands in the question.
FORMS: list[tuple[str, str]] = [
    ("(Can you|Could you) help me plan a trip to {city}[ in {month}| with my {kin}]?", "Trip to {city}"),
    ("I want to travel to {city} (with {name}|in {month}). (What should I see|Where should I stay)?", "Travel to {city}"),
    ("How do I cook {food}[ for {count} people| at home]?", "How to cook {food}"),
    ("What is a good recipe for {food}?", "Recipe for {food}"),
    ("Where is my {thing}?", "Where my {thing} is"),
    ("Where did I put the {thing}?", "Where the {thing} is"),
    ("I need a present for my {kin}, who likes {hobby}.", "Present for my {kin}"),
    ("What can I give {name} for (her|his) birthday?", "{name}'s birthday"),
    ("How do I repair a broken {thing}?", "Repair a broken {thing}"),
    ("My {thing} is broken. (Who can repair it|How can I repair it|What now)?", "Broken {thing}"),
    ("When is the {event} with {name}?", "The {event} with {name}"),
    ("Please write down that the {event} is {when}.", "The {event} {when}"),
    ("I have to prepare the {event} {when}. (What do I need|Where do I begin)?", "Prepare the {event}"),
    ("What is the code of the {room} door?", "Code of the {room} door"),
    ("How much did I pay for the {thing}?", "Pay for the {thing}"),
    ("How do I learn {subject}[ quickly| by myself]?", "How to learn {subject}"),
    ("I have started to learn the {instrument}. (How often should I practise|Any advice)?", "Learn the {instrument}"),
    ("What should I feed my {animal}?", "Feed my {animal}"),
    ("My {animal} does not eat. What can I do?", "My {animal} does not eat"),
    ("Who is {name} {surname}?", "Who {name} {surname} is"),
    ("What is the capital of {country}?", "Capital of {country}"),
    ("Explain to me how {subject} exams work in {country}.", "How {subject} exams work"),
    ("What did {name} say about the {event}?", "What {name} said about the {event}"),
    ("Tell me about the {event} in {city}.", "The {event} in {city}"),
    ("I am looking for a {job} in {city}.", "A {job} in {city}"),
    ("How do I become a {job}?", "Become a {job}"),
    ("I can't decide between a {thing} and a {thing2}. Which one should I take?", "A {thing} or a {thing2}"),
    ("How do I clean a {colour} {thing}?", "Clean a {colour} {thing}"),
    ("Is it safe to eat {food} with an allergy to {allergen}?", "Eat {food} with an allergy"),
    ("My {kin} {name} is coming {when}. What can we do in {city}?", "What to do in {city}"),
    ("What was the book called that {name} told me about?", "Book {name} told me about"),
    ("Which {drink} did we like in {city}?", "{drink} in {city}"),
    ("Write a list of what to pack for {city}.", "What to pack for {city}"),
    ("How long does the journey from {city} to {city2} take?", "Journey from {city} to {city2}"),
    ("Remind me of what {name} gave me in {year}.", "What {name} gave me"),
    ("Can I paint the {room} {colour}?", "Paint the {room} {colour}"),
    ("Which {furniture} would fit in the {room}?", "{furniture} in the {room}"),
    ("I am angry with my {person} {name}. What should I tell (him|her)?", "Angry with my {person} {name}"),
    ("What is {made} good for?", "What {made} is good for"),
    ("My {person} says the {thing} is mine. Is that right?", "The {thing} is mine"),
]
_ADD = set("how to is are was were for of in with what who when where the a an and or at on about do does did my your".split())
_STOP = set("""a an and are as at be been being but by can could did do does doing for from had has have he her hers him his how i i'm i'd i've i'll if in into
    is it its it's just me my of on or our out please she should so some tell that that's the their them then there these they this those to too up us very
    was we were what what's when where which while who whom why will with would you your you're yours also any get got let like know think want need really
    hi hello hey yes no not don't thanks thank okay ok well oh yeah sure one give much many more most about am here ever maybe""".split())
_JOIN = set("of in for to with and on at from about the a an my your by or".split())


def rule_title(text: str) -> str | None:
    """The run of two to six words with the most content words; it begins and ends with one. None where there is none."""
    best: tuple[float, list[str]] | None = None
    for sentence in re.split(r"(?<=[.?!])\s+|\n", text)[:3]:
        for run in re.split(r"[,;:.?!()\"]+", sentence):
            words = re.findall(r"[A-Za-z0-9][\w'\-]*", run)
            for start in range(len(words)):
                for end in range(start + 2, min(start + 6, len(words)) + 1):
                    piece = words[start:end]
                    content = [w for w in piece if w.lower() not in _STOP]
                    if len(content) < 2 or piece[0].lower() in _STOP or piece[-1].lower() in _STOP:
                        continue
                    if any(w.lower() in _STOP and w.lower() not in _JOIN for w in piece):
                        continue
                    weight = sum(1 + min(len(w), 9) / 10 for w in content) - 0.45 * len(piece) - 0.02 * start
                    if best is None or weight > best[0]:
                        best = (weight, piece)
    if best is None:
        return None
    title = " ".join(best[1])
    return title[:1].upper() + title[1:]


@lru_cache(maxsize=1)
def borrowed() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Questions of the corpus with their title, for training and held out."""
    parts: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    texts = [row["turns"][0]["text"] for row in corpus.rows("dialogue", {"self_dialogue", "star", "taskmaster3", "chatterbot"}) if row["turns"]]
    texts += [row["instruction"] for row in corpus.rows("instruct", {"self_instruct", "gsm8k_train"})]
    texts += [row["query"] for row in corpus.rows("pairs", {"hwu64_train", "clinc150_train", "banking77_train", "snips_train"})]
    for text in dict.fromkeys(texts):
        if 15 < len(text) < 220 and text.isascii():
            title = rule_title(text)
            if title:
                parts[is_held_out(text, 20)].append((text, title))
    return parts


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """A message and its title."""
    kind = rng.random()
    if kind < 0.5:
        said, title = _formed(rng, heldout)
    else:
        said, title = rng.choice(borrowed()[heldout])
    return [("system", TITLE_SYSTEM), ("user", said), ("assistant", title)]


def _formed(rng: random.Random, heldout: bool) -> tuple[str, str]:
    from .phrases import expand
    from .words import made_up

    pattern, title = rng.choice([form for form in FORMS if is_held_out(form[0], 6) == heldout])
    text = rng.choice(expand(pattern))
    values: dict[str, str] = {}
    for slot in re.findall(r"\{(\w+)\}", text + title):
        if slot not in values:
            values[slot] = made_up(rng, heldout) if slot == "made" else fill(slot, rng, heldout)
    put = lambda t: re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], t))
    done = put(title)
    if len(done.split()) > 6:
        done = " ".join(done.split()[:6])
    return as_typed(rng, put(text), 0.3, spelt=True), done[:1].upper() + done[1:]
