"""WordPiece as llama.cpp does it, and a vocabulary learnt from word counts.

The splitting follows `llm_tokenizer_wpm_session` in llama.cpp's `llama-vocab.cpp`, which differs from BERT's own in what
counts as a mark of its own: Unicode punctuation, ASCII symbols and single Chinese characters do, other symbols ("€") do not.
A word that cannot be spelt with the vocabulary becomes one [UNK].
"""
from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

import regex

SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
PAD, UNK, CLS, SEP, MASK = range(5)
CHINESE = (r'\u4E00-\u9FFF\u3400-\u4DBF\U00020000-\U0002A6DF\U0002A700-\U0002B73F\U0002B740-\U0002B81F\U0002B920-\U0002CEAF'
           r'\uF900-\uFAFF\U0002F800-\U0002FA1F')
ALONE = rf'\p{{P}}$+<=>^`|~{CHINESE}'
WORD = regex.compile(rf'[{ALONE}]|[^\s{ALONE}]+')
SYMBOL = regex.compile(r'\p{S}')
IGNORED = regex.compile(r'[^\P{C}\s]+|\uFFFD')
LONGEST_PIECE = 24


def words(text: str) -> list[str]:
    """Lower case without accents, split at white space and around marks."""
    if not text.isascii():
        text = ''.join(map(_base, text))
    return WORD.findall(IGNORED.sub('', text).lower())


@lru_cache(65_536)
def _base(character: str) -> str:
    """llama.cpp keeps the first code point of the canonical decomposition: "é" becomes "e"."""
    return unicodedata.normalize('NFD', character)[0]


class WordPiece:
    """Token ids of texts. `vocabulary`: the special tokens first, continuations written "##x"."""

    def __init__(self, vocabulary: list[str]):
        self.vocabulary = vocabulary
        self.ids = {piece: index for index, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """The longest pieces from the left, or [UNK] for the whole word."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._split(word)
        return known

    def _split(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            for end in range(min(len(word), start + LONGEST_PIECE), start, -1):
                piece = ('##' if start else '') + word[start:end]
                if piece in self.ids:
                    found.append(self.ids[piece])
                    start = end
                    break
            else:
                return [UNK]
        return found

    def encode(self, text: str) -> list[int]:
        """Ids without [CLS] and [SEP]. Symbols are spaced out first, as the app does before it embeds."""
        return [index for word in words(SYMBOL.sub(r' \g<0> ', text)) for index in self.pieces(word)]

    def gguf_tokens(self) -> list[str]:
        """The vocabulary as llama.cpp wants it: a word's first piece has U+2581 in front, a continuation nothing."""
        return SPECIAL + [piece[2:] if piece.startswith('##') and len(piece) > 2 else '\u2581' + piece for piece in self.vocabulary[5:]]


def from_gguf_tokens(tokens: list[str]) -> WordPiece:
    """The tokenizer of an exported file."""
    return WordPiece(SPECIAL + [token[1:] if token[0] == '\u2581' else '##' + token for token in tokens[5:]])


def learn(counts: Counter[str], size: int, whole: float = 0.82) -> list[str]:
    """A vocabulary of `size`: all single characters that occur often, then frequent words (the share `whole` of what is left),
    then the beginnings and continuations that the remaining words need most."""
    characters = Counter(character for word, count in counts.items() for character in set(word) for _ in range(min(count, 50)))
    letters = [character for character, count in characters.most_common(400) if count >= 100 or character.isascii()]
    base = SPECIAL + sorted(letters) + ['##' + letter for letter in sorted(letters) if letter.isalnum()]
    room = size - len(base)
    frequent = [word for word, _ in counts.most_common(size) if 1 < len(word) <= LONGEST_PIECE][:int(room * whole)]
    rest = [(word, count) for word, count in counts.items() if count >= 2 and word.isalnum() and word not in set(frequent)]
    vocabulary = list(dict.fromkeys(base + frequent))
    return vocabulary + _parts(rest, set(vocabulary), size - len(vocabulary))


def _parts(rest: list[tuple[str, int]], taken: set[str], room: int) -> list[str]:
    """Substrings in order of the characters they spell in words that are no token themselves. Half of the candidates fall
    away when longest-first splitting hardly uses them."""
    gains: Counter[str] = Counter()
    for word, count in rest:
        for start in range(len(word)):
            for end in range(start + 2, min(len(word), start + 9) + 1):
                gains[('##' if start else '') + word[start:end]] += count * (end - start - 1)
    candidates = [piece for piece, _ in gains.most_common(room * 3) if piece not in taken]
    splitter = WordPiece(list(taken) + candidates)
    names = splitter.vocabulary
    used: Counter[str] = Counter()
    for word, count in rest:
        for index in splitter.pieces(word):
            used[names[index]] += count
    kept = sorted((piece for piece in candidates if used[piece]), key=lambda piece: -used[piece] * len(piece.removeprefix('##')))
    return kept[:room]
