"""Trains the chat base.

    python3 -m train.train_chat --minutes 90                     # from models/; goes on where it was interrupted
    python3 -m train.train_chat --minutes 60 --from starter/chat-f16.gguf --out work/next.pt

Three stages: lines of random tokens, asked for by some of them, and random tokens repeated, until the right line is found
among eight (pointing); the mix with short blocks of remembered lines; then all of it, the learning rate falling over
the last 40 % of the time. The first teaches in minutes, and for any word at all, what the mix alone teaches in hours.
The loss is on what the assistant says; some batches are plain text, some repeat random tokens, so that every id has
been met.

Settings and curve go to runs/chat.json and runs/chat.png; the checkpoint is resumable and stays out of the repository.
"""
import argparse
import json
import pathlib
import random
import time
from typing import Iterator

import torch
import torch.nn.functional as F

from . import memory, mix, plot, pointing
from .export_chat import load_gguf
from .memory import Message
from .model import SHAPES, Llama
from .optimiser import Muon
from .together import Together
from .tokenizer import Tokenizer

HERE = pathlib.Path(__file__).parent
Encoded = tuple[list[int], list[int]]


def encode(tokenizer: Tokenizer, messages: list[Message]) -> Encoded:
    """Ids and, for each, 1 where it is to be learnt. Header and text are encoded apart, as the app does it."""
    ids, learn = [tokenizer.end_of_text], [0]
    newline = tokenizer.encode("\n")
    for role, text in messages:
        head = [tokenizer.im_start, *tokenizer.encode(f"{role}\n")]
        body = [*tokenizer.encode(text), tokenizer.im_end]
        ids += head + body + newline
        learn += [0] * len(head) + [int(role == "assistant")] * len(body) + [0] * len(newline)
    return ids, learn


