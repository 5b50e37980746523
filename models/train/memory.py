"""Conversations over remembered lines, in the very form in which the app gives them (main/chat/prompt.ts).

`sample` makes training conversations of several questions over one block; `case` one held-out question of a kind.
"""
import datetime
import random
import re
from dataclasses import dataclass

from . import words
from .chatter import chatter, junk
from .facts import Fact, draw, to_you
from .phrases import SYSTEM, Message

NOTHING = "Nothing relevant is remembered."
NOT_THERE = "I don't remember you telling me that."

_BEFORE = """By the way, |Just so you know, |Oh, and |I should tell you that |For the record, |Did I mention that |You should know that |
    Small update: |One more thing: |Remember that |Note to self: |Hey, |Also, |So, |Well, |FYI, |Guess what, |Please remember that |
    I wanted to tell you that |Before I forget: |Yes, |Okay, """
_BEFORE_ALL = [form.lstrip("\n ") for form in _BEFORE.replace("\n    ", "").split("|")]
_ASK = ["", "", "", "", "", "", "", "Do you remember: ", "Hey, ", "Quick question: ", "Sorry, ", "Remind me: ", "Please tell me: ", "And ", "So ", "Hi! ", "I forgot. ", "Can you help me? "]
_NOTE_KEYS = ["bike lock code", "wifi password", "gate code", "alarm code", "locker code", "garage code", "account number", "customer number", "booking code", "membership number", "pin of the phone", "door code"]
_HELD_NOTE_KEYS = ["safe combination", "library card number", "router password", "parcel code"]


@dataclass
class Line:
    """A remembered line before it has its mark: `text` as it is told back to the one who said it."""

    text: str
    said: datetime.date
    fact: Fact | None = None

    def written(self, mark: int) -> str:
        return f"[{mark}] {self.text} ({words.written_day(self.said)})"


def cited(mark: int, answer: str) -> str:
    """The mark begins the answer as it begins the line: which line it is comes first, the rest follows from it."""
    return f"[{mark}] {answer}"


def _told(rng: random.Random, fact: Fact, said: datetime.date) -> Line:
    """A fact as it was said, turned to "you"; sometimes with what stood around it."""
    text = fact.answer
    kind = rng.random()
    if kind < 0.06:
        text = rng.choice(_BEFORE_ALL) + _lowered(text)
    elif kind < 0.1:
        text = to_you(chatter(rng)) + " " + text
    elif kind < 0.2:
        text = text.rstrip(".")
    return Line(text, said, fact)


_LOWERABLE = re.compile(r"^(?:My|Our|The|There|They|We|You|Your|It|In|At|On|Put|Be|Every|Bin|Please|One|If|Of|Nothing|Until)\b")


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:] if _LOWERABLE.match(sentence) else sentence


def _noted(rng: random.Random, heldout: bool, said: datetime.date) -> tuple[Line, str]:
    """A note of a few words, and the question for it."""
    key = rng.choice(_HELD_NOTE_KEYS if heldout else _NOTE_KEYS)
    value = words.fill("code", rng, heldout)
    text = rng.choice((f"{key}: {value}", f"{key.capitalize()}: {value}", f"{key.capitalize()} {value}", f"{key.capitalize()} = {value}"))
    return Line(text, said), rng.choice((f"What is the {key}?", f"What's my {key}?", f"Do you have the {key}?", f"I need the {key}."))


def in_order(lines: list[Line]) -> list[Line]:
    """As they were said."""
    return sorted(lines, key=lambda line: line.said)


def block(lines: list[Line]) -> str:
    """Oldest first and numbered in that order, as the app gives them."""
    lines = in_order(lines)
    return "<remembered>\n" + "\n".join(line.written(index) for index, line in enumerate(lines, 1)) + "\n</remembered>\n\n"


def _question(rng: random.Random, text: str) -> str:
    before = rng.choice(_ASK)
    kind = rng.random()
    if kind < 0.12 or (before and before[-2] not in "!."):
        text = text[0].lower() + text[1:] if re.match(r"(?:What|Wh|How|Do|Did|Is|In|On|At|Since|Until|From|I c)", text) else text
    text = before + text
    if kind > 0.92:
        text = text.rstrip("?.")
    return text


