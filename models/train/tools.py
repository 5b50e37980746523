"""Calling a tool in its one form, using what it gave, and leaving it alone where it is not needed."""
from __future__ import annotations

import json
import random
import re
from decimal import Decimal

from . import general, memory, talk
from .phrases import SYSTEM, TOOLS, Message, as_it_stands, as_typed, capital, mostly, pick_part
from .statements import PLAIN, filled, told
from .words import fill

WITH_TOOLS = f"{SYSTEM}\n{TOOLS}"
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def call(tool: str, given: str = "") -> str:
    """The one form of a call."""
    return json.dumps({"tool": tool, "input": given}, ensure_ascii=False, separators=(",", ":"))


def in_words(number: int) -> str:
    """A whole number below a thousand in English words."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        return _TENS[number // 10] + ("-" + _UNITS[number % 10] if number % 10 else "")
    return _UNITS[number // 100] + " hundred" + (" and " + in_words(number % 100) if number % 100 else "")


_ASK = ["what is {x}?", "what's {x}?", "[please] (calculate|compute|work out) {x}", "how much is {x}?", "(can you|could you) (work out|calculate|compute) {x}[ for me]?", "{x}", "{x} = ?", "{x}=", "what does {x} (make|come to|give|equal)?", "I need (to know|the result of) {x}", "tell me (what {x} is|{x})", "do you know what {x} is?", "quick sum: {x}", "{x}, please", "what do I get for {x}?", "find {x}", "give me {x}", "and what is {x}?", "how much does {x} (make|come to)?", "(solve|evaluate) {x}[ for me]"]
_WORDS = {"+": ["plus", "and", "added to"], "-": ["minus", "less", "take away"], "*": ["times", "multiplied by"], "/": ["divided by", "over"]}
_SIGNS = {"+": ["+", " + "], "-": ["-", " - "], "*": ["*", " * ", "x", " x ", " × "], "/": ["/", " / ", " ÷ "]}
_STORIES = [
    ("I (bought|ordered) {a} (boxes|packets|crates) with {b} {t} each[.|,] how many (is that|{t} do I have|in all)?", "{a}*{b}"),
    ("one {s} costs {a} (euros|pounds|dollars). (what do|how much do) {b} (cost|come to)?", "{b}*{a}"),
    ("how much (do|would) {b} {t} cost at {a} (each|a piece|apiece)?", "{b}*{a}"),
    ("I had {big} (euros|pounds|dollars) and (spent|gave away|lost) {a}. how much (is left|do I still have)?", "{big}-{a}"),
    ("(there were|I had) {big} {t} and {a} are gone. how many (are left|remain)?", "{big}-{a}"),
    ("(share|split) {big} (euros|pounds|{t}) (among|between) {b} people", "{big}/{b}"),
    ("{big} (euros|pounds|dollars) split {b} ways is how much[ each]?", "{big}/{b}"),
    ("there are {a} {t} here and {b} there, how many (together|in total|altogether)?", "{a}+{b}"),
    ("I paid {a} for the {s} and {b} for the {s2}. what did I (pay|spend) (in all|in total|altogether)?", "{a}+{b}"),
    ("what do {a}, {b} and {c} (add up to|make together|come to)?", "{a}+{b}+{c}"),
    ("(add|add up|sum up|sum) {a}, {b} and {c}[, please]", "{a}+{b}+{c}"),
    ("(add|add together) {a} and {b}", "{a}+{b}"),
    ("(subtract|take) {a} from {big}", "{big}-{a}"),
    ("(multiply) {a} (by|with) {b}", "{a}*{b}"),
    ("(divide) {big} by {b}", "{big}/{b}"),
    ("how many times does {b} go into {big}?", "{big}/{b}"),
    ("what is the (difference between|difference of) {big} and {a}?", "{big}-{a}"),
    ("what is the (product of) {a} and {b}?", "{a}*{b}"),
    ("what is the (sum of|total of) {a} and {b}?", "{a}+{b}"),
    ("(what is|what's|how much is|calculate|work out) {b}(%| percent| per cent) of {big}[?]", "{big}*{b}/100"),
    ("(what is|what's|how much is) {b}(%| percent) off {big}?", "{big}-{big}*{b}/100"),
    ("a {b}(%| percent) tip on {big} (is how much|comes to what)?", "{big}*{b}/100"),
    ("{big} plus {b}(%| percent)[ tax]", "{big}+{big}*{b}/100"),
    ("(double|twice) {a}[ is what?]", "{a}*2"),
    ("what is half of {big}?", "{big}/2"),
    ("what is a (third|quarter) of {big}?", ""),
]


def _number(rng: random.Random, most: int) -> str:
    kind = rng.random()
    if kind < 0.75:
        return str(rng.randint(2, most))
    return f"{rng.randint(0, most)}.{rng.randint(1, 9) if kind < 0.88 else f'{rng.randint(1, 99):02d}'}"


# What of a story is a sum already, and is handed over as it stands.
_SAID_SUM = re.compile(r"[\d.]+(?:%| percent| per cent) (?:of|off|tip on) [\d.]*\d|[\d.]*\d plus [\d.]+(?:%| percent)")


def _sum(rng: random.Random, heldout: bool) -> tuple[str, str, str]:
    """A question that needs the calculator, what is to be worked out, and that as it is given: as it was said where a sum was said.

    The app reads "five hundred times nine" and "18% of 90" (`main/tools/sums.ts`); what is left to the model is to find the sum.
    """
    if rng.random() < 0.42:
        return _story(rng, heldout)
    most = rng.choice((12, 99, 99, 999, 999, 9_999))
    count = 2 if rng.random() < 0.78 else 3
    signs = [rng.choice("+-*/**" if count == 2 else "+-*+-") for _ in range(count - 1)]
    worded = rng.random()
    if worded < 0.25 and most < 1_000:
        whole = [rng.randint(2, most) for _ in range(count)]
        numbers, shown = [str(n) for n in whole], [in_words(n) for n in whole]
    else:
        numbers = [_number(rng, most) for _ in range(count)]
        shown = list(numbers)
        if rng.random() < 0.08 and "." not in numbers[0] and int(numbers[0]) > 999:
            shown[0] = f"{int(numbers[0]):,}"
    expression, text = numbers[0], shown[0]
    spelt = worded < 0.55
    for sign, number, face in zip(signs, numbers[1:], shown[1:]):
        expression += sign + number
        text += f" {rng.choice(_WORDS[sign])} {face}" if spelt else rng.choice(_SIGNS[sign]) + face
    return pick_part(rng, _ASK, heldout).replace("{x}", text), expression, text


def _story(rng: random.Random, heldout: bool) -> tuple[str, str, str]:
    pattern, form = rng.choice(_STORIES)
    text = pick_part(rng, [pattern], heldout)
    if not form:
        form = "{big}/3" if "third" in text else "{big}/4"
    values = {"a": _number(rng, 99), "b": str(rng.randint(2, 40)), "c": _number(rng, 99), "big": str(rng.randint(100, 5_000))}
    for kind in ("s", "s2"):
        text = text.replace("{" + kind + "}", fill("thing", rng, heldout))
    thing = fill("thing", rng, heldout)
    text = text.replace("{t}", thing if thing.endswith("s") else thing + "s")
    for key, value in values.items():
        text, form = text.replace("{" + key + "}", value), form.replace("{" + key + "}", value)
    said = _SAID_SUM.search(text)
    return text, form, said.group() if said else form


def _result(rng: random.Random, expression: str) -> str:
    """The value as the app would give it: at most six digits after the point. The characters are digits and signs only."""
    total = eval(expression, {"__builtins__": {}})  # noqa: S307 - made here, of digits and signs
    value = f"{Decimal(str(round(total, 6))):f}"
    return value.rstrip("0").rstrip(".") if "." in value else value


_DATE = ["(what|which) day is (it|today)[?]", "what is (the date|today's date|the date today|the day today)?", "what's (the date|today's date|the date today)?", "(tell me|do you know|give me|I need) (the date|today's date|what day it is|the date today|which day it is)[, please]", "(what|which) (month|year|weekday|day of the week) (is it|are we in|is it now|do we have)?", "today's date[, please|?]", "(is it|is today) (Monday|Friday|Sunday|a weekday|the weekend)[ today]?", "what time is it[ now| please]?", "what is the time[ now|, please]?", "how late is it?", "(do you have|have you got) the time[, please]?", "do you know (the time|what time it is)?", "can you tell me (the date|the time|what day it is)?", "(how many days until|how long until) (Christmas|Friday|the end of the month|New Year)?", "what date do we have[ today]?"]
_NOTES = ["(search|look in|check|look through) my notes for {q}", "(find|look up|show me) {q} in my notes", "what do my notes say (about|on) {q}?", "do I have (a note|notes|anything|anything written) (about|on) {q}?", "is there (a note|anything in my notes) (about|on) {q}?", "(where did I|did I ever) write (about|something about) {q}?", "(what did I write|have I written) down (about|on) {q}?", "open my notes (about|on) {q}", "(find|search) (notes|my notes) (about|on|for) {q}", "can you (find|search for|look for) {q} in my notes?", "please look for {q} in my notes", "show (me |)my notes (about|on) {q}", "which notes (mention|talk about) {q}?", "my notes (about|on) {q}, please"]
_TOPICS = ["{thing}", "the {thing}", "{city}", "{event} in {city}", "the {event}", "{name}", "{name}'s {event}", "{hobby}", "{food} recipe", "{subject}", "{city} trip", "{animal} food", "the {room}", "{name} {surname}", "{instrument} lessons", "{book}", "my {kin}'s {event}", "{country}", "the {thing} in the {room}", "code {code}"]
_REMEMBER = ["(remember|please remember|can you remember|keep in mind|note|write down|make a note|save|store|take a note|don't forget|memorise) that {f}", "(remember this|note this|please note|save this|write this down|for later|keep this|new note): {f}", "I want you to remember that {f}", "(could you|would you) (remember|note down|keep in mind) that {f}[?]", "add to (my|your) memory: {f}", "{f} - (please remember|remember that|keep that|make a note of that)", "{f}, (please remember that|keep that in mind|keep it in memory|note that|write that down|don't forget that)", "put in your memory that {f}", "keep a note that {f}", "you (must|should) remember that {f}", "(please|) store (the fact|) that {f}"]
_FORGET = ["(forget|please forget|delete|erase|remove|drop) (what I said about|everything about|all about|what you know about|the memory of|what I told you about) {q}", "forget (about |){q}[, please]", "you (can|may|should) forget {q}", "I want you to forget {q}", "(delete|remove|erase) {q} from (your|the) memory", "don't remember {q} (any more|anymore|any longer)", "no longer remember {q}", "(can you|could you) forget {q}?", "strike {q} from your memory", "{q}: forget (it|that)[, please]"]


def _topic(rng: random.Random, heldout: bool) -> str:
    return filled(rng.choice(_TOPICS), rng, heldout)


def ask(rng: random.Random, heldout: bool, tool: str) -> tuple[str, str, str]:
    """What is said, the call that answers it, and the call's input."""
    if tool == "calculator":
        said, given, standing = _sum(rng, heldout)
    elif tool == "date":
        said, given, standing = pick_part(rng, _DATE, heldout), "", ""
    elif tool == "remember":
        given = standing = told(rng, heldout)
        said = pick_part(rng, _REMEMBER, heldout).replace("{f}", given)
    else:
        given = standing = _topic(rng, heldout)
        said = pick_part(rng, _NOTES if tool == "search_notes" else _FORGET, heldout).replace("{q}", given)
    said = capital(said) if rng.random() < 0.7 else said
    if rng.random() < 0.35:
        said = said[:-1] if said.endswith("?") else said + ("." if said[-1].isalpha() and tool in ("remember", "forget") else "")
    return said, call(tool, as_it_stands(said, standing) or standing), given


