"""A follow-up that leans on what was said before, and the full question it stands for."""
from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from . import memory
from .phrases import REWRITE_SYSTEM, Message, as_typed, capital, is_held_out
from .words import fill


@dataclass
class Chain:
    """One exchange and the follow-ups it invites: (follow-up, full question). Slots are filled once for the whole chain."""

    question: str
    answer: str
    follow: list[tuple[str, str]] = field(default_factory=list)


HE = [("And since when?", "Since when have I known {who}?"), ("What else did {he} say?", "What else did {who} say?"), ("Is {he} married?", "Is {who} married?"), ("What is {his} address?", "What is {who}'s address?"), ("Does {he} have children?", "Does {who} have children?"),
      ("What is {his} favourite food?", "What is {who}'s favourite food?"), ("What car does {he} drive?", "What car does {who} drive?"), ("Which languages does {he} speak?", "Which languages does {who} speak?"), ("What did {he} lend me?", "What did {who} lend me?"), ("Do I owe {him} money?", "Do I owe {who} money?"),
      ("What does {his} {kin9} do?", "What does {who}'s {kin9} do?"), ("Where is {he} now?", "Where is {who} now?"), ("What should I give {him} for {his} birthday?", "What should I give {who} for {his} birthday?"), ("And {his} phone number?", "What is {who}'s phone number?"), ("And {his} birthday?", "When is {who}'s birthday?"), ("What about {his} {kin9}?", "What about {who}'s {kin9}?"),
      ("Where does {he} live?", "Where does {who} live?"), ("And where does {he} work?", "Where does {who} work?"), ("How old is {he}?", "How old is {who}?"),
      ("When is {his} birthday?", "When is {who}'s birthday?"), ("And {his} {kin9}?", "What is the name of {who}'s {kin9}?"), ("What does {he} like to eat?", "What does {who} like to eat?"),
      ("What is {his} phone number?", "What is {who}'s phone number?"), ("Does {he} like {food9}?", "Does {who} like {food9}?"), ("Is {he} allergic to {allergen9}?", "Is {who} allergic to {allergen9}?"),
      ("When did I last see {him}?", "When did I last see {who}?"), ("What did I give {him}?", "What did I give {who}?"), ("Who told me about {him}?", "Who told me about {who}?"),
      ("Where did I meet {him}?", "Where did I meet {who}?"), ("Is {he} coming to the {event9}?", "Is {who} coming to the {event9}?"), ("And when is {he} coming?", "When is {who} coming?"),
      ("What is {his} job?", "What is {who}'s job?"), ("What is {his} {kin9} called?", "What is {who}'s {kin9} called?"), ("Did {he} call me?", "Did {who} call me?"),
      ("Does {he} play the {instrument9}?", "Does {who} play the {instrument9}?"), ("What did {he} say about the {thing9}?", "What did {who} say about the {thing9}?"),
      ("And what does {he} study?", "What does {who} study?"), ("Has {he} been to {city9}?", "Has {who} been to {city9}?"), ("Why is {he} in {city9}?", "Why is {who} in {city9}?"), ("Can {he} help me with the {thing9}?", "Can {who} help me with the {thing9}?")]
IT = [("How much was it?", "How much was the {it}?"), ("How much did it cost?", "How much did the {it} cost?"), ("Where did I put it?", "Where did I put the {it}?"), ("When did I buy it?", "When did I buy the {it}?"),
      ("Where is it now?", "Where is the {it} now?"), ("What colour is it?", "What colour is the {it}?"), ("Who gave it to me?", "Who gave the {it} to me?"), ("Is it broken?", "Is the {it} broken?"),
      ("How old is it?", "How old is the {it}?"), ("Who has it?", "Who has the {it}?"), ("And the {thing9}?", "What about the {thing9}?"), ("Where did I buy it?", "Where did I buy the {it}?"),
      ("Can I take it to {city9}?", "Can I take the {it} to {city9}?"), ("Did I lend it to {name9}?", "Did I lend the {it} to {name9}?")]
AT = [("Where is it?", "Where is the {it}?"), ("What time does it start?", "What time does the {it} start?"), ("Who is coming to it?", "Who is coming to the {it}?"), ("How long does it take?", "How long does the {it} take?"),
      ("Is {name9} coming too?", "Is {name9} coming to the {it}?"), ("What should I bring?", "What should I bring to the {it}?"), ("When does it end?", "When does the {it} end?"), ("And how do I get there?", "How do I get to the {it}?"), ("Was it moved?", "Was the {it} moved?")]
CITY = [("How is the food there?", "How is the food in {it}?"), ("Who do I know there?", "Who do I know in {it}?"), ("When was I there?", "When was I in {it}?"), ("Where did I stay there?", "Where did I stay in {it}?"), ("What about {city9}?", "What about {city9}?"),
        ("How far is it from {city9}?", "How far is {it} from {city9}?"), ("When am I going there?", "When am I going to {it}?"), ("What can I do there?", "What can I do in {it}?"), ("And how do I get there?", "How do I get to {it}?")]

