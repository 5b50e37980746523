"""Lines of random tokens, asked for by some of them: which line, and what it says.

The form is that of the remembered lines; the words are any tokens at all. What must be learnt is only the machinery:
every token of a question finds its like and the number of its line, and the answer names the number most of them found.
"""
import random

from . import words
from .memory import NOT_THERE, SYSTEM
from .tokenizer import Tokenizer

_QUESTIONS = 12


def sample(tokenizer: Tokenizer, rng: random.Random, most: int = 8, copied: float = 0.3) -> tuple[list[int], list[int]]:
    """Ids and, for each, 1 where it is to be learnt.

    `copied`: share of the answers that give the line back. Of the others only the mark is learnt, which makes for many
    questions a block.
    """
    last = len(tokenizer.vocab) - 3
    count = rng.randint(1, most)
    lines = [[rng.randrange(256, last) for _ in range(rng.randint(3, 7))] for _ in range(count)]
    # Half the lines share a token with another, as sentences share theirs.
    for line in lines:
        if count > 1 and rng.random() < 0.5:
            line[rng.randrange(len(line))] = rng.choice(rng.choice(lines))
    newline = tokenizer.encode("\n")

    ids = [tokenizer.end_of_text]
    ids += [tokenizer.im_start, *tokenizer.encode("system\n"), *tokenizer.encode(SYSTEM), tokenizer.im_end, *newline]
    block = tokenizer.encode("<remembered>\n")
    for mark, line in enumerate(lines, 1):
        day = f" ({words.written_day(words.said_on(rng))})" if rng.random() < 0.5 else ""
        block += tokenizer.encode(f"[{mark}]") + line + tokenizer.encode(f"{day}\n")
    block += tokenizer.encode("</remembered>\n\n")
    learn = [0] * len(ids)

    for _ in range(_QUESTIONS):
        asked, said, learnt = _exchange(tokenizer, rng, lines, last, copied)
        head = [tokenizer.im_start, *tokenizer.encode("user\n"), *block, *asked, tokenizer.im_end, *newline]
        block = []
        head += [tokenizer.im_start, *tokenizer.encode("assistant\n")]
        ids += head + said + [tokenizer.im_end] + newline
        learn += [0] * len(head) + learnt + [0] * (1 + len(newline))
    return ids, learn


def _exchange(tokenizer: Tokenizer, rng: random.Random, lines: list[list[int]], last: int, copied: float) -> tuple[list[int], list[int], list[int]]:
    noise = [rng.randrange(256, last) for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.15:
        said = tokenizer.encode(NOT_THERE)
        return noise + [rng.randrange(256, last)], said, [1] + [0] * (len(said) - 1)
    index = rng.randrange(len(lines))
    line = lines[index]
    # What only this line has decides; a token that others share may stand beside it.
    own = [token for token in line if sum(token in other for other in lines) == 1] or line
    key = rng.sample(own, min(len(own), rng.choice((1, 2, 2, 3))))
    shared = [token for token in line if token not in own]
    asked = key + noise + shared[: rng.choice((0, 1))]
    rng.shuffle(asked)
    mark = tokenizer.encode(f"[{index + 1}]")
    if rng.random() < copied:
        return asked, mark + line, [1] * (len(mark) + len(line))
    return asked, mark, [1] * len(mark)
