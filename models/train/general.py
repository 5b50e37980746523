"""Short general answers that a tiny model can hold, and questions it must not answer."""
from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path

from . import corpus, talk, talk_lines
from .phrases import SYSTEM, Message, as_typed, expand, is_held_out, mostly, pick_part
from .words import fill, made_up

_HERE = Path(talk_lines.__file__).parent

REFUSALS = ["I don't know that. A larger model, loaded under Models, may.", "I don't know. A larger model, loaded under Models, may know it."]

_CAPITAL = ["(what|which city) is the capital [city] of {c}?", "what's the capital of {c}?", "(tell me|do you know|name) the capital of {c}[, please]", "which city is {c}'s capital?", "{c}'s capital?", "capital of {c}", "the capital of {c} is (what|which city)?", "what is {c}'s capital [city]?", "I need the capital of {c}"]
_OF = ["{k} is the capital of (which country|what country|what)?", "which country has {k} as its capital?", "(what|which country) is {k} the capital of?"]
_CONTINENT = ["(which|what) continent is {c} (in|on|part of)?", "where is {c}[ located| on the map]?", "{c} is on which continent?", "in which part of the world is {c}?", "(what|which) continent does {c} belong to?"]
_LANGUAGE = ["(which|what) language[s] (is|are|do people|do they) (spoken|speak) in {c}?", "what do (people|they) speak in {c}?", "what is the [official] language of {c}?", "(which|what) language does {c} (have|use)?"]
_CURRENCY = ["what is the currency (of|in) {c}?", "(which|what) (money|currency) (does {c} use|do they use in {c}|is used in {c})?", "what do people pay with in {c}?", "{c}'s currency?"]
_OPPOSITE = ["what is the opposite of {w}?", "what's the opposite of {w}?", "(opposite|antonym) of {w}[?]", "(tell me|give me) the opposite of {w}", "what is the (antonym|contrary) of {w}?", "the opposite of {w} is what?", "which word (means|is) the opposite of {w}?"]
_PLURAL = ["what is the plural of {w}?", "what's the plural of {w}?", "plural of {w}[?]", "how do you say more than one {w}?", "one {w}, two what?", "(tell me|give me) the plural of {w}", "how is the plural of {w} (formed|written)?"]
_PAST = ["what is the past [tense] of {w}?", "past tense of {w}[?]", "what's the past tense of {w}?", "(tell me|give me) the past [tense] of {w}", "how do you put {w} in[to] the past?"]
_MEANING = ["what is (a|an|the meaning of) {w}?", "what does {w} mean?", "what's (a|an) {w}?", "(define|explain) {w}[, please]", "what does the word {w} mean?", "(what is|what's) meant by {w}?", "(tell me|do you know) what {w} (means|is)[?]", "meaning of {w}[?]", "give me the meaning of {w}", "can you explain (the word|) {w}?"]


def _a(word: str) -> str:
    return ("an " if word[0] in "aeiou" and not word.startswith(("eu", "uni", "use")) else "a ") + word


@lru_cache(maxsize=1)
def tables() -> dict[str, list]:
    """Countries, word pairs and meanings."""
    found: dict[str, list] = {"countries": [line.split("|") for line in (_HERE / "countries.txt").read_text(encoding="utf-8").splitlines() if line]}
    for part in (_HERE / "words.txt").read_text(encoding="utf-8").split("= ")[1:]:
        name, body = part.split("\n", 1)
        found[name.strip()] = [line.split("|") for line in body.strip().splitlines()] if "|" in body else [pair.split(" ") for pair in body.strip().split(";")]
    return found


@lru_cache(maxsize=1)
def fixed() -> list[talk_lines.Intent]:
    return talk_lines.read("facts")


_ASKED_MOST = set("""Argentina Australia Austria Belgium Brazil Canada Chile China Denmark Egypt Finland France Germany Greece Hungary Iceland India Ireland Italy Japan
    Kenya Mexico Morocco Norway Peru Poland Portugal Russia Spain Sweden Switzerland Thailand Turkey Ukraine Vietnam""".split()) | {"the Netherlands", "New Zealand", "South Korea", "the United Kingdom", "the United States"}


def country(rng: random.Random, heldout: bool) -> tuple[str, str, str, str]:
    """A question about a country: the question, the answer, the value, and what kind of thing the value is."""
    countries = tables()["countries"]
    name, capital, continent, language, currency = rng.choices(countries, [3 if row[0] in _ASKED_MOST else 1 for row in countries])[0]
    upper = name[:1].upper() + name[1:]
    kinds = [k for k, value in (("capital", capital), ("of", capital), ("continent", continent), ("language", language), ("currency", currency)) if value]
    kind = rng.choices(kinds, [{"capital": 4}.get(k, 1) for k in kinds])[0]
    ask = lambda forms: pick_part(rng, forms, heldout).replace("{c}", name).replace("{k}", capital)
    verb = "are" if name in ("the Philippines", "the Netherlands") else "is"
    if kind == "capital":
        return ask(_CAPITAL), f"The capital of {name} is {capital}{'' if capital.endswith('.') else '.'}", capital, kind
    if kind == "of":
        return ask(_OF), f"{capital} is the capital of {name}.", name, kind
    if kind == "continent":
        return ask(_CONTINENT), f"{upper} {verb} in {continent}.", continent, kind
    if kind == "language":
        return ask(_LANGUAGE), f"In {name} people speak {language}.", language, kind
    return ask(_CURRENCY), f"The currency of {name} is the {currency}.", currency, kind


