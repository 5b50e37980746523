"""Draws training batches for the embedder: pairs of texts that belong together, as token ids.

A batch is several blocks, each of one kind, so that the negatives in it are hard (the same source) and easy (another):
  pairs       the corpus's own, by source; with neighbours given, rows whose positives look alike come together
  crop        a sentence and the passage around it, mostly without it
  question    a made question: a question word, then a sentence with words left out; and the passage that holds it
  turn        what was said, with the speaker in front ("Ana: …"), and what was said before it or a made question about it
  memory      a made-up fact as its owner tells it ("You: My sister lives in Porto.") and a question for it, or the fact in other words
  partial     the same text twice with different words left out
"""
from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np

from . import facts
from .wordpiece import WordPiece

# Shares of the blocks drawn. A source not named here shares the kind "headings".
SHARES = {
    'squad_nqg_test': 6, 'wordnet_gloss': 9, 'wordnet_example': 5, 'wordnet_synonyms': 5, 'open_trivia_qa': 5, 'tldr': 2, 'dolly': 2,
    'clinc150_train': 2, 'banking77_train': 2, 'hwu64_train': 2, 'personality_chat': 2, 'snips_train': 1, 'headings': 6,
    'dialogue_self_dialogue': 2, 'dialogue_topical_chat': 2, 'dialogue_synthetic_persona_chat': 2, 'dialogue_star': 1, 'dialogue_sgd': 1,
    'crop': 11, 'question': 15, 'turn': 26, 'memory': 9, 'partial': 4,
}
ASKING = ['what', 'who', 'when', 'where', 'which', 'why', 'how', 'how many', 'what did', 'when did', 'who was', 'what is the', 'in what', 'what kind of',
          'where did', 'how does', 'what does', 'what was', 'which of', 'how long', 'when was', 'what are']
NAMES = ('You Assistant Anna Maria Joanna Caroline Melanie Sarah Emily Laura Alice Julia Nina Sofia Grace Rachel Claire Diana Helen Jane Tom John James David '
         'Peter Paul Mark Daniel Andrew Evan Sam Nate Tim Calvin Dave Jon Gina Deborah Jolene Audrey Ben Oliver Lucas Leo Max Henry Jack Ryan Kevin Omar Ali '
         'Chen Priya Yuki Ines Marta Hugo Felix Ivan Olga Lena').split()
FIRST_PERSON = "i me my mine myself i'm we our us m ve d ll s re t ' am".split()

OWN = re.compile(r'\b(?:I|my|me|our|we)\b', re.IGNORECASE)