SAVED = ("Done. I will remember that.", "Saved. I will remember that.")
GONE = ("Done. I have forgotten that.", "That is deleted now.")


def use(rng: random.Random, heldout: bool, tool: str, given: str, said: str) -> tuple[str, str]:
    """A tool's result as the app writes it, and the answer that uses it."""
    failed = rng.random() < 0.15
    if tool == "calculator":
        try:
            result = _result(rng, given) if not failed else rng.choice(("error: not a sum", "error: division by zero"))
        except ZeroDivisionError:
            result = "error: division by zero"
        if result.startswith("error"):
            return result, "That cannot be divided by zero." if "zero" in result else "I could not work that out."
        return result, f"That is {result}."
    if tool == "date":
        result = f"{fill('weekday', rng)}, {rng.randint(1, 28)} {fill('month', rng)} {rng.randint(2024, 2030)}, {rng.randint(0, 23)}:{rng.randint(0, 59):02d}"
        day, clock = result.rsplit(", ", 1)
        return result, f"It is {clock}." if any(word in said.lower() for word in ("time", "late")) else f"Today is {day}."
    if tool == "remember":
        if failed:
            return "error: not saved", "I could not save that. Please try again."
        return rng.choice(("saved", "ok", "remembered")), mostly(rng, SAVED)
    if tool == "forget":
        if failed:
            return "nothing found", f"I found nothing about {given}, so there was nothing to forget."
        return rng.choice(("1 memory deleted", "deleted", "ok")), mostly(rng, GONE)
    if rng.random() < 0.3:
        return "nothing found", f"I found nothing about {given} in your notes."
    note = capital(told(rng, heldout))
    result = f'note "{capital(given)}": {note}.'
    return result, f"Your note says: {note}."


