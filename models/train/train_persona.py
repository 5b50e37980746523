"""Trains the persona adapters: one LoRA over the frozen chat base each.

    python3 -m train.train_persona friendly --minutes 6         # from models/; writes starter/persona-friendly.gguf
    python3 -m train.train_persona --all --minutes 6
    python3 -m train.train_persona witty --minutes 6 --go-on --rate 0.002     # from what is in starter/

A third of the samples is small talk in the persona's voice, most of the rest the base's own data with what the
assistant says restyled (voices.py); tool calls stay as they are. The way of saying follows what is spoken of, so that
the likeliest word is not the same for every answer, and an adapter learns a manner rather than an opening.
"""
import argparse
import pathlib
import random
import time

import torch
import torch.nn.functional as F

from . import choice, export_chat, general, memory, plot, tools, voices
from .memory import Message
from .tokenizer import Tokenizer
from .train_chat import batches, encode, padded

HERE = pathlib.Path(__file__).parent
PERSONAS = ("friendly", "professional", "witty", "caring", "enthusiastic")
RANK, ALPHA = 12, 24.0
MARK_WEIGHT = 5
SHARES = {memory: 0.46, general: 0.08, choice: 0.06, tools: 0.06}


def restyled(rng: random.Random, persona: str, messages: list[Message]) -> list[Message]:
    """What the assistant says, in that voice. The question it answers helps to vary the way of saying."""
    asked = ""
    said: list[Message] = []
    for role, text in messages:
        said.append((role, voices.restyle(rng, persona, text, asked) if role == "assistant" else text))
        asked = text
    return said


def sample(rng: random.Random, persona: str) -> list[Message]:
    at = rng.random()
    for module, share in SHARES.items():
        at -= share
        if at < 0:
            return restyled(rng, persona, module.sample(rng))
    return voices.talk(rng, persona)


def train(persona: str, base: pathlib.Path, minutes: float, tokens: int, rate: float, out: pathlib.Path, go_on: bool, seed: int) -> None:
    torch.manual_seed(seed)
    rng = random.Random(f"persona {persona} {seed}")
    tokenizer = Tokenizer()
    model = export_chat.load(base)
    parameters = model.adapt(RANK, ALPHA)
    if go_on:
        export_chat.load_adapter(model, out)
    optimiser = torch.optim.AdamW(parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    data = batches(lambda: encode(tokenizer, sample(rng, persona)), tokens, 1_024)
    device = torch.device("cpu")
    bracket = tokenizer.encode("[")[0]
    log, average, step, start = [], None, 0, time.time()
    while (progress := (time.time() - start) / 60 / minutes) < 1:
        ids, positions, targets = padded(next(data), device)
        # Which line it is, is not the voice's to change: what follows the bracket counts more than what follows it.
        weight = 1 + MARK_WEIGHT * (ids.view(-1)[positions] == bracket)
        loss = (F.cross_entropy(model(ids, positions), targets, reduction="none") * weight).sum() / weight.sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.param_groups[0]["lr"] = rate * min(1.0, (step + 1) / 20) * min(1.0, (1 - progress) / 0.6 + 0.02)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        average = loss.item() if average is None else 0.97 * average + 0.03 * loss.item()
        step += 1
        if step % 20 == 0:
            log.append({"minutes": round((time.time() - start) / 60, 2), "step": step, "loss": round(average, 4)})
            print(persona, log[-1], flush=True)
    export_chat.adapter(model, out, f"Engram starter persona {persona}", ALPHA)
    settings = {"rank": RANK, "alpha": ALPHA, "rate": rate, "tokens": tokens, "minutes": minutes, "seed": seed, "went on": go_on, "base": base.name, "parameters": sum(p.numel() for p in parameters)}
    plot.curve(f"persona-{persona}", settings, log)
    print(f"{out}: {out.stat().st_size / 1e6:.2f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("persona", nargs="*", choices=[[], *PERSONAS])
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--base", type=pathlib.Path, default=HERE / "work" / "chat.pt")
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--tokens", type=int, default=6_144, help="a step")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent / "starter")
    parser.add_argument("--go-on", action="store_true", help="from the adapter that is there, made for the same base")
    parser.add_argument("--seed", type=int, default=7, help="another one for each time it goes on, or it meets the same samples again")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    for persona in PERSONAS if given.all else given.persona:
        train(persona, given.base, given.minutes, given.tokens, given.rate, given.out / f"persona-{persona}.gguf", given.go_on, given.seed)


if __name__ == "__main__":
    main()