def word(rng: random.Random, heldout: bool) -> tuple[str, str]:
    """A question about a word."""
    kind = rng.choices(("opposites", "plurals", "past", "meanings"), (4, 2, 2, 7))[0]
    given, wanted = rng.choice(tables()[kind])
    if kind == "opposites" and rng.random() < 0.4 and sum(pair[1] == wanted for pair in tables()[kind]) == 1 and not any(pair[0] == wanted for pair in tables()[kind]):
        given, wanted = wanted, given
    if kind == "opposites":
        return pick_part(rng, _OPPOSITE, heldout).replace("{w}", given), f"The opposite of {given} is {wanted}."
    if kind == "plurals":
        return pick_part(rng, _PLURAL, heldout).replace("{w}", given), f"The plural of {given} is {wanted}."
    if kind == "past":
        return pick_part(rng, _PAST, heldout).replace("{w}", given), f"The past tense of {given} is {wanted}."
    asked = pick_part(rng, _MEANING, heldout)
    asked = re.sub(r"\b(a|an) \{w\}", _a(given), asked).replace("{w}", given)
    uncounted = {"minutes", "inflation", "democracy", "courage", "patience", "honesty", "trust", "hope", "gratitude", "curiosity", "irony", "energy", "rent", "insurance", "thunder", "fog", "frost", "dawn", "dusk", "breakfast", "lunch", "dinner"}
    if given in uncounted:
        asked = asked.replace(_a(given), given)
        plural = "are" if given == "minutes" else "is"
        return asked, f"{given.capitalize()} {plural} {wanted}."
    first = _a(given)
    return asked, f"{first[:1].upper() + first[1:]} is {wanted}."


# Asked for what nobody taught it. Slots are drawn, so that no list of names is learnt.
UNKNOWN = [
    "who (won|lost) the {event} in {year}?", "who (wrote|published|illustrated|translated) {book}?", "what is the population of {city}?", "how many people live in {city}?", "how (tall|old|rich) is {name} {surname}?",
    "who is {name} {surname}?", "(when|where) was {name} {surname} born?", "when did {name} {surname} (die|marry|retire|become famous)?", "what is the (capital|currency|language) of {made}?", "where is {made}?",
    "what (is|does) (a|the word) {made} [mean]?", "who (invented|discovered|designed) the {thing}?", "when was the {thing} invented?", "who is the (mayor|president|owner|manager) of {city}?", "who is the (king|president|prime minister) of {country}?",
    "how far is it from {city} to {city2}?", "how long is the flight from {city} to {city2}?", "what is the best (hotel|restaurant|museum|park) in {city}?", "how much does a {thing} cost?", "how many calories are in {food}?",
    "what happened in {year}?", "what happened on {day} {year}?", "who won the (world cup|election|Nobel prize|Oscar|championship) in {year}?", "who (sang|wrote|composed) the song {book}?", "who played in the film {book}?", "what is the plot of {book}?",
    "how does a (jet engine|transistor|nuclear reactor|blockchain|quantum computer|laser|turbine|steam engine) work?", "explain (quantum mechanics|string theory|general relativity|the stock market|how a car works|black holes|dark matter|the big bang|economics|philosophy)[ to me| please]",
    "what is the (boiling|melting) point of (gold|iron|copper|lead|nitrogen|mercury|tin|zinc)?", "what is the atomic (number|weight) of (gold|iron|oxygen|neon|carbon|helium)?", "how high is (the Eiffel Tower|Mont Blanc|Kilimanjaro|Big Ben|K2)?", "how deep is (Lake Baikal|the Red Sea|Loch Ness)?",
    "how many (moons does Jupiter|stars does our galaxy|islands does {country}|lakes does {country}) have?", "who was (Napoleon|Cleopatra|Alexander the Great|Genghis Khan|Galileo|Mozart|Freud|Gandhi|Einstein|Marie Curie|Newton)[?]", "when did (the Roman Empire|the French Revolution|the Cold War|the Titanic|the Berlin Wall) (begin|end|fall|sink)?",
    "who (founded|owns|runs) (Microsoft|Apple|Google|Amazon|Ikea|Nokia|Toyota|Lego)?", "what is the stock price of (Apple|Tesla|Google|Microsoft)?", "who is the (richest|oldest|tallest|fastest) (man|woman|person) in the world?", "what does (DNA|NASA|HTML|CPU|UNESCO|NATO|RSVP) (stand for|mean)?",
    "what is the phone number of {name} {surname}?", "where can I buy {food} in {city}?", "what time does the (museum|library|shop|bank|post office) in {city} (open|close)?", "when does the (train|bus|flight) to {city} (leave|go|arrive)[ today| tomorrow]?",
    "what is the history of {city}?", "tell me about (the history of {country}|{city}|{country}|{surname}|the Romans|the Vikings|the Aztecs|dinosaurs|the Middle Ages|Buddhism|the French Revolution)", "why do (cats purr|dogs bark|birds migrate|leaves change colour|we yawn|we dream|stars twinkle|onions make us cry)?",
    "what is the difference between (a {animal} and a {animal2}|{subject} and {subject2}|{food} and {food2})?", "how long do {animal}s live?", "what do {animal}s eat?", "which {animal} is the (biggest|oldest|fastest)?", "how do you (grow|preserve|store|freeze) {food}?", "is {food} (healthy|good for me|bad for dogs|gluten free)?",
    "what is (the square root of|the logarithm of) {number}?", "how do I (remove|fix|install|repair|clean) a {thing}?", "how many {thing}s are sold every year?", "what is the recipe for {food} with {food2}?", "who is the best (footballer|singer|actor|painter|writer) [of all time]?", "what are the rules of (cricket|poker|bridge|rugby|chess|golf)?",
    "what is the (national anthem|national bird|flag|highest mountain|longest river) of {country}?", "what (religion|food|music|climate) does {country} have?", "is {city} (bigger|older|warmer) than {city2}?", "what is {city} (famous|known) for?", "how did (world war one|the plague|the universe) (begin|start)?", "who said {book}?",
    "what year was {city} founded?", "which (team|band|club) comes from {city}?", "what are the symptoms of (measles|malaria|diabetes|mumps|anaemia)?", "who is {name}'s (boss|father|best friend|neighbour) in the film?", "what is the tax rate in {country}?", "how many (bones|teeth|eyes) does a {animal} have?",
]


