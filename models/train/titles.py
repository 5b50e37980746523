"""Titles: two to six words of the message itself, one after another, without an end mark. The app sets the capital."""
from __future__ import annotations

import random
import re
from functools import lru_cache

from . import corpus
from .facts import draw
from .phrases import TITLE_SYSTEM, Message, as_it_stands, as_typed, expand, is_held_out
from .words import fill, made_up

# What is asked, and its title. Every word of the title stands in the question.
FORMS: list[tuple[str, str]] = [
    ("(Can you|Could you) help me plan a trip to {city}[ in {month}| with my {kin}]?", "Trip to {city}"),
    ("I want to travel to {city} (with {name}|in {month}). (What should I see|Where should I stay)?", "Travel to {city}"),
    ("How do I cook {food}[ for {count} people| at home]?", "Cook {food}"),
    ("What is a good recipe for {food}?", "Recipe for {food}"),
    ("Where is my {thing}?", "Where my {thing} is"),
    ("Where did I put the {thing}?", "Where I put the {thing}"),
    ("I need a present for my {kin}, who likes {hobby}.", "Present for my {kin}"),
    ("What can I give {name} for (her|his) birthday?", "What I can give {name}"),
    ("How do I repair a broken {thing}?", "Repair a broken {thing}"),
    ("My {thing} is broken. (Who can repair it|How can I repair it|What now)?", "Broken {thing}"),
    ("When is the {event} with {name}?", "The {event} with {name}"),
    ("Please write down that the {event} is {when}.", "The {event} {when}"),
    ("I have to prepare the {event} {when}. (What do I need|Where do I begin)?", "Prepare the {event}"),
    ("What is the code of the {room} door?", "Code of the {room} door"),
    ("How much did I pay for the {thing}?", "Pay for the {thing}"),
    ("How do I learn {subject}[ quickly| by myself]?", "Learn {subject}"),
    ("I have started to learn the {instrument}. (How often should I practise|Any advice)?", "Learn the {instrument}"),
    ("What should I feed my {animal}?", "Feed my {animal}"),
    ("My {animal} does not eat. What can I do?", "My {animal} does not eat"),
    ("Who is {name} {surname}?", "Who is {name} {surname}"),
    ("What is the capital of {country}?", "Capital of {country}"),
    ("Explain to me how {subject} exams work in {country}.", "How {subject} exams work"),
    ("What did {name} say about the {event}?", "{name} about the {event}"),
    ("Tell me about the {event} in {city}.", "The {event} in {city}"),
    ("I am looking for a {job} in {city}.", "A {job} in {city}"),
    ("How do I become a {job}?", "Become a {job}"),
    ("I can't decide between a {thing} and a {thing2}. Which one should I take?", "A {thing} and a {thing2}"),
    ("How do I clean a {colour} {thing}?", "Clean a {colour} {thing}"),
    ("Is it safe to eat {food} with an allergy to {allergen}?", "Eat {food} with an allergy"),
    ("My {kin} {name} is coming {when}. What can we do in {city}?", "What we can do in {city}"),
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
    ("How long should {food} stay in the oven?", "{food} in the oven"),
    ("I am thinking about selling my {thing}. What is a fair price?", "Selling my {thing}"),
    ("We are moving to {city} (in {month}|next year) and need a school for our {kin}.", "Moving to {city}"),
    ("Could you remind me what the {person} said about the {room}?", "What the {person} said about the {room}"),
    ("I would like to keep a diary of my {hobby}. (How do I start|What should be in it)?", "Diary of my {hobby}"),
    ("Do you know a good {job} near {city}?", "Good {job} near {city}"),
    ("I keep forgetting the code of the {room}, it is {code}.", "Code of the {room}"),
    ("Tell me what you know about my {kin} {name}.", "My {kin} {name}"),
    ("Our {animal} has to see the vet {when}.", "Our {animal} has to see the vet"),
    ("I lent my {thing} to {name} and want it back.", "My {thing} to {name}"),
    ("What should I wear to the {event} in {month}?", "Wear to the {event}"),
    ("{name} asked me to bring {food} to the {event}.", "Bring {food} to the {event}"),
    ("How can I get from {city} to {city2} by train?", "From {city} to {city2} by train"),
    ("I feel nervous about the {event} {when}.", "Nervous about the {event}"),
    ("What does a {job} earn in {country}?", "{job} in {country}"),
    ("My doctor told me to eat less {food}.", "Eat less {food}"),
    ("I had a quarrel with {name} about {thing}s.", "Quarrel with {name}"),
    ("What was the price of the {colour} {thing} that I saw in {city}?", "Price of the {colour} {thing}"),
    ("Please make a list of {food}, {drink} and {food2} for the shop.", "List for the shop"),
    ("Should I take {subject} or {subject2} next year?", "{subject} or {subject2} next year"),
    ("The {furniture} in the {room} does not close any more.", "The {furniture} in the {room}"),
    ("How many days are left until the {event} in {city}?", "Days until the {event}"),
    ("I would love to read more books like {book}.", "Books like {book}"),
    ("Which words rhyme with {made}?", "Words rhyme with {made}"),
    ("In {year} we went to {city}, what was the hotel called?", "Hotel in {city}"),
    ("Can a {animal} live together with a {animal2}?", "A {animal} together with a {animal2}"),
    ("How do I tell my {person} that I am ill?", "Tell my {person} that I am ill"),
    ("I spent {price} on a {thing}. Was that too much?", "{price} on a {thing}"),
    ("Is {name} older than {name2}?", "Is {name} older than {name2}"),
    ("What are good games for a {event} with children?", "Games for a {event} with children"),
    ("My {thing} from {surname} makes a strange noise.", "My {thing} makes a strange noise"),
    ("Explain the rules of {hobby} to my {kin}.", "Rules of {hobby}"),
    ("Help me to write a speech for the {event} of {name}.", "Speech for the {event}"),
    ("How do I keep {food} fresh for longer?", "Keep {food} fresh"),
    ("I want to give up {drink} this {month}.", "Give up {drink}"),
    ("The {job} comes {when} to look at the {room}.", "{job} comes to the {room}"),
    ("Where in {city} can one hear live {instrument} music?", "Live {instrument} music in {city}"),
    ("What is the difference between {food} and {food2}?", "Difference between {food} and {food2}"),
    ("I found an old {thing} in the {room} of my {kin}.", "Old {thing} in the {room}"),
    ("My flight to {city} was cancelled. (What are my rights|What can I do)?", "Flight to {city} was cancelled"),
    ("Why is my {thing} so slow today?", "Why my {thing} is so slow"),
    ("Give me some ideas for a {colour} {room}.", "Ideas for a {colour} {room}"),
    ("How should I answer the letter from {surname}?", "Answer the letter from {surname}"),
    ("What did we decide about the {event} last {weekday}?", "What we decide about the {event}"),
    ("I am worried about my {kin}'s health.", "My {kin}'s health"),
    ("Which {hobby} club in {city} takes beginners?", "{hobby} club in {city}"),
    ("Is there a cure for an allergy to {allergen}?", "Cure for an allergy to {allergen}"),
    ("The password of the {thing} does not work.", "Password of the {thing}"),
]
_STOP = set("""a an and are as at be been being but by can could did do does doing for from had has have he her hers him his how i i'm i'd i've i'll if in into
    is it its it's just me my of on or our out please she should so some tell that that's the their them then there these they this those to too up us very
    was we were what what's when where which while who whom why will with would you your you're yours also any get got let like know think want need really
    hi hello hey yes no not don't thanks thank okay ok well oh yeah sure one give haven't hasn't wasn't isn't aren't don't doesn't didn't can't couldn't won't wouldn't shouldn't weren't gets got going seen saw see watched watch happened happening enjoy enjoyed keep kept tried try guess thought heard hear said say says told ask asked mean lately currently right really pretty actually basically anyway something anything nothing everything someone anyone thing things lot lots kind sort bit favorite favourite today tonight tomorrow yesterday now next last time times way come came go went make made take took put look looking use used feel feels seem seems let's that's there's what's i'll you'll he's she's they're we're gonna wanna able best better good great nice new old much many more most about am here ever maybe""".split())