PEOPLE = [("Who is {who}?", "{who} is your {kin}."), ("Who is {who}?", "{who} is your {person}."), ("What is my {kin} called?", "Your {kin} is called {who}."), ("What is my {kin}'s name?", "Your {kin}'s name is {who}."), ("Who is my {person}?", "Your {person} is {who}."),
          ("Where does {who} live?", "{who} lives in {city}."), ("What does {who} do?", "{who} works as a {job}."), ("Who gave me the {thing}?", "{who} gave you the {thing}."), ("Who did I meet in {city}?", "You met {who} in {city}."), ("When is {who} coming?", "{who} is coming {when}."),
          ("Who plays the {instrument}?", "{who} plays the {instrument}."), ("Tell me about {who}.", "{who} lives in {city} and likes {hobby}."), ("Who has my {thing}?", "{who} has your {thing}.")]
THINGS = [("What did I buy {when}?", "You bought a {it}."), ("Where is my {it}?", "Your {it} is in the {room}."), ("Who gave me the {it}?", "{name} gave you the {it}."), ("What did {name} give me?", "{name} gave you a {it}."), ("Did I lose something?", "You lost your {it}."), ("Do I have a {it}?", "Yes, you have a {it}."), ("What is in the {furniture}?", "The {it} is in the {furniture}.")]
EVENTS = [("What do I have {when}?", "You have a {it} {when}."), ("When is the {it}?", "The {it} is {when}."), ("When is my {it}?", "Your {it} is {when}."), ("What is {name} coming for?", "{name} is coming for the {it}."), ("Is there something in {month}?", "Yes, the {it} is in {month}.")]
CITIES = [("Where does {name} live?", "{name} lives in {it}."), ("Where was I in {year}?", "In {year} you were in {it}."), ("Where did I go {when}?", "You went to {it}."), ("Which city did I like?", "You liked {it}."), ("Where is the {event}?", "The {event} is in {it}.")]
# What is asked again of something else: the whole question with the new word in its place.
SWAP = [("What is on {weekday}?", "On {weekday} you have a {event}.", "weekday", ["What about {new}?", "And on {new}?", "And {new}?", "How about {new}?"]),
        ("What do I have planned for {weekday}?", "You have a {event}.", "weekday", ["What about {new}?", "And for {new}?", "And {new}?"]),
        ("Where does {name} live?", "{name} lives in {city}.", "name", ["And {new}?", "What about {new}?", "How about {new}?", "And what about {new}?"]),
        ("What does {name} do?", "{name} is a {job}.", "name", ["And {new}?", "What about {new}?", "And what about {new}?"]),
        ("How old is {name}?", "{name} is {age}.", "name", ["And {new}?", "What about {new}?"]), ("When is {name}'s birthday?", "{name}'s birthday is on {day}.", "name", ["And {new}'s?", "What about {new}'s?"]),
        ("How much was the {thing}?", "The {thing} was {price}.", "thing", ["And the {new}?", "What about the {new}?", "How about the {new}?"]), ("Where is the {thing}?", "The {thing} is in the {room}.", "thing", ["And the {new}?", "What about the {new}?"]),
        ("What is the capital of {country}?", "I don't know that.", "country", ["And of {new}?", "What about {new}?", "And {new}?"]), ("How is the weather in {city}?", "I cannot see the weather.", "city", ["And in {new}?", "What about {new}?"]),
        ("Is there a train to {city}?", "Yes, {when}.", "city", ["And to {new}?", "What about {new}?"]), ("Does {name} like {food}?", "Yes, {name} likes {food}.", "food", ["And {new}?", "What about {new}?", "And what about {new}?"]),
        ("Where does my {kin} work?", "Your {kin} works in {city}.", "kin", ["And my {new}?", "What about my {new}?"]), ("What is my {kin} called?", "Your {kin} is called {name}.", "kin", ["And my {new}?", "And what about my {new}?"]),
        ("What did I note in {month}?", "You noted the {event}.", "month", ["And in {new}?", "What about {new}?"]), ("When is the {event}?", "The {event} is {when}.", "event", ["And the {new}?", "What about the {new}?"]),
        ("What did {name} say about the {thing}?", "{name} liked it.", "thing", ["And about the {new}?", "And the {new}?"]), ("Who painted the {room}?", "{name} painted the {room}.", "room", ["And the {new}?", "What about the {new}?"]),
        ("What is the code of the {room}?", "The code of the {room} is {code}.", "room", ["And of the {new}?", "And the {new}?", "What about the {new}?"]), ("Is {name} allergic to {allergen}?", "Yes, {name} is allergic to {allergen}.", "allergen", ["And to {new}?", "What about {new}?"])]