@lru_cache(maxsize=1)
def borrowed() -> tuple[list[str], list[str]]:
    """Factual and arithmetic questions of the corpus, for training and held out."""
    parts: tuple[list[str], list[str]] = ([], [])
    for row in corpus.rows("pairs", {"hwu64_train"}):
        if "qa_factoid" in str(row.get("cluster")) or "qa_stock" in str(row.get("cluster")):
            parts[is_held_out(row["query"])].append(row["query"])
    for row in corpus.rows("instruct", {"gsm8k_train"}):
        if len(row["instruction"]) < 200:
            parts[is_held_out(row["instruction"])].append(row["instruction"])
    return parts


def unknown(rng: random.Random, heldout: bool) -> str:
    """A question outside what it knows."""
    if rng.random() < 0.12 and borrowed()[heldout]:
        return rng.choice(borrowed()[heldout])
    text = pick_part(rng, UNKNOWN, heldout)
    values: dict[str, str] = {}
    for slot in re.findall(r"\{(\w+)\}", text):
        values.setdefault(slot, made_up(rng, heldout).capitalize() if slot == "made" else fill(slot, rng, heldout))
    return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], text))


def exchange(rng: random.Random, heldout: bool = False) -> tuple[str, str]:
    """A general question and its short answer."""
    kind = rng.random()
    if kind < 0.27:
        said, answer, _, _ = country(rng, heldout)
    elif kind < 0.5:
        said, answer = word(rng, heldout)
    elif kind < 0.72:
        said, answer = _fixed(rng, heldout)
    else:
        said, answer = unknown(rng, heldout), mostly(rng, REFUSALS)
    said = said[:1].upper() + said[1:] if rng.random() < 0.75 else said
    return as_typed(rng, said, 0.35, spelt=kind >= 0.27 and rng.random() < 0.7), answer


def _fixed(rng: random.Random, heldout: bool) -> tuple[str, str]:
    while True:
        intent = rng.choice(fixed())
        texts = [text for pattern in intent.says for text in expand(pattern)]
        kept = [text for text in texts if is_held_out(text) == heldout]
        # What has no phrasing left to train on is trained with all it has, and is no case.
        if kept and len(kept) < len(texts) or not heldout:
            return rng.choice(kept or texts), rng.choice(intent.answers)


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """One to five general questions."""
    messages: list[Message] = [("system", SYSTEM)]
    for _ in range(rng.choices((1, 2, 3, 5), (3, 3, 2, 2))[0]):
        said, answer = exchange(rng, heldout)
        messages += [("user", said), ("assistant", answer)]
    if answer not in REFUSALS and rng.random() < 0.12:
        return talk.beside_memory(rng, heldout, messages)
    return messages
