"""Groups for the reader: a question, and lines of which some tell its answer and others only look so.

    python3 -m train.reader_data [--corpus FOLDER] [--cards train/reader_cards] [--embedder starter/embed-f16.gguf] [--work train/work/reader]

A group is (question ids, [(line ids, tells)], source). `corpus.pickle`: questions on SQuAD's training articles, trivia and facts as their owner
tells them; `cards.pickle` and `near.pickle`: of the cards in `reader_cards`, with the nearest lines of other cards, found by the embedder, and with
the lines of the same card. Of a card's questions, those that its `fact` does not answer are answered by its `tells`: nothing can be learnt from a
question alone. One card in fifteen is held out (`…held.pickle`).
"""
from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from .corpus import rows
from .encoder import load
from .facts import draw
from .wordpiece import WordPiece

Tools = tuple[tuple[Any, WordPiece], WordPiece]
"""The embedder with its tokenizer, for finding what looks alike; the reader's own."""
Group = tuple[list[int], list[tuple[list[int], bool]], str]


def line_of(text: str, before: str = '') -> str:
    """As the app writes it (`main/memory/reread.ts`): what it answers goes before it."""
    return f"{before} / {text}" if before else text


class Look:
    """The nearest of many texts."""

    def __init__(self, embedder: Any, tokenizer: WordPiece, texts: list[str]):
        self.texts, self.embedder, self.tokenizer = texts, embedder, tokenizer
        self.vectors = embedder.embed(texts, tokenizer)

    def alike(self, queries: list[str], count: int) -> list[np.ndarray]:
        near = []
        asked = self.embedder.embed(queries, self.tokenizer)
        for start in range(0, len(asked), 512):
            cosines = asked[start:start + 512] @ self.vectors.T
            near.extend(np.argpartition(-cosines, count, axis=1)[:, :count])
        return near


def from_pairs(pairs: list[tuple[str, str]], source: str, tools: Tools, rng: random.Random, *, near: int, far: int) -> list[Group]:
    find, tokenizer = tools
    texts = sorted({positive for _, positive in pairs})
    look = Look(*find, texts)
    ids = [tokenizer.encode(text) for text in texts]
    place = {text: index for index, text in enumerate(texts)}
    found = []
    for (query, positive), close in zip(pairs, look.alike([query for query, _ in pairs], 30)):
        others = [index for index in close if index != place[positive]]
        picked = rng.sample(others, near) + [rng.randrange(len(texts)) for _ in range(far)]
        found.append((tokenizer.encode(query), [(ids[place[positive]], True), *((ids[index], False) for index in picked if index != place[positive])], source))
    return found


def told_facts(count: int, tokenizer: WordPiece, rng: random.Random) -> list[Group]:
    found = []
    for _ in range(count):
        fact = draw(rng)
        kin = [draw(rng, relation=None, keep=fact.slots) for _ in range(3)]
        others = [*kin, *(draw(rng) for _ in range(2))]
        if fact.relation.asked:
            other = draw(rng, relation=fact.relation)
            if other.key != fact.key:
                others.append(other)
        lines = [(tokenizer.encode(fact.statement), True), *((tokenizer.encode(one.statement), False) for one in others if one.relation is not fact.relation or one.key != fact.key)]
        found.append((tokenizer.encode(fact.question(rng)), lines, 'facts'))
    return found


def corpus_groups(corpus: Path, tools: Tools, rng: random.Random) -> list[Group]:
    by_source: dict[str, list[tuple[str, str]]] = {}
    for row in rows('pairs', given=str(corpus), share_alike=True):
        by_source.setdefault(row['source'], []).append((row['query'], row['positive']))
    groups = from_pairs(by_source['squad_nqg_test'], 'squad', tools, rng, near=5, far=2)
    trivia = [pair for pair in by_source['open_trivia_qa'] if len(pair[0]) < 140]
    groups += from_pairs(rng.sample(trivia, 15_000), 'trivia', tools, rng, near=1, far=4)
    return groups + told_facts(25_000, tools[1], rng)


