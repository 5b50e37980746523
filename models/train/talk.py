"""Small talk: what people say to an assistant, and short, honest answers to it."""
from __future__ import annotations

import random
import re
from functools import lru_cache

from . import corpus, memory, statements, talk_lines, words
from .facts import draw
from .phrases import SYSTEM, Message, as_typed, dressed, expand, is_held_out, mostly, pick_part

FIELDS = ("meeting", "self", "privacy", "app", "heart", "chat", "beyond", "more")

# The intents of the personality chat, by the name they have here. Those left out need answers of their own.
SAME = {
    "angry": "angry", "are_you_evil": "evil", "are_you_human": "human", "ask_me_something": "ask_me", "be_my_friend": "friend",
    "body_functions": "body", "bored": "bored", "called_wrong_name": "wrong_name", "can_you_sing": "sing", "compliment": "compliment",
    "do_you_eat": "body", "do_you_have_a_job": "job", "do_you_have_family": "family", "do_you_know_who_i_am": "know_me",
    "gender": "gender", "good_evening": "good_evening", "good_morning": "good_morning", "good_night": "good_night",
    "goodbye": "goodbye", "happy": "happy", "hello": "hello", "holiday_greeting": "holiday_greeting", "how_are_you": "how_are_you",
    "how_do_i_look": "prettier", "how_is_your_day_so_far": "how_are_you", "how_old_are_you": "age", "hungry": "hungry",
    "i_like_you": "love_you", "i_love_you": "love_you", "i_missed_you": "missed", "i_need_a_hug": "hug", "ill_be_back": "wait",
    "im_back": "back", "im_sorry": "sorry_said", "is_anyone_there": "there", "just_joking": "joking", "know_other_bots": "other_assistants",
    "lonely": "lonely", "marry_me": "marry", "nice_to_meet_you": "nice_to_meet", "not_funny": "not_funny",
    "opinion_on_things": "opinion", "opinion_on_tech": "opinion", "other_assistants": "other_assistants", "pardon_me": "sorry_said",
    "relationship_status": "family", "repetitive_answers": "repeat", "sad": "sad", "say_something_funny": "joke",
    "self_harm": "self_harm", "should_i": "advice", "shut_up": "quiet", "tell_a_different_joke": "joke", "tell_a_joke": "joke",
    "testing_the_bot": "there", "thank_you": "thanks", "thats_funny": "funny", "thats_good": "cool", "that_is_correct": "ok",
    "tired": "tired", "what_can_you_do": "can_do", "what_do_you_like": "favourite", "what_do_you_mean": "what_mean",
    "what_do_you_think_of_me": "do_you_love", "you_hate_me": "do_you_love", "do_you_love_someone": "do_you_love", "what_is_the_meaning_of_life": "meaning", "what_is_your_name": "name",
    "whats_up": "whats_up", "where_are_you": "where", "who_built_you": "maker", "who_is_smarter": "smart",
    "wrong_answer": "wrong", "you_are_bad": "insult", "you_are_fired": "insult", "you_are_smart": "compliment",
    "you_are_ugly": "insult", "you_like_me": "do_you_love", "you_love_me": "do_you_love", "youre_boring": "insult",
    "youre_not_making_sense": "what_mean", "youre_welcome": "welcome_said",
}
_UNFIT = re.compile(r"\b(sex|fuck|bitch|whore|nude|naked|porn|rape|nazi|hitler|slut)", re.I)


@lru_cache(maxsize=1)
def intents() -> dict[str, talk_lines.Intent]:
    """All intents by name. What stands in a later file under the same name is added to it."""
    found: dict[str, talk_lines.Intent] = {}
    for field in FIELDS:
        for intent in talk_lines.read(field):
            known = found.setdefault(intent.name, intent)
            if known is not intent:
                known.says += intent.says
                known.answers += intent.answers
    return found


@lru_cache(maxsize=None)
def patterns(name: str, heldout: bool) -> tuple[tuple[str, ...], ...]:
    """The phrasings of an intent, own ones by pattern and those of the personality chat as one more group, of one part."""
    groups = [expand(pattern) for pattern in intents()[name].says]
    borrowed = [text for theirs, ours in SAME.items() if ours == name for text in corpus.personas().get(theirs, {}).get("says", [])]
    groups.append(tuple(text for text in borrowed if not _UNFIT.search(text)))
    kept = [tuple(text for text in group if is_held_out(text) == heldout) for group in groups]
    return tuple(group for group in kept if group)


def exchange(rng: random.Random, heldout: bool, name: str) -> tuple[str, str]:
    """Something said, and one fit answer."""
    groups = patterns(name, heldout) or patterns(name, not heldout)
    says = rng.choice(rng.choice(groups))
    if rng.random() < (0.1 if heldout else 0.25):
        says = dressed(rng, says)
    return as_typed(rng, says, 0.2 if heldout else 0.5), mostly(rng, intents()[name].answers)


