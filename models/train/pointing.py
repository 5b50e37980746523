"""Lines of random tokens, asked for by some of them: which line, and what it says.

The form is that of the remembered lines; the words are any tokens at all. What must be learnt is only the machinery:
every token of a question finds its like, the answer begins where most of them point, and copies to the mark.
"""
import random

from . import words
from .memory import NOT_THERE, SYSTEM
from .tokenizer import Tokenizer


def sample(tokenizer: Tokenizer, rng: random.Random, most: int = 8) -> tuple[list[int], list[int]]:
    """Ids and, for each, 1 where it is to be learnt."""
    last = len(tokenizer.vocab) - 3
    count = rng.randint(1, most)
    lines = [[rng.randrange(256, last) for _ in range(rng.randint(3, 7))] for _ in range(count)]
    # Half the lines share a token with another, as sentences share theirs.
    for line in lines:
        if count > 1 and rng.random() < 0.5:
            line[rng.randrange(len(line))] = rng.choice(rng.choice(lines))
    marks = list(range(1, count + 1))
    rng.shuffle(marks)
    newline = tokenizer.encode("\n")

    ids = [tokenizer.end_of_text]
    ids += [tokenizer.im_start, *tokenizer.encode("system\n"), *tokenizer.encode(SYSTEM), tokenizer.im_end, *newline]
    block = tokenizer.encode("<remembered>\n")
    for line, mark in zip(lines, marks):
        before = f'{words.written_day(words.said_on(rng))}, the user said: "' if rng.random() < 0.5 else '"'
        block += tokenizer.encode(before) + line + tokenizer.encode(f'" [{mark}]\n')
    block += tokenizer.encode("</remembered>\n\n")
    learn = [0] * len(ids)

    for _ in range(rng.randint(3, 6)):
        asked, said = _exchange(tokenizer, rng, lines, marks, last)
        head = [tokenizer.im_start, *tokenizer.encode("user\n"), *block, *asked, tokenizer.im_end, *newline]
        block = []
        head += [tokenizer.im_start, *tokenizer.encode("assistant\n")]
        ids += head + said + [tokenizer.im_end] + newline
        learn += [0] * len(head) + [1] * (len(said) + 1) + [0] * len(newline)
    return ids, learn


def _exchange(tokenizer: Tokenizer, rng: random.Random, lines: list[list[int]], marks: list[int], last: int) -> tuple[list[int], list[int]]:
    noise = [rng.randrange(256, last) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.15:
        return noise, tokenizer.encode(NOT_THERE)
    index = rng.randrange(len(lines))
    line = lines[index]
    # What only this line has decides; a token that others share may stand beside it.
    own = [token for token in line if sum(token in other for other in lines) == 1] or line
    key = rng.sample(own, min(len(own), rng.choice((1, 2, 2, 3))))
    shared = [token for token in line if token not in own]
    asked = key + noise + shared[: rng.choice((0, 1))]
    rng.shuffle(asked)
    return asked, line + tokenizer.encode(f" [{marks[index]}]")