def _distinct(rng: random.Random, count: int, heldout: bool, forms: bool) -> list[Fact]:
    """Facts about different things; often all of one kind, which makes the hardest distractors."""
    facts, keys = [draw(rng, heldout, forms=forms)], set()
    keys.add(facts[0].key)
    alike = rng.random() < 0.4 and bool(facts[0].relation.asked)
    tries = 0
    while len(facts) < count:
        tries += 1
        near = rng.random()
        if alike and tries < 60:
            fact = draw(rng, heldout, relation=facts[0].relation)
        elif near < 0.25 and tries < 60 and "kin" in facts[0].slots and facts[0].relation.asked:
            # The same person, something else about them.
            fact = draw(rng, heldout, keep={"kin": facts[0].slots["kin"]})
        elif near < 0.4 and tries < 60 and "name" in facts[0].slots and "name" in facts[0].relation.asked:
            fact = draw(rng, heldout, keep={"name": facts[0].slots["name"]})
        else:
            fact = draw(rng, heldout)
        if fact.key not in keys:
            keys.add(fact.key)
            facts.append(fact)
    return facts


@dataclass
class Asked:
    question: str
    answer: str
    mark: int | None
    value: str


def _scene(rng: random.Random, count: int, *, heldout: bool = False, forms: bool = False, newer: float = 0.3) -> tuple[list[Line], list[Asked], list[Asked]]:
    """`count` lines in the order in which they were said; what they answer; and questions near it that they do not answer."""
    facts = _distinct(rng, count + 2, heldout, forms)
    there, absent = facts[:count], facts[count:]
    lines: list[Line] = []
    asked: list[tuple[Line, str, str]] = []
    for fact in there:
        if len(lines) >= count:
            break
        said = words.said_on(rng)
        kind = rng.random()
        if kind < 0.08 and not forms and lines:
            lines.append(Line(to_you(junk(rng) if rng.random() < 0.3 else chatter(rng)), said))
        elif kind < 0.14 and not forms and lines:
            line, question = _noted(rng, heldout, said)
            if any(line.text.split(":")[0].lower() in other.text.lower() for other in lines):
                continue
            lines.append(line)
            asked.append((line, question, line.text.split()[-1]))
        elif rng.random() < newer and len(lines) + 1 < count and fact.relation.asked | set(fact.slots) != fact.relation.asked:
            later = fact.changed(rng, heldout)
            lines.append(_told(rng, fact, said))
            line = _told(rng, later, said + datetime.timedelta(days=rng.randint(2, 500)))
            lines.append(line)
            asked.append((line, later.question(rng, forms), later.value))
        else:
            line = _told(rng, fact, said)
            lines.append(line)
            asked.append((line, fact.question(rng, forms), fact.value))
    lines = in_order(lines)
    mark_of = {id(line): mark for mark, line in enumerate(lines, 1)}
    known = []
    for line, question, value in asked:
        mark = mark_of[id(line)]
        if not heldout and line.fact and rng.random() < 0.12:
            question = _keywords(rng, question)
        known.append(Asked(question, cited(mark, line.text), mark, value))
        if not heldout and line.fact and rng.random() < 0.08:
            known[-1] = _recounted(rng, line, mark, value)
    unknown = [Asked(fact.question(rng, forms), NOT_THERE, None, "") for fact in absent]
    return lines, known, unknown


def _keywords(rng: random.Random, question: str) -> str:
    """Where does my sister live? -> sister live, or as loose a question about them."""
    content = [word for word in re.findall(r"[\w'$£.-]+", question) if word.lower().strip(".") not in _DULL | _ASKING]
    if rng.random() < 0.3:
        rng.shuffle(content)
    return rng.choice(_SKELETONS).format(" ".join(content).strip("?. ")) if content else question


_ASKING = set("what's where's who's when's how's what where when who whom whose which why how does do did is are was were my i me we our your the a an to of in on at for with has have had can could will would many much it up".split())


def _recounted(rng: random.Random, line: Line, mark: int, value: str) -> Asked:
    """Asked for what was told, the answer says that it was told."""
    question = line.fact.question(rng)
    question = question[0].lower() + question[1:].rstrip("?")
    asked = rng.choice((f"Did I tell you {question}?", f"Have I told you {question}?", f"Do you recall what I told you? I mean, {question}?"))
    return Asked(asked, cited(mark, f"You told me that {_lowered(line.text)}"), mark, value)


def _counts(rng: random.Random) -> int:
    return rng.choice((1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8))