WHOLE = ["Where is my {thing}?", "What time is the {event}?", "Who is {name} {surname}?", "What did I pay for the {thing}?", "When do I go to {city}?", "Which {drink} does my {kin} like?", "What is the code of the {room}?", "Is {name} a {job}?", "Do I have a {event} {when}?"]

_HIM = ({"he": "he", "his": "his", "him": "him"}, {"he": "she", "his": "her", "him": "her"})
_THEY = [("Where do they live?", "Where do {who} and {who2} live?"), ("When did I meet them?", "When did I meet {who} and {who2}?"), ("Do they have children?", "Do {who} and {who2} have children?"), ("When are they coming?", "When are {who} and {who2} coming?"), ("What did they give me?", "What did {who} and {who2} give me?"),
         ("Do they like {food9}?", "Do {who} and {who2} like {food9}?"), ("How do I know them?", "How do I know {who} and {who2}?"), ("Are they married?", "Are {who} and {who2} married?"), ("How old are they?", "How old are {who} and {who2}?")]
_PAIRS = [("Who is coming {when}?", "{who} and {who2} are coming."), ("Who are my {person}s?", "They are {who} and {who2}."), ("Who lives in {city}?", "{who} and {who2} live in {city}."), ("Who was at the {event}?", "{who} and {who2} were there.")]
_LINKS = ["", "", "", "", "And ", "So ", "Ok, ", "Thanks. ", "Hm, ", "Oh, and ", "Good. "]


def _put(text: str, values: dict[str, str], rng: random.Random, heldout: bool) -> str:
    for slot in re.findall(r"\{(\w+)\}", text):
        if slot not in values:
            values[slot] = fill(slot, rng, heldout)
    text = re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], text)
    return capital(re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text))


def _kept(pairs: list, heldout: bool) -> list:
    return [pair for pair in pairs if is_held_out(pair[0], 6) == heldout] or pairs


def chain(rng: random.Random, heldout: bool = False) -> tuple[list[tuple[str, str]], str, str]:
    """Earlier exchanges, the follow-up as it was typed, and the full question."""
    kind = rng.random()
    values: dict[str, str] = dict(rng.choice(_HIM))
    if kind < 0.4:
        values["who"] = fill("name", rng, heldout) if rng.random() < 0.85 else f"{fill('name', rng, heldout)} {fill('surname', rng, heldout)}"
        openings, follow = PEOPLE, HE
    elif kind < 0.45:
        values["who"], values["who2"] = fill("name", rng, heldout), fill("name", rng, heldout)
        openings, follow = _PAIRS, _THEY
    elif kind < 0.55:
        values["it"], openings, follow = fill("thing", rng, heldout), THINGS, IT
    elif kind < 0.63:
        values["it"], openings, follow = fill("event", rng, heldout), EVENTS, AT
    elif kind < 0.7:
        values["it"], openings, follow = fill("city", rng, heldout), CITIES, CITY
    elif kind < 0.92:
        question, answer, slot, asks = rng.choice(SWAP)
        first, reply = _put(question, values, rng, heldout), _put(answer, values, rng, heldout)
        new = fill(slot, rng, heldout)
        follow_up = rng.choice(asks).replace("{new}", new)
        values[slot] = new
        return [(first, reply)], follow_up, _put(question, values, rng, heldout)
    else:
        question = _put(rng.choice(WHOLE), values, rng, heldout)
        before, reply = rng.choice(THINGS + EVENTS + PEOPLE)
        values.update(it=fill("thing", rng, heldout), who=fill("name", rng, heldout))
        return [(_put(before, values, rng, heldout), _put(reply, values, rng, heldout))], question, question
    before, reply = rng.choice(openings)
    earlier = [(_put(before, values, rng, heldout), _put(reply, values, rng, heldout))]
    short, full = rng.choice(_kept(follow, heldout))
    link = rng.choice(_LINKS)
    full = _put(full, values, rng, heldout)
    short = _put(short, values, rng, heldout)
    if link and not short.startswith("And "):
        short = link + (short[:1].lower() + short[1:] if link.endswith(("And ", "So ", ", ", "and ")) and not short.startswith("I ") and short.split()[0] in _LOWERED else short)
    return earlier, short, full


_LOWERED = set("Where How When What Does Is Who Did Has Why Can Was Which Do Are".split())


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """One or two exchanges, a follow-up and its full question."""
    earlier, short, full = chain(rng, heldout)
    if rng.random() < 0.35:
        # An exchange about something else before it: the follow-up leans on the last one.
        earlier = chain(rng, heldout)[0] + earlier
    messages: list[Message] = [("system", REWRITE_SYSTEM)]
    marked = rng.random() < 0.6
    for question, answer in earlier:
        # As the assistant answers over remembered lines: with the mark of the line, or not at all.
        answer = memory.cited(rng.randint(1, 8), answer) if marked else answer
        messages += [("user", as_typed(rng, question, 0.15, spelt=True)), ("assistant", answer)]
    return messages + [("user", as_typed(rng, short, 0.25, spelt=True)), ("assistant", full)]