@lru_cache(maxsize=1)
def turns() -> dict[str, list[talk_lines.Intent]]:
    """By intent: what a user says next, and the answers, of which `=joke` stands for another intent's."""
    found: dict[str, list[talk_lines.Intent]] = {}
    for turn in talk_lines.read("turns"):
        for name in turn.name.split():
            found.setdefault(name, []).append(turn)
    return found


def next_exchange(rng: random.Random, heldout: bool, name: str, before: str) -> tuple[str, str, str] | None:
    """What is said after an exchange of this intent that ended with `before`, the answer, and its intent, or no name."""
    if name not in turns():
        return None
    turn = rng.choice(turns()[name])
    says = as_typed(rng, pick_part(rng, turn.says, heldout), 0.2 if heldout else 0.4)
    answer = mostly(rng, turn.answers)
    if answer.startswith("="):
        answers = intents()[answer[1:]].answers
        # Another joke is the one after the last, never the same again.
        return says, answers[(answers.index(before) + 1) % len(answers)] if before in answers else mostly(rng, answers), answer[1:]
    return says, answer, ""


FIRST = ("hello", "good_morning", "good_afternoon", "good_evening", "how_are_you", "there", "nice_to_meet", "whats_up", "start", "new_here", "back")
LAST = ("thanks", "goodbye", "good_night", "ok", "cool")
# Weights of what is worth most: first meetings and questions about itself come up in every first hour.
_OFTEN = {"who": 3, "name": 2, "can_do": 4, "memory_how": 3, "privacy": 3, "hello": 3, "thanks": 2, "joke": 2, "self_harm": 3, "emergency": 2, "how_are_you": 2}


def any_intent(rng: random.Random) -> str:
    """The name of an intent, first meetings more often."""
    names = list(intents())
    return rng.choices(names, [_OFTEN.get(name, 1) for name in names])[0]


def sample(rng: random.Random, heldout: bool = False) -> list[Message]:
    """One to eight exchanges of small talk; statements about the user are among them."""
    count = rng.choices((1, 2, 3, 4, 6, 8), (3, 3, 3, 3, 2, 1))[0]
    messages: list[Message] = [("system", SYSTEM)]
    name = answer = ""
    for index in range(count):
        kind = rng.random()
        after = next_exchange(rng, heldout, name, answer) if name and rng.random() < 0.5 else None
        if after:
            said, answer, name = after
        elif kind < 0.18:
            said, answer, name = *statements.exchange(rng, heldout), ""
        else:
            opens, ends = index == 0 and count > 1, index == count - 1 and index > 0
            name = rng.choice(FIRST) if opens and kind < 0.5 else rng.choice(LAST) if ends and kind < 0.4 else any_intent(rng)
            said, answer = exchange(rng, heldout, name)
        messages += [("user", said), ("assistant", answer)]
    kind = rng.random()
    if kind < 0.13:
        return _after_memory(rng, heldout, messages)
    return beside_memory(rng, heldout, messages) if kind < 0.25 else messages


def _after_memory(rng: random.Random, heldout: bool, messages: list[Message]) -> list[Message]:
    """The same talk behind a question over remembered lines, so that the block does not call for facts ever after."""
    before = memory.sample(rng, heldout)
    return messages if len(before) > 5 else before + messages[1:3]


def beside_memory(rng: random.Random, heldout: bool, messages: list[Message]) -> list[Message]:
    """The same with remembered lines before the last message: what was found may have nothing to do with it."""
    found = [memory.Line(draw(rng, heldout).answer, words.said_on(rng)) for _ in range(rng.choice((1, 1, 2, 3, 4)))]
    block = memory.block(found) if rng.random() < 0.8 else f"<remembered>\n{memory.NOTHING}\n</remembered>\n\n"
    return messages[:-2] + [("user", block + messages[-2][1]), messages[-1]]


def case(rng: random.Random) -> tuple[list[Message], list[str]]:
    """One held-out opening, now and then after an earlier exchange, and every answer that is right."""
    messages: list[Message] = [("system", SYSTEM)]
    if rng.random() < 0.3:
        said, answer = exchange(rng, True, rng.choice(FIRST))
        messages += [("user", said), ("assistant", answer)]
    if rng.random() < 0.15:
        said, answer = statements.exchange(rng, True)
        return messages + [("user", said)], statements.accepted(answer)
    name = rng.choice([name for name in intents() if patterns(name, True)])
    said, answer = exchange(rng, True, name)
    return messages + [("user", said)], [answer] + [other for other in intents()[name].answers if other != answer]
