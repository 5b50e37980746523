"""The five voices: a plain answer said in other words, with every name, number and mark left as it was.

A tiny model that always takes its likeliest word would begin every answer alike if the way of saying it were drawn by
chance. So the way follows something plain: the line's number and the question's first two words, or a word of what is spoken
of; and only now and then chance.
"""
from __future__ import annotations

import random
import re
import zlib
from functools import lru_cache
from pathlib import Path

from . import corpus, general, statements, talk_lines, tools
from . import talk as small_talk
from .phrases import SYSTEM, Message, capital

PERSONAS = ("friendly", "professional", "witty", "caring", "enthusiastic")
NOT_THERE = ("I don't remember you telling me that.",)
_FOLDER = Path(talk_lines.__file__).parent / "voices"
_MARK = re.compile(r"^\[\d+\] ")
_BY_CHANCE = 0.08
# Words too common to tell one matter from another.
_DULL = set("""a an the is are was were be been am do does did have has had i you your yours my me it its that this there they their them he she his her him and or but of in on at to from
    for with by as so not no yes what what's who when where which why how will would can could should all any some one than then if into about up out told tell said say remember
    called name please know just now also mine we our us""".split())


@lru_cache(maxsize=None)
def lines(persona: str) -> dict[str, list[str]]:
    """The ways of saying of one voice, by section: open, end, plain, refuse, noted, echo, unknown."""
    parts: dict[str, list[str]] = {}
    for line in (_FOLDER / f"{persona}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            parts[line[2:]] = []
        elif line:
            parts[list(parts)[-1]].append(line)
    return parts


@lru_cache(maxsize=1)
def said_by() -> dict[str, dict[str, str]]:
    """For every intent of the small talk, what each voice answers."""
    found: dict[str, dict[str, str]] = {}
    for line in (_FOLDER / "talk.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = {}
        elif line:
            persona = next(name for name in PERSONAS if name[0] == line[0])
            found[list(found)[-1]][persona] = line[2:]
    return found


@lru_cache(maxsize=1)
def _intent_of() -> dict[str, str]:
    return {answer: intent.name for intent in small_talk.intents().values() for answer in intent.answers}


@lru_cache(maxsize=1)
def _acknowledgements() -> set[str]:
    return set(statements.PLAIN)


def matter(text: str) -> str:
    """The word that says what a text is about: the first one without a capital or a digit that is not dull."""
    for found in re.findall(r"(?<![\w'\-])[a-z][a-z\-]{2,}(?![\w'\-])", text):
        if found not in _DULL:
            return found
    return ""


def _choose(rng: random.Random, options: list[str], key: str) -> str:
    """By the matter; now and then, and where there is none, by chance."""
    if not key or rng.random() < _BY_CHANCE:
        return rng.choice(options)
    return options[zlib.crc32(key.encode()) % len(options)]


# First words of general answers that are no names.
_PLAIN_WORDS = re.compile(r"(?:Today|Put|Boil|Pour|Cook|Mix|Cross|Take|Use|Hold|Press|Save|Dab|Cool|Go|Let|Bees|Blue|Red|Yellow|Black|Air|Ice|Steam|Glass|Salt|Bread|Cheese|Chocolate|Chips|Oxygen|Gravity|Table|Spring|North|Wool|Silk|Milk|Grass|Snow|Blood|Photosynthesis)\b")
# What is no reason to cheer.
_GRAVE = re.compile(r"\b(allerg\w+|afraid|scared|fear\w*|hates?|broken|broke|stopped|lost|owes?|ill|sick|died|dead|hurts?|pain|doctor|medicine|cannot|can't|doesn't|don't|not|never|nothing|cancelled|missed|back)\b")


def _lowered(sentence: str) -> str:
    """For the middle of a sentence: a name keeps its capital."""
    return sentence[0].lower() + sentence[1:] if re.match(r"(?:Your?|You're|You've|The|There|They|Those|These|That|This|It|It's|In|On|At|An?|Every|Each|One|To|For|From|Put|Be|Of|If|Nothing|Until|Most|When|With|By|Water|Paper)\b", sentence) else sentence


_SHORTER = [(r"\byou are\b", "you're"), (r"\bYou are\b", "You're"), (r"\bis not\b", "isn't"), (r"\bdoes not\b", "doesn't"), (r"\bdo not\b", "don't"), (r"\bcannot\b", "can't"), (r"\byou have (?=been|had|got)", "you've ")]
_LONGER = [(r"\byou're\b", "you are"), (r"\bYou're\b", "You are"), (r"\bdoesn't\b", "does not"), (r"\bdon't\b", "do not"), (r"\bcan't\b", "cannot"), (r"\bisn't\b", "is not"), (r"\byou've\b", "you have"), (r"\bwon't\b", "will not"), (r"\bYou've\b", "You have")]


def _worded(persona: str, sentence: str) -> str:
    for pattern, said in _LONGER if persona == "professional" else _SHORTER:
        sentence = re.sub(pattern, said, sentence)
    return sentence


def _put(form: str, sentence: str) -> str:
    """The sentence inside a form: {s} with a small letter and its mark, {s!} with an exclamation mark, {S} as it stands."""
    if sentence.rstrip(".").endswith('"'):
        return form.replace("{s!}", "{s}").replace("{S}", "{s}").replace("{s}", _lowered(sentence.rstrip(".")))
    ended = sentence if sentence[-1] in ".!?" else sentence + "."
    bare = ended[:-1]
    if "{s!}" in form:
        return form.replace("{s!}", _lowered(bare) + ("?" if ended.endswith("?") else "!"))
    if form.endswith(": {s}"):
        # After a colon the sentence stands as it is remembered: its very tokens, with the space before them.
        return form.replace("{s}", ended)
    if "{s}" in form:
        return form.replace("{s}", _lowered(ended))
    return form.replace("{S}", ended if form.endswith("{S}") else bare)


def _told(rng: random.Random, persona: str, sentence: str, key: str, told: bool) -> str:
    """A sentence that answers, with an opening or an aside after it. `told`: the user said it once."""
    parts = lines(persona)
    kind = "open", "end"
    if not told or (_GRAVE.search(sentence) and "grave" in parts):
        kind = ("grave", "grave") if told else ("plain", "plain")
    if not told and _PLAIN_WORDS.match(sentence):
        sentence = sentence[0].lower() + sentence[1:]
    openings = [form for form in parts[kind[0]] if not form.startswith("{")]
    endings = [form for form in parts[kind[1]] if form.startswith("{")]
    if told or _kept_whole(sentence) or not _ends(rng, key):
        # What was told comes last: behind it a tiny model ends every sentence alike, and some of them too soon.
        return _put(_choose(rng, openings, key), sentence)
    return capital(_put(_choose(rng, endings, key), sentence))


def _kept_whole(sentence: str) -> bool:
    """Quotations and several sentences take no aside behind them."""
    return sentence.rstrip(".").endswith('"') or bool(re.search(r"[.!?] ", sentence))


def _ends(rng: random.Random, key: str) -> bool:
    share = (zlib.crc32(("where" + key).encode()) % 100) / 100 if key and rng.random() > _BY_CHANCE else rng.random()
    return share >= 0.58


def restyle(rng: random.Random, persona: str, text: str, about: str = "") -> str:
    """A plain answer in a voice. `about` is the question, where it is known: it helps to vary the way of saying."""
    if text.startswith("{") or len(text) < 3:
        return text
    found = _MARK.search(text)
    mark, body = (found.group(0), text[found.end():]) if found else ("", text)
    question = about.rsplit("</remembered>", 1)[-1]
    asked = matter(question)
    begun = " ".join(re.findall(r"[a-z']+", question.lower())[:2])
    # Which line it is and how the question begins: a tiny model sees both at a glance. With the question's first word alone,
    # the third line and "what" came together in a tenth of all answers.
    key = mark + begun if mark else asked or matter(body)
    parts = lines(persona)
    if body in NOT_THERE:
        return _choose(rng, parts["refuse"], begun)
    if body in general.REFUSALS:
        return _choose(rng, parts["unknown"], begun)
    if body in _intent_of():
        return said_by()[_intent_of()[body]][persona]
    if body in _acknowledgements() or body in tools.SAVED:
        return _choose(rng, parts["noted"], begun)
    if body in tools.GONE:
        return _choose(rng, parts["gone"], asked)
    welcomed = re.match(r"(?:Nice to meet you, |Hello )(\w+)[!,] ", body)
    if welcomed:
        return _choose(rng, parts["meet"], asked).replace("{n}", welcomed.group(1))
    echo = next((body[: -len(form) + len("{echo}")] for form in statements.ECHO if body.endswith(form.replace("{echo}", ""))), None)
    if echo:
        form = _choose(rng, parts["echo"], matter(echo) or asked)
        return form.replace("{E}", echo).replace("{e}", _lowered(echo))
    yes = re.match(r"(Yes|No), (?=.)", body)
    if yes:
        ends = parts["grave"] if _GRAVE.search(body) and "grave" in parts else parts["end"]
        end = _choose(rng, [form for form in ends if form.startswith("{S}")], key)
        return mark + yes.group(0) + _lowered(_put(end, _worded(persona, body[yes.end():])))
    body = re.sub(r"^You told me that ", "", body)
    body = body[0].upper() + body[1:]
    if '"' not in body:
        body = _worded(persona, body)
    return mark + _told(rng, persona, body, key, bool(mark))


_NO_CORPUS = {"self_harm", "who_built_you", "what_is_your_name", "fist_bump", "do_you_eat", "holiday_greeting", "where_are_you", "you_love_me", "you_like_me", "what_do_you_like", "body_functions", "who_is_prettier", "are_you_happy", "facts_about_user", "random_statement", "user_likes_things", "do_you_know_who_i_am", "you_hate_me", "do_you_love_someone", "what_can_you_do", "how_do_i_look", "what_do_you_think_of_me", "tell_a_joke", "tell_a_different_joke", "say_something_funny"}
_UNFIT = re.compile(r"\bbot\b|\bI (?:like|love|heart)\b|happy|hug|laugh|blush|pizza|mime", re.I)


def _from_corpus(name: str, persona: str) -> list[str]:
    """What the personality chat answers in this voice, where it claims nothing that is not so. MIT licence."""
    return [entry["answers"][persona] for theirs, entry in corpus.personas().items()
            if small_talk.SAME.get(theirs) == name and theirs not in _NO_CORPUS and persona in entry["answers"] and not _UNFIT.search(entry["answers"][persona]) and len(entry["answers"][persona].split()) > 3]


def talk_answer(rng: random.Random, persona: str, name: str) -> str:
    """An answer of a voice to an intent."""
    own = said_by()[name][persona]
    borrowed = _from_corpus(name, persona)
    return rng.choice(borrowed) if borrowed and rng.random() < 0.25 else own


def talk(rng: random.Random, persona: str, heldout: bool = False) -> list[Message]:
    """One to three exchanges of small talk in a voice."""
    messages: list[Message] = [("system", SYSTEM)]
    for index in range(rng.choices((1, 2, 3), (5, 3, 1))[0]):
        if rng.random() < 0.15:
            said, answer = statements.exchange(rng, heldout)
            messages += [("user", said), ("assistant", restyle(rng, persona, answer, said))]
            continue
        name = rng.choice(small_talk.FIRST) if index == 0 and rng.random() < 0.2 else small_talk.any_intent(rng)
        said, _ = small_talk.exchange(rng, heldout, name)
        messages += [("user", said), ("assistant", talk_answer(rng, persona, name))]
    return messages