def card_groups(cards: list[dict[str, Any]], tools: Tools, rng: random.Random) -> list[Group]:
    """Every question with what tells its answer (the fact, and what changed it), what only looks so, and what is near in meaning."""
    find, tokenizer = tools
    texts, owner = [], []
    for index, card in enumerate(cards):
        for text in (line_of(card['fact'], card.get('before', '')), card.get('changed', card['aside']), card['aside']):
            texts.append(text)
            owner.append(index)
    look, encoded, owners = Look(*find, texts), [tokenizer.encode(text) for text in texts], np.array(owner)
    asked = [(index, question, place) for index, card in enumerate(cards) for place, question in enumerate([*card['yes'], *card['no']])]
    groups = []
    for (index, question, place), close in zip(asked, look.alike([question for _, question, _ in asked], 24)):
        fact, changed, aside = (encoded[3 * index + part] for part in range(3))
        tells = place < len(cards[index]['yes'])
        lines = [(fact, tells)]
        if place == 0:
            lines += [(changed, 'changed' in cards[index]), (aside, False)]
        others = [other for other in close if owners[other] != index]
        lines += [(encoded[other], False) for other in rng.sample(others, 4)]
        lines += [(encoded[rng.randrange(len(encoded))], False) for _ in range(1)]
        groups.append((tokenizer.encode(question), lines, 'card yes' if tells else 'card no'))
    return groups


def near_groups(cards: list[dict[str, Any]], tokenizer: WordPiece, rng: random.Random) -> list[Group]:
    """A card's questions, each with every line of the card: what answers one only looks so for the others."""
    encode, groups = tokenizer.encode, []
    for card in cards:
        fact, changed, aside = encode(line_of(card['fact'], card.get('before', ''))), encode(card.get('changed', '')), encode(card['aside'])
        tells = [encode(line) for line in card.get('tells', [])]
        other = encode(rng.choice(cards)['fact'])
        for place, question in enumerate(card['yes']):
            lines = [(fact, True), (aside, False), (other, False), *((line, False) for line in tells)]
            groups.append((encode(question), [*lines, (changed, True)] if place == 0 and changed else lines, 'near yes'))
        for place, question in enumerate(card['no'][:len(tells)]):
            lines = [(line, index == place) for index, line in enumerate(tells)]
            groups.append((encode(question), [*lines, (fact, False), (aside, False), (other, False), *([(changed, False)] if changed else [])], 'near no'))
    return groups


def read_cards(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(folder.glob('*.jsonl')) for line in path.read_text(encoding='utf-8').splitlines()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('--corpus', type=Path, default=os.environ.get('ENGRAM_CORPUS', '../../shared/corpus'))
    options.add_argument('--cards', type=Path, default='train/reader_cards')
    options.add_argument('--embedder', type=Path, default='starter/embed-f16.gguf')
    options.add_argument('--work', type=Path, default='train/work/reader')
    options.add_argument('--only', choices=('corpus', 'cards'))
    given = options.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    words = np.load(given.work / 'words.npz')
    tools, rng = (load(given.embedder), WordPiece(json.loads(str(words['vocabulary'])))), random.Random(5)
    if given.only != 'cards':
        write(given.work / 'corpus.pickle', corpus_groups(Path(given.corpus), tools, rng))
    if given.only != 'corpus':
        cards = read_cards(given.cards)
        for name, some in (('held', [card for card in cards if is_held(card)]), ('', [card for card in cards if not is_held(card)])):
            write(given.work / f'near{name}.pickle', near_groups(some, tools[1], rng))
            write(given.work / f'cards{name}.pickle', card_groups(some, tools, rng))


def is_held(card: dict[str, Any]) -> bool:
    """One in fifteen, the same whatever else is written."""
    return zlib.crc32(card['fact'].encode()) % 15 == 0


def write(path: Path, groups: list[Group]) -> None:
    path.write_bytes(pickle.dumps(groups))
    print(path, len(groups), 'groups', sum(len(lines) for _, lines, _ in groups), 'lines', flush=True)


if __name__ == '__main__':
    main()
