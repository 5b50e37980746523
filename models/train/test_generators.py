"""What the text generators promise. Run from `models/`: `python3 -m unittest train.test_generators`."""
from __future__ import annotations

import collections
import json
import math
import random
import re
import unittest

from . import cases, choice, corpus, general, memory, rewrite, statements, talk, titles, tools, voices
from .phrases import expand, is_held_out, openings, plain

BASE = (talk, general, titles, tools, rewrite, choice)


def corpus_is_there() -> bool:
    try:
        return bool(corpus.folder())
    except SystemExit:
        return False


class Patterns(unittest.TestCase):
    def test_choices_and_what_may_be_left_out(self) -> None:
        self.assertEqual(set(expand("(what is|what's) it[ now| (then|today)]?")),
                         {f"{a} it{b}?" for a in ("what is", "what's") for b in (" now", " then", " today", "")})

    def test_no_opening_of_the_card_is_trained(self) -> None:
        self.assertEqual(len(set(openings())), 100)
        self.assertTrue(all(is_held_out(text) for text in openings()))


@unittest.skipUnless(corpus_is_there(), "needs the corpus")
class Generators(unittest.TestCase):
    def test_form(self) -> None:
        for module in BASE:
            for heldout in (False, True):
                rng = random.Random(3)
                for _ in range(150):
                    messages = module.sample(rng, heldout)
                    self.assertEqual(messages[0][0], "system")
                    self.assertEqual([role for role, _ in messages[1:]], ["user", "assistant"] * (len(messages) // 2))
                    self.assertTrue(all(text.strip() for _, text in messages))
                    if module not in (talk, tools):
                        self.assertFalse(re.search(r"\{\w+\}|\[ ", messages[-1][1]), messages[-1][1])

    def test_same_seed_same_samples(self) -> None:
        for module in BASE:
            self.assertEqual([module.sample(random.Random(9)) for _ in range(5)], [module.sample(random.Random(9)) for _ in range(5)])

    def test_small_talk_is_short_and_has_two_answers(self) -> None:
        for intent in talk.intents().values():
            for answer in intent.answers:
                self.assertLessEqual(len(re.findall(r"[.!?](?:\s|$)", answer)), 3 if intent.name in ("joke", "riddle") else 2, answer)
                self.assertLessEqual(len(answer.split()), 28, answer)
            self.assertTrue(talk.patterns(intent.name, False), intent.name)

    def test_no_phone_number_is_ever_given(self) -> None:
        texts = [answer for intent in talk.intents().values() for answer in intent.answers]
        texts += [answer for by in voices.said_by().values() for answer in by.values()]
        self.assertFalse([text for text in texts if re.search(r"\d{3}", text) and "years" not in text])

    def test_tools_are_called_in_one_form(self) -> None:
        rng = random.Random(4)
        for _ in range(400):
            said = ""
            for role, text in tools.sample(rng):
                said = text if role == "user" else said
                if role == "assistant" and text.startswith("{"):
                    call = json.loads(text)
                    self.assertEqual(list(call), ["tool", "input"])
                    self.assertEqual(text, tools.call(call["tool"], call["input"]))
                    if call["tool"] == "calculator":
                        self.assertTrue(call["input"] in said or re.fullmatch(r"[\d.+*/\-]+", call["input"]), (said, text))

    def test_titles_are_words_of_the_message(self) -> None:
        rng = random.Random(5)
        words = lambda text: re.findall(r"[\w'\-]+", text.lower())
        for _ in range(400):
            _, (_, said), (_, title) = titles.sample(rng)
            self.assertTrue(2 <= len(title.split()) <= 6, title)
            self.assertNotIn(title[-1], ".?!")
            known = words(said) + words(re.sub(r"\ban\b", "a", said)) + words(re.sub(r"\ba\b", "an", said))
            missing = set(words(title.replace("'", ""))) - set(known) - set(words(said.replace("'", "")))
            self.assertFalse(missing, (said, title))

    def test_rewritten_questions_name_what_they_are_about(self) -> None:
        rng = random.Random(6)
        for _ in range(300):
            messages = rewrite.sample(rng)
            full = messages[-1][1]
            self.assertTrue(full.endswith("?"))
            self.assertFalse(re.search(r"\b(he|she|him|it)\b", re.sub(r"(?i)was it moved", "", full)) and "{" in full)
            said = " ".join(text for _, text in messages[1:-1]).lower()
            names = [word for word in re.findall(r"\b[A-Z][a-z]+\b", full)[1:]]
            self.assertFalse([name for name in names if name.lower() not in said], (messages, full))

    def test_letters_are_right(self) -> None:
        rng = random.Random(7)
        for _ in range(200):
            messages = choice.letter(rng)
            options = dict(re.findall(r"^([A-E])\) (.+)$", messages[-2][1], re.M))
            self.assertIn(messages[-1][1], options)
            self.assertEqual(len(set(options.values())), len(options))

    def test_acknowledgements_add_nothing(self) -> None:
        rng = random.Random(8)
        fixed = set(re.findall(r"\w+", " ".join(statements.PLAIN + statements.ECHO).lower())) | {"a", "an", "your", "in", "no", "the", "every", "i"}
        for _ in range(300):
            said, answer = statements.exchange(rng)
            if "nice to meet you" in answer.lower():
                continue
            extra = set(re.findall(r"\w+", answer.lower())) - fixed - set(re.findall(r"\w+", said.lower()))
            self.assertFalse(extra, (said, answer))

    def test_cases_are_not_trained_on(self) -> None:
        rng = random.Random(10)
        trained: set[str] = set()
        for module in (talk, general, tools):
            for _ in range(2_000):
                trained |= {plain(text) for role, text in module.sample(rng) if role == "user"}
        for name in ("talk", "general", "tool"):
            made = cases.cases(name, 1)
            self.assertEqual(len(made), cases.FILES[name][0])
            seen = [case["messages"][-1]["text"] for case in made if not case["messages"][-1]["text"].startswith("Tool result") and plain(case["messages"][-1]["text"]) in trained]
            self.assertLessEqual(len(seen), len(made) * 0.03, seen[:10])


def grounded(rng: random.Random, heldout: bool) -> tuple[str, str]:
    """A question over remembered lines and its plain answer."""
    messages = memory.sample(rng, heldout)
    at = rng.choice([index for index, (role, _) in enumerate(messages) if role == "assistant"])
    return messages[at - 1][1], messages[at][1]


def spoken(persona: str, count: int, rng: random.Random, heldout: bool) -> list[str]:
    """Answers in a voice, half of them grounded."""
    found: list[str] = []
    for _ in range(count // 2):
        asked, answer = grounded(rng, heldout)
        found.append(voices.restyle(rng, persona, answer, asked))
        found.append(next(text for role, text in voices.talk(rng, persona, heldout) if role == "assistant"))
    return found


def edges(answers: list[str]) -> tuple[collections.Counter[str], collections.Counter[str]]:
    """How often each first and last one to three words occur, without the mark."""
    first: collections.Counter[str] = collections.Counter()
    last: collections.Counter[str] = collections.Counter()
    for answer in answers:
        words = re.sub(r"^\[\d+\] ", "", answer).lower().split()
        for count in {min(count, len(words)) for count in (1, 2, 3)}:
            first[" ".join(words[:count])] += 1
            last[" ".join(words[-count:])] += 1
    return first, last


# One word with which any sentence may begin or end says nothing of a voice.
_COMMON = set("this i you your the my it that me a we no not there i'm to in is".split())


@unittest.skipUnless(corpus_is_there(), "needs the corpus")
class Voices(unittest.TestCase):
    def test_every_intent_has_all_five(self) -> None:
        for name in talk.intents():
            self.assertEqual(set(voices.said_by()[name]), set(voices.PERSONAS), name)

    def test_names_numbers_and_marks_stay(self) -> None:
        rng = random.Random(2)
        for _ in range(400):
            asked, answer = grounded(rng, False)
            persona = rng.choice(voices.PERSONAS)
            said = voices.restyle(rng, persona, answer, asked)
            self.assertEqual(re.findall(r"^\[\d+\] ", said), re.findall(r"^\[\d+\] ", answer))
            if answer.startswith("["):
                for kept in re.findall(r"\d[\d.,:\-]*\d|\b[A-Z][a-z]{2,}\b", re.sub(r"^\[\d+\] (?:You told me that )?\W*\w+", "", answer)):
                    self.assertIn(kept, said)

    def test_calls_and_letters_stay(self) -> None:
        rng = random.Random(2)
        for text in ('{"tool":"date","input":""}', "B"):
            self.assertEqual(voices.restyle(rng, "witty", text), text)

    def test_no_opening_or_ending_recurs(self) -> None:
        for persona in voices.PERSONAS:
            answers = spoken(persona, 2_000, random.Random(11), False)
            for counted in edges(answers):
                often = [(words, round(count / len(answers), 3)) for words, count in counted.most_common(12) if count > 0.05 * len(answers) and words.strip(".!?,") not in _COMMON]
                self.assertFalse(often, (persona, often))

    def test_told_apart_without_openings_and_endings(self) -> None:
        rng = random.Random(12)
        words = lambda text: re.findall(r"[a-z']+|!", text.lower())
        counts: dict[str, collections.Counter[str]] = {}
        for persona in voices.PERSONAS:
            answers = spoken(persona, 1_000, rng, False)
            counts[persona] = collections.Counter(word for text in _bare(answers) for word in words(text))
        known = set().union(*counts.values())
        right = total = 0
        for persona in voices.PERSONAS:
            for text in _bare(spoken(persona, 240, rng, True)):
                score = {p: sum(math.log((c[word] + 0.3) / (sum(c.values()) + 0.3 * len(known))) for word in words(text) if word in known) for p, c in counts.items()}
                right += max(score, key=score.__getitem__) == persona
                total += 1
        self.assertGreaterEqual(right / total, 0.9)


def _bare(answers: list[str]) -> list[str]:
    """The answers without any opening or ending that more than one in twenty has."""
    first, last = edges(answers)
    found = []
    for answer in answers:
        words = re.sub(r"^\[\d+\] ", "", answer).split()
        for count in (3, 2, 1):
            if first[" ".join(words[:count]).lower()] > 0.05 * len(answers):
                words = words[count:]
                break
        for count in (3, 2, 1):
            if words and last[" ".join(words[-count:]).lower()] > 0.05 * len(answers):
                words = words[:-count]
                break
        found.append(" ".join(words))
    return found


if __name__ == "__main__":
    unittest.main()