class Batches:
    def __init__(self, work: Path, tokenizer: WordPiece, seed: int, longest: int = 128, shares: dict[str, float] | None = None):
        data = np.load(work / 'texts.npz')
        self.ids, self.starts = data['ids'].astype(np.int32), data['starts']
        self.pairs, self.passages, self.dialogues = data['pairs'], data['passages'], data['dialogues']
        self.rng, self.longest, self.tokenizer = np.random.default_rng(seed), longest, tokenizer
        self.by_kind = self._kinds([str(name) for name in data['sources']])
        kinds = [kind for kind in (shares or SHARES) if kind in self.by_kind or kind in MADE]
        weights = np.array([(shares or SHARES)[kind] for kind in kinds], float)
        self.kinds, self.weights = kinds, weights / weights.sum()
        self.passages = self.passages[(self.passages[:, 1] - self.passages[:, 0]) >= 3]
        self.dialogues = self.dialogues[(self.dialogues[:, 1] - self.dialogues[:, 0]) >= 4]
        counts = np.bincount(self.ids, minlength=len(tokenizer.vocabulary))
        self.rare = np.minimum(1, np.sqrt(3e-4 / (counts / counts.sum() + 1e-9)))  # how telling a piece is, 0 to 1
        self.asking = [tokenizer.encode(text) for text in ASKING]
        self.names = [tokenizer.encode(name) for name in NAMES]
        self.colon = tokenizer.encode(':')
        self.first_person = np.array(sorted({index for word in FIRST_PERSON for index in tokenizer.encode(word)}))
        self.stops = np.array([index for mark in '.!?' for index in tokenizer.encode(mark)])
        self.related = self._relations()
        neighbours = work / 'neighbours.npy'
        self.neighbours = np.load(neighbours) if neighbours.exists() else None

    def _kinds(self, sources: list[str]) -> dict[str, np.ndarray]:
        kinds = [source if source in SHARES else 'dialogue_star' if source.startswith('dialogue_') else 'headings' for source in sources]
        of_row = np.array(kinds)[self.pairs[:, 2]]
        return {kind: np.flatnonzero(of_row == kind) for kind in set(kinds)}

    def text(self, index: int) -> np.ndarray:
        return self.ids[self.starts[index]:self.starts[index + 1]]

    def draw(self, blocks: int, size: int) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
        """Queries, positives, and groups: rows with the same group (0 or more) are no negatives of each other."""
        queries, positives, groups = [], [], []
        for kind in self.rng.choice(len(self.kinds), blocks, p=self.weights):
            name = self.kinds[kind]
            for query, positive, group in (getattr(self, MADE[name])(size) if name in MADE else self._given(name, size)):
                if len(query) and len(positive):
                    queries.append(query[:self.longest])
                    positives.append(positive[:self.longest])
                    groups.append(group)
        return queries, positives, np.array(groups)

    def _given(self, kind: str, size: int):
        rows = self.rng.choice(self.by_kind[kind], size)
        if self.neighbours is not None:  # a quarter as many beginnings, each with three that look like it
            near = self.neighbours[rows[:size // 4]][:, self.rng.permutation(self.neighbours.shape[1])[:3]]
            rows = np.unique(np.concatenate([rows[:size // 4], near.ravel()]))
            rows = rows[rows >= 0]
        for row in rows:
            query, positive, _, cluster = self.pairs[row]
            passage = self.text(positive)
            if kind == 'squad_nqg_test' and self.rng.random() < 0.6:
                passage = self._around(row)
            yield self.text(query), passage, cluster

    def _around(self, row: int) -> np.ndarray:
        """The sentence among those of the rows around it: rows of one article stand in order."""
        first, last = row - int(self.rng.integers(0, 8)), row + int(self.rng.integers(1, 9))
        near = [number for number in range(max(0, first), min(len(self.pairs), last)) if self.pairs[number, 2] == self.pairs[row, 2]]
        return np.concatenate([self.text(index) for index in dict.fromkeys(self.pairs[number, 1] for number in near)])

    def _without(self, ids: np.ndarray, share: float) -> np.ndarray:
        return ids[self.rng.random(len(ids)) >= share]

    def _window(self) -> tuple[int, list[int]]:
        """A sentence of a passage and the sentences around it, up to about `longest` pieces."""
        first, last = self.passages[self.rng.integers(len(self.passages))]
        chosen = int(self.rng.integers(first, last))
        low, high, length = chosen, chosen + 1, len(self.text(chosen))
        limit = self.longest * self.rng.uniform(0.4, 1.2)
        while length < limit and (low > first or high < last):
            down = low > first and (high >= last or self.rng.random() < 0.5)
            low, high = (low - 1, high) if down else (low, high + 1)
            length += len(self.text(low if down else high - 1))
        return chosen, list(range(low, high))

    def _crops(self, size: int):
        for _ in range(size):
            chosen, window = self._window()
            others = [index for index in window if index != chosen] if self.rng.random() < 0.8 else window
            if others:
                yield self.text(chosen), np.concatenate([self.text(index) for index in others]), -1

    def _questions(self, size: int):
        for _ in range(size):
            chosen, window = self._window()
            yield self._ask(self.text(chosen)), np.concatenate([self.text(index) for index in window]), -1

    def _ask(self, sentence: np.ndarray, keep: float = 1.0) -> np.ndarray:
        """Some stretch is what is asked for and left out; of the rest common words go more often than rare ones, and some
        words give way to others of like meaning."""
        length = len(sentence)
        gap = int(self.rng.integers(1, max(2, length // 3 + 1)))
        start = int(self.rng.integers(0, max(1, length - gap)))
        rest = np.concatenate([sentence[:start], sentence[start + gap:]])
        kept = rest[self.rng.random(len(rest)) < keep * (0.25 + 0.55 * self.rare[rest])][:20]
        other = [self.rng.choice(self.related[piece]) if piece in self.related and self.rng.random() < 0.2 else piece for piece in kept]
        return np.concatenate([self.asking[self.rng.integers(len(self.asking))], other]).astype(np.int32)

    def _turns(self, size: int):
        who = self.rng.choice(len(self.names), 3, replace=False)  # few, so that a name alone tells no line apart
        for _ in range(size):
            first, last = self.dialogues[self.rng.integers(len(self.dialogues))]
            turns = self.rng.integers(first + 1, last, 3)  # the one that says most: "Sweet." answers no question
            turn = int(max(turns, key=lambda index: self.rare[self.text(index)].sum()))
            said, name = self.text(turn), self.names[who[self.rng.integers(len(who))]]
            kind = self.rng.random()
            if kind < 0.2:
                query = self.text(turn - 1)
            elif kind < 0.3:
                query = self.text(min(last - 1, turn + 1)) if self.rng.random() < 0.5 else np.concatenate([self.text(turn - 1), self.text(max(first, turn - 2))])
            else:
                part = self._part(said)
                if turn + 2 < last and self.rng.random() < 0.6:  # who tells a story says more than what is asked about
                    said = np.concatenate([said, self.text(turn + 2)] if self.rng.random() < 0.5 else [self.text(turn + 2), said])
                query = self._ask(part[~np.isin(part, self.first_person)], self.rng.uniform(0.5, 1))
                if self.rng.random() < 0.8:
                    at = int(self.rng.integers(1, 3))
                    query = np.concatenate([query[:at], name, query[at:]])
            yield query, np.concatenate([name, self.colon, said]).astype(np.int32), -1

    def _part(self, said: np.ndarray) -> np.ndarray:
        """One sentence of a turn, if it has several of some length."""
        parts = [part for part in np.split(said, np.flatnonzero(np.isin(said, self.stops)) + 1) if len(part) > 4]
        return parts[self.rng.integers(len(parts))] if parts else said

    def _relations(self) -> dict[int, np.ndarray]:
        """Words of one piece, and others that WordNet calls synonyms or explains them by."""
        found: dict[int, set[int]] = {}
        for kind in ('wordnet_synonyms', 'wordnet_gloss'):
            for query, positive, _, _ in self.pairs[self.by_kind[kind]]:
                word, other = self.text(query), self.text(positive)
                if len(word) != 1 or (kind == 'wordnet_synonyms' and len(other) != 1):
                    continue
                telling = [piece for piece in other[:6] if self.rare[piece] > 0.5 and piece != word[0]]
                found.setdefault(int(word[0]), set()).update(telling[:2])
        return {piece: np.array(sorted(others)) for piece, others in found.items() if others}

    def _memories(self, size: int):
        """Half the owner's, half somebody's who is asked about by name."""
        chance = random.Random(int(self.rng.integers(2**31)))
        for _ in range(size):
            fact = facts.draw(chance)
            name = 'You' if chance.random() < 0.5 else chance.choice(NAMES)
            line, query = f'{name}: {fact.statement}', fact.question(chance)
            if chance.random() < 0.2:
                query = facts.draw(chance, relation=fact.relation, keep=fact.slots).statement
            elif name != 'You':
                query = OWN.sub(lambda found: name + ("'s" if found[0].lower() in ('my', 'our') else ''), query)
            yield np.array(self.tokenizer.encode(query), np.int32), np.array(self.tokenizer.encode(line), np.int32), hash(fact.key) & 0x7FFFFFFF

    def _partials(self, size: int):
        for _ in range(size):
            first, last = self.passages[self.rng.integers(len(self.passages))]
            text = self.text(int(self.rng.integers(first, last)))
            yield self._without(text, 0.25), self._without(text, 0.25), -1


MADE = {'crop': '_crops', 'question': '_questions', 'turn': '_turns', 'memory': '_memories', 'partial': '_partials'}


def load_tokenizer(work: Path) -> WordPiece:
    return WordPiece(json.loads((work / 'vocabulary.json').read_text()))