NAMES = ("calculator", "calculator", "calculator", "date", "search_notes", "search_notes", "remember", "remember", "forget")


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """One to three exchanges under the tools' system text: calls, results, and messages that need no tool."""
    messages: list[Message] = [("system", WITH_TOOLS)]
    for _ in range(rng.choices((1, 2, 3), (6, 3, 1))[0]):
        if rng.random() < 0.25:
            messages += _no_tool(rng, heldout)
            continue
        tool = rng.choice(NAMES)
        said, answer, given = ask(rng, heldout, tool)
        messages += [("user", said), ("assistant", answer)]
        if rng.random() < 0.6:
            result, used = use(rng, heldout, tool, given, said)
            messages += [("user", f"Tool result: {result}"), ("assistant", used)]
    return messages


# What is said to a clockless assistant is a call here, and so is what it is asked to remember.
_HAS_TOOL = {"time", "forget", "hard_maths", "sums"}


def _no_tool(rng: random.Random, heldout: bool) -> list[Message]:
    kind = rng.random()
    if kind < 0.35:
        return memory.sample(rng, heldout)[1:3]
    if kind < 0.47:
        # Told without being asked to remember it: the app keeps that by itself.
        said = capital(told(rng, heldout))
        return [("user", as_typed(rng, said + rng.choice(("", ".")), 0.2, spelt=True)), ("assistant", mostly(rng, PLAIN))]
    if kind < 0.6:
        said, answer = general.exchange(rng, heldout)
        return [("user", said), ("assistant", answer)]
    name = rng.choice([name for name in talk.intents() if name not in _HAS_TOOL])
    said, answer = talk.exchange(rng, heldout, name)
    return [("user", said), ("assistant", answer)]


def case(rng: random.Random, heldout: bool = True) -> tuple[list[Message], str]:
    """One call or one use of a result for the evaluation, and its name."""
    tool = rng.choice(NAMES)
    said, answer, given = ask(rng, heldout, tool)
    messages: list[Message] = [("system", WITH_TOOLS), ("user", said), ("assistant", answer)]
    if rng.random() < 0.25:
        result, used = use(rng, heldout, tool, given, said)
        messages += [("user", f"Tool result: {result}"), ("assistant", used)]
        return messages, "tool.use"
    if tool == "calculator":
        # Judged by the sum that the app reads out of the call.
        messages[-1] = ("assistant", call(tool, given))
    return messages, "tool"


def accepted(answer: str) -> list[str]:
    """This answer and those that say the same."""
    return [answer] + [other for group in (SAVED, GONE) if answer in group for other in group if other != answer]
