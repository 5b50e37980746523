"""Writes the evaluation cases: `python3 -m train.cases --out ../bench/starter/cases`.

All of them use phrasings, words and names that are kept out of training. The same seed writes the same files.
"""
from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import Any, Callable

from . import choice, general, memory, rewrite, talk, titles, tools
from .phrases import SYSTEM, Message


def written(ability: str, messages: list[Message], accepted: list[str], mark: int | None = None, value: str | None = None) -> dict[str, Any]:
    """A case as the bench reads it; the first of the accepted answers is the expected one."""
    case: dict[str, Any] = {"ability": ability, "messages": [{"role": role, "text": text} for role, text in messages], "expect": accepted[0]}
    if len(accepted) > 1:
        case["accept"] = accepted[1:]
    return case | {"mark": mark, "value": value}


def _last(ability: str, messages: list[Message]) -> dict[str, Any]:
    mark = re.match(r"\[(\d+)\] ", messages[-1][1])
    return written(ability, messages[:-1], [messages[-1][1]], int(mark.group(1)) if mark else None)


def talk_case(rng: random.Random, ability: str = "talk") -> dict[str, Any]:
    return written(ability, *talk.case(rng))


def general_case(rng: random.Random) -> dict[str, Any]:
    said, answer = general.exchange(rng, True)
    refusals = [other for other in general.REFUSALS if other != answer] if answer in general.REFUSALS else []
    return written("general.notKnown" if refusals else "general", [("system", SYSTEM), ("user", said)], [answer] + refusals)


def tool_case(rng: random.Random) -> dict[str, Any]:
    messages, ability = tools.case(rng)
    return written(ability, messages[:-1], tools.accepted(messages[-1][1]))


def choice_case(rng: random.Random) -> dict[str, Any]:
    letter = rng.random() < 0.5
    return _last("choice.letter" if letter else "choice.yesNo", (choice.letter if letter else choice.yes_no)(rng, True))


def persona_case(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.5:
        return talk_case(rng, "persona.talk")
    case = memory.case(rng, "unseenNames")
    return {"ability": "persona.grounded", "messages": case["messages"], "expect": case["expect"], "mark": case["mark"], "value": case["value"]}


def grounded_case(rng: random.Random) -> dict[str, Any]:
    kind = rng.choices(("unseenNames", "unseenTemplates", "notThere", "newer"), (3, 3, 2, 2))[0]
    case = memory.case(rng, kind)
    return {"ability": f"grounded.{kind}" if kind.startswith("unseen") else kind} | {key: case[key] for key in ("messages", "expect", "mark", "value", "said")}


FILES: dict[str, tuple[int, Callable[[random.Random], dict[str, Any]]]] = {
    "grounded": (1_000, grounded_case),
    "talk": (200, talk_case),
    "general": (200, general_case),
    "title": (200, lambda rng: _last("title", titles.sample(rng, True))),
    "tool": (200, tool_case),
    "rewrite": (200, lambda rng: _last("rewrite", rewrite.sample(rng, True))),
    "choice": (200, choice_case),
    "persona": (400, persona_case),
}


def cases(name: str, seed: int) -> list[dict[str, Any]]:
    """The cases of one file, no message sequence twice; of the persona's, half are of either kind."""
    count, make = FILES[name]
    rng = random.Random(f"{seed} {name}")
    found: dict[str, dict[str, Any]] = {}
    by_ability: dict[str, int] = {}
    while len(found) < count:
        case = make(rng)
        ability = case["ability"]
        key = json.dumps(case["messages"])
        if key in found or (name == "persona" and by_ability.get(ability, 0) >= count // 2):
            continue
        by_ability[ability] = by_ability.get(ability, 0) + 1
        found[key] = case
    return list(found.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default=str(Path(__file__).resolve().parents[2] / "bench/starter/cases"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        lines = [json.dumps(case, ensure_ascii=False) for case in cases(name, given.seed)]
        (out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(lines)}")
    openings = (Path(__file__).parent / "talk_openings.txt").read_text(encoding="utf-8").splitlines()
    written_out = [json.dumps(written("smallTalk", [("system", SYSTEM), ("user", said)], [""]), ensure_ascii=False) for said in openings if said]
    (out / "smallTalk.jsonl").write_text("\n".join(written_out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