_JOIN = set("of in for to with and on at from about the a an my your by or".split())


def rule_title(text: str) -> str | None:
    """The run of two to six words with the most content words, beginning and ending with one; a message so short is its own title."""
    whole = re.findall(r"[A-Za-z0-9][\w'\-]*", text)
    if 2 <= len(whole) <= 6 and re.fullmatch(r"[\w' \-,]+[.?!]?", text):
        return " ".join(whole)[:1].upper() + " ".join(whole)[1:]
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
    """A message and its title, which stands in it word for word."""
    while True:
        kind = rng.random()
        if kind < 0.5:
            said, title = _formed(rng, heldout)
        elif kind < 0.65:
            said, title = _of_fact(rng, heldout)
        else:
            said, title = rng.choice(borrowed()[heldout])
        standing = as_it_stands(said, title)
        if standing:
            return [("system", TITLE_SYSTEM), ("user", said), ("assistant", standing)]


def _of_fact(rng: random.Random, heldout: bool) -> tuple[str, str]:
    """A question about the user's own life, or something told, as it comes in the app."""
    while True:
        fact = draw(rng, heldout)
        said = fact.question(rng) if rng.random() < 0.6 else fact.statement
        title = rule_title(said)
        if title:
            return as_typed(rng, said, 0.3, spelt=True), title


def _formed(rng: random.Random, heldout: bool) -> tuple[str, str]:
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
