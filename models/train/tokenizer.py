"""Byte-level BPE for the chat base: training, encoding, decoding.

The pre-tokenizer is llama.cpp's "smollm": every digit stands alone, then GPT-2's pattern splits what lies between.
Both sides must split alike, or the model meets at run time what it never saw in training.

    python3 -m train.tokenizer        # from models/: writes train/chat_tokenizer.json
"""
import collections
import heapq
import itertools
import json
import pathlib
from typing import Iterable, Iterator

import regex

HERE = pathlib.Path(__file__).parent
FILE = HERE / "chat_tokenizer.json"
END_OF_TEXT, IM_START, IM_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
SPECIAL = [END_OF_TEXT, IM_START, IM_END]

_DIGIT = regex.compile(r"\p{N}")
_GPT2 = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


def _byte_letters() -> dict[int, str]:
    """GPT-2's printable letter for each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(printable))
    return letters


_LETTER = _byte_letters()
_BYTE = {letter: byte for byte, letter in _LETTER.items()}


def split(text: str) -> Iterator[str]:
    """Pieces of a text that are encoded apart."""
    at = 0
    for digit in _DIGIT.finditer(text):
        if digit.start() > at:
            yield from _GPT2.findall(text[at : digit.start()])
        yield digit.group()
        at = digit.end()
    if at < len(text):
        yield from _GPT2.findall(text[at:])


def _letters(piece: str) -> list[str]:
    return [_LETTER[byte] for byte in piece.encode()]


def train(texts: Iterable[str], size: int) -> dict:
    """A vocabulary of `size` tokens, the special ones last: {"vocab": [token], "merges": [[left, right]]}."""
    counts: collections.Counter = collections.Counter()
    for text in texts:
        counts.update(split(text))
    words = [_letters(word) for word in counts]
    weight = list(counts.values())
    pairs: collections.Counter = collections.Counter()
    where: dict = collections.defaultdict(set)
    for index, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += weight[index]
            where[pair].add(index)
    vocab = [_LETTER[byte] for byte in range(256)]
    merges: list[tuple[str, str]] = []
    heap = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(heap)
    while len(vocab) < size - len(SPECIAL) and heap:
        count, pair = heapq.heappop(heap)
        if pairs[pair] != -count or count == 0:
            # The entry is out of date: the pair goes back with its present count.
            if 0 < pairs[pair] != -count:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        merges.append(pair)
        vocab.append(pair[0] + pair[1])
        changed = set()
        for index in where.pop(pair):
            word = words[index]
            for old in zip(word, word[1:]):
                pairs[old] -= weight[index]
                changed.add(old)
            words[index] = word = _merge(word, pair)
            for new in zip(word, word[1:]):
                pairs[new] += weight[index]
                where[new].add(index)
                changed.add(new)
        for each in changed:
            if pairs[each] > 0:
                heapq.heappush(heap, (-pairs[each], each))
    return {"vocab": vocab + SPECIAL, "merges": [list(pair) for pair in merges]}


def _merge(word: list[str], pair: tuple[str, str]) -> list[str]:
    out, at = [], 0
    while at < len(word):
        if at + 1 < len(word) and word[at] == pair[0] and word[at + 1] == pair[1]:
            out.append(pair[0] + pair[1])
            at += 2
        else:
            out.append(word[at])
            at += 1
    return out


class Tokenizer:
    def __init__(self, file: pathlib.Path = FILE):
        made = json.loads(file.read_text())
        self.vocab: list[str] = made["vocab"]
        self.merges = [tuple(pair) for pair in made["merges"]]
        self.ids = {token: index for index, token in enumerate(self.vocab)}
        self.end_of_text, self.im_start, self.im_end = (self.ids[token] for token in SPECIAL)
        self._rank = {pair: index for index, pair in enumerate(self.merges)}
        self._known: dict[str, list[int]] = {}

    def encode(self, text: str) -> list[int]:
        """Token ids of a text. The special tokens' names in it are plain text, as in the app."""
        ids: list[int] = []
        for piece in split(text):
            known = self._known.get(piece)
            if known is None:
                known = self._encode_piece(piece)
                if len(self._known) > 400_000:
                    self._known.clear()
                self._known[piece] = known
            ids += known
        return ids

    def _encode_piece(self, piece: str) -> list[int]:
        word = _letters(piece)
        while len(word) > 1:
            best = min(zip(word, word[1:]), key=lambda pair: self._rank.get(pair, 1 << 30))
            if best not in self._rank:
                break
            word = _merge(word, best)
        return [self.ids[token] for token in word]

    def decode(self, ids: Iterable[int]) -> str:
        data = bytes(_BYTE[letter] for index in ids if self.vocab[index] not in SPECIAL for letter in self.vocab[index])
        return data.decode("utf8", "replace")


def main() -> None:
    import random

    from . import mix

    rng = random.Random(7)
    said = (text for _ in range(50_000) for _, text in mix.sample(rng))
    # Plain text too, so that words of every day are whole wherever the templates leave them out.
    made = train(itertools.chain(said, (mix.passage(rng) for _ in range(12_000))), 4_096)
    FILE.write_text(json.dumps(made, ensure_ascii=False))
    print(f"{len(made['vocab'])} tokens -> {FILE.name}")


if __name__ == "__main__":
    main()