def padded(batch: list[Encoded], device: torch.device) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """ids (batch, length), the flat positions whose next token is learnt, and those next tokens."""
    length = -(-max(len(ids) for ids, _ in batch) // 16) * 16
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    learn = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, (own, wanted) in enumerate(batch):
        ids[row, : len(own)] = torch.tensor(own)
        learn[row, : len(own) - 1] = torch.tensor(wanted[1:], dtype=torch.bool)
    positions = learn.view(-1).nonzero()[:, 0]
    targets = ids.roll(-1, 1).view(-1)[positions]
    return ids.to(device), positions.to(device), targets.to(device)


def batches(draw, budget: int, longest: int) -> Iterator[list[Encoded]]:
    """Batches of about `budget` tokens, of samples of like length. `draw` makes one encoded sample."""
    rng = random.Random(0)
    while True:
        pool = sorted((draw() for _ in range(800)), key=lambda sample: len(sample[0]))
        made, current = [], []
        for sample in pool:
            if len(sample[0]) > longest:
                continue
            if current and len(sample[0]) * (len(current) + 1) > budget:
                made.append(current)
                current = []
            current.append(sample)
        rng.shuffle(made)
        yield from made


BLOCKS = (3, 5, 8)
"""Remembered lines in a block at most: the next as soon as the last is answered well, or half the time is over."""
MASTERED = 0.75


class Data:
    """Endless batches, by how far the training is (0 to 1)."""

    def __init__(self, tokenizer: Tokenizer, seed: int, budget: int):
        self.tokenizer, self.budget, self.progress = tokenizer, budget, 0.0
        self.rng = random.Random(seed)
        self.talk = batches(lambda: encode(tokenizer, mix.sample(self.rng, self.longest_block)), budget, 1_024)
        self.long = batches(self._long, budget, 2_048)
        self.text = batches(self._text, budget, 1_024)
        self.pointers = batches(lambda: pointing.sample(tokenizer, self.rng, self.most_lines, copied=0.3 if self.most_lines > 3 else 0), budget, 1_024)
        self.most_lines = 3
        self.longest_block = BLOCKS[0]

    def _long(self) -> Encoded:
        return encode(self.tokenizer, mix.long_sample(self.rng, self.rng.randint(4, 9)))

    def _text(self) -> Encoded:
        ids = [self.tokenizer.end_of_text, *self.tokenizer.encode(mix.passage(self.rng))]
        return ids, [0] + [1] * (len(ids) - 1)

    def repeated(self, shortest: int = 8, longest: int = 40) -> list[Encoded]:
        """Random tokens twice over; the second time they can be foretold."""
        length = self.rng.randint(shortest, longest)
        last = len(self.tokenizer.vocab) - 3
        rows = []
        for _ in range(self.budget // (2 * length)):
            half = [self.rng.randrange(1, last) for _ in range(length)]
            rows.append((half + half, [0] * (length + 1) + [1] * (length - 1)))
        return rows

    def pointing(self) -> list[Encoded]:
        return next(self.pointers)

    def next(self) -> list[Encoded]:
        at = self.rng.random()
        if at < 0.03:
            return self.repeated()
        if at < (0.18 if self.progress < 0.25 else 0.08):
            return self.pointing()
        if at > 0.97:
            return next(self.text)
        if at > 0.88 and self.progress > 0.7:
            return next(self.long)
        return next(self.talk)


KINDS = ("unseenNames", "unseenTemplates", "notThere", "newer")


@torch.no_grad()
def exact(model: Llama, tokenizer: Tokenizer, device: torch.device, count: int = 120, kinds: tuple[str, ...] = KINDS, most: int = 8) -> dict[str, float]:
    """Share of held-out cases whose whole answer is foretold token by token, which is greedy decoding's exact match."""
    found = {}
    for kind in kinds:
        rng = random.Random(99)
        hits = []
        for _ in range(count // 20):
            cases = [memory.case(rng, kind, most) for _ in range(20)]
            encoded = []
            for case in cases:
                said = [(message["role"], message["text"]) for message in case["messages"]]
                encoded.append(encode(tokenizer, [*said, ("assistant", case["expect"])]))
            ids, positions, targets = padded(encoded, device)
            right = model(ids, positions).argmax(-1) == targets
            row = positions // ids.shape[1]
            hits += [bool(right[row == index].all()) for index in range(20)]
        found[kind] = round(sum(hits) / len(hits), 3)
    return found


def learning_rate(step: int, progress: float) -> float:
    return min(1.0, (step + 1) / 50) * min(1.0, (1 - progress) / 0.4 + 0.02)


def backward(model: Llama, batch: list[Encoded], device: torch.device) -> tuple[float, float, int]:
    """Loss, share of the tokens foretold, tokens read."""
    ids, positions, targets = padded(batch, device)
    logits = model(ids, positions)
    loss = F.cross_entropy(logits, targets)
    loss.backward()
    return loss.item(), (logits.argmax(-1) == targets).float().mean().item(), ids.numel()


def first_stage(model: Llama, optimiser: Muon, data: Data, device: torch.device, together: Together, steps: int) -> None:
    """At most `steps` steps, fewer where eight lines are told apart before. Copying joins once three are."""
    lately = 0.0
    for step in range(steps):
        copies = data.most_lines > 3 and step % 4 == 3
        loss, right, _ = backward(model, data.repeated(8, 32) if copies else data.pointing(), device)
        (right,) = together.average(model, [right])
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step(min(1.0, (step + 1) / 50))
        if together.first and step % 50 == 0:
            print(f"{step + 1}, {'copies' if copies else f'to {data.most_lines} lines'}: loss {loss:.2f}, right {right:.2f}, lately {lately:.2f}", flush=True)
        if copies:
            continue
        lately = 0.95 * lately + 0.05 * right
        if lately > 0.93:
            if data.most_lines == 8:
                return
            # More lines as soon as these are mastered.
            data.most_lines, lately = data.most_lines + 1, 0.5
            if together.first:
                print(f"{step + 1}: up to {data.most_lines} lines", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", default="4m", choices=list(SHAPES))
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "work" / "chat.pt")
    parser.add_argument("--from", dest="start", type=pathlib.Path, help="a GGUF of an earlier training to go on from")
    parser.add_argument("--tokens", type=int, default=4_096, help="a step, of each process")
    parser.add_argument("--pointing", type=int, default=1_500, help="steps of the first stage at most")
    parser.add_argument("--rate", type=float, default=0.005, help="of the matrices; twice that for the embedding")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="one for each core; leave the threads at one then")
    given = parser.parse_args()

    together = Together(given.processes)
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = Tokenizer()
    shape = SHAPES[given.shape]
    shape.vocab = len(tokenizer.vocab)
    model = Llama(shape)
    model.look_back()
    model.find_alike()
    model = model.to(device)
    optimiser = Muon(model, given.rate, 2 * given.rate)
    data = Data(tokenizer, given.seed + 1_000 * together.rank, given.tokens)
    given.out.parent.mkdir(exist_ok=True)

    log: list[dict] = []
    step, spent, seen = 0, 0.0, 0
    if given.out.exists():
        saved = torch.load(given.out, map_location=device)
        model.load_state_dict(saved["model"])
        optimiser.restore(saved["optimiser"])
        log, step, spent, seen = saved["log"], saved["step"], saved["spent"], saved["seen"]
        data.longest_block = saved.get("block", data.longest_block)
        data.rng.seed(f"{given.seed}-{together.rank}-{step}")
        print(f"goes on from step {step}", flush=True)
    elif given.start:
        load_gguf(model, given.start)
        data.longest_block = 8
    else:
        first_stage(model, optimiser, data, device, together, given.pointing)
    data.most_lines = 8
    if together.first:
        print(f"{given.shape}: {sum(p.numel() for p in model.parameters()) / 1e6:.2f} million parameters on {device}", flush=True)

    last, average, saved_at = time.time(), None, -1e9
    started, begun = last, seen
    progress = min(1.0, spent / 60 / given.minutes)
    while True:
        data.progress = progress
        if together.first and (spent - saved_at > 240 or progress >= 1):
            saved_at = spent
            row = {"minutes": round(spent / 60, 1), "step": step, "tokens": seen, "loss": average, **exact(model, tokenizer, device, 300 if progress >= 1 else 120)}
            own = exact(model, tokenizer, device, 80, ("unseenNames",), data.longest_block)["unseenNames"]
            row |= {"lines": data.longest_block, "atThese": own}
            if data.longest_block < 8 and (own >= MASTERED or progress > 0.5):
                data.longest_block = BLOCKS[BLOCKS.index(data.longest_block) + 1]
            log.append(row)
            print(json.dumps(row), flush=True)
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state(), "log": log, "step": step, "spent": spent, "seen": seen, "block": data.longest_block, "shape": given.shape}, given.out)
            plot.curve("chat", {**vars(given), "out": None, "start": str(given.start or ""), "parameters": sum(p.numel() for p in model.parameters())}, log)
            last = time.time()
        if progress >= 1:
            break
        loss, _, read = backward(model, data.next(), device)
        now = time.time()
        spent, last = spent + now - last, now
        progress, block = together.average(model, [min(1.0, spent / 60 / given.minutes), data.longest_block])
        data.longest_block = int(block)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step(learning_rate(step, progress))
        step, seen = step + 1, seen + read * together.size
        average = loss if average is None else 0.98 * average + 0.02 * loss
        if together.first and step % 100 == 0:
            print(f"{step}: loss {average:.3f}, {(seen - begun) / max(time.time() - started, 1):.0f} tokens a second", flush=True)


if __name__ == "__main__":
    main()