def _anything(rng: random.Random) -> list[Message]:
    """Anything at all that was said, asked for by words of it.

    No template stands behind these, neither of what is said nor of what is asked: what remains is to find the line that
    has the question's words, and to give it back.
    """
    lines = in_order([Line(to_you(junk(rng) if rng.random() < 0.12 else chatter(rng)), words.said_on(rng)) for _ in range(rng.choice((1, 2, 3, 4, 5, 6)))])
    text = block(lines)
    together = " ".join(line.text.lower() for line in lines)
    found = []
    for mark, line in enumerate(lines, 1):
        own = [word for word in re.findall(r"[A-Za-z]{4,}", line.text) if together.count(word.lower()) == 1 and word.lower() not in _DULL]
        if own:
            found.append((own, line, mark))
    rng.shuffle(found)
    messages: list[Message] = [("system", SYSTEM)]
    for own, line, mark in found[: rng.choice((2, 3, 4))]:
        asked = " ".join(rng.sample(own, min(len(own), rng.choice((1, 1, 2, 3)))))
        messages += [("user", text + rng.choice(_SKELETONS).format(asked)), ("assistant", cited(mark, line.text))]
        text = ""
    if text or rng.random() < 0.25:
        messages += [("user", text + rng.choice(_SKELETONS).format(words.made_up(rng))), ("assistant", NOT_THERE)]
    return messages


# Ways to ask that say nothing of the matter: only the words put into them do.
_SKELETONS = """What about {}?|{}?|Tell me about {}.|What do you know about {}?|Anything on {}?|And {}?|Which {} was it?|Where was {}?|Who had {}?|When was {}?
    How was it with {}?|What was it with {}?|I forgot about {}.|Something with {}, what was it?|Is there something about {}?|What have I told you about {}?|Remind me of {}.
    How many {}?|What was that about {} again?|{}, do you remember?|Why {}?|In which way {}?|Do you recall {}?|So what of {}?|Whose {}?|At what time {}?|Was there {}?""".replace("\n    ", "|").split("|")
_DULL = set("that this with have they them from what when where would could should about there their really think know just like some then than were been also very much only into over your yeah well good".split())


def sample(rng: random.Random, heldout: bool = False, most: int = 8) -> list[Message]:
    """`most`: lines in a block, for a training that begins with short ones."""
    if rng.random() < 0.2:
        return _anything(rng)
    messages: list[Message] = [("system", SYSTEM)]
    for _ in range(1 if rng.random() < 0.75 else 2):
        if rng.random() < 0.05:
            fact = draw(rng)
            text, known, unknown = f"<remembered>\n{NOTHING}\n</remembered>\n\n", [], [Asked(fact.question(rng), NOT_THERE, None, "")]
        else:
            lines, known, unknown = _scene(rng, min(most, _counts(rng)), heldout=heldout)
            text = block(lines)
        rng.shuffle(known)
        # Many questions over one block: the block is what costs, the answers are what teaches.
        asked = known[: rng.choice((1, 2, 4, 6, 8))]
        if not asked or rng.random() < 0.7:
            asked += unknown[: rng.choice((1, 2, 2))]
        rng.shuffle(asked)
        for each in asked:
            messages += [("user", text + _question(rng, each.question)), ("assistant", each.answer)]
            text = ""
    return messages


def case(rng: random.Random, kind: str, most: int = 8) -> dict:
    """One held-out case: kind is unseenNames, unseenTemplates, notThere, notThereTemplates or newer."""
    forms = kind.endswith("Templates")
    count = rng.randint(1, most)
    while True:
        if kind == "newer":
            count = max(2, count)
            lines, known, _ = _scene(rng, count, heldout=True, newer=1.0)
            known = known[:1]
        else:
            lines, known, unknown = _scene(rng, count, heldout=True, forms=forms, newer=0.0)
            known = unknown[:1] if kind.startswith("notThere") else known[:1]
        if known and (known[0].value or kind.startswith("notThere")):
            break
    asked = known[0]
    return {
        "messages": [{"role": "system", "text": SYSTEM}, {"role": "user", "text": block(lines) + asked.question}],
        "expect": asked.answer,
        "mark": asked.mark,
        "value": asked.value or None,
        "lines": len(lines),
        "said": [{"text": line.fact.statement if line.fact else line.text, "day": line.said.isoformat()} for line in lines],
    }
