"""Puts trained files into the catalogue that the app reads: names, sizes, sums, prompts, and the phrases of the voices.

    python3 -m train.publish --models .            # from models/; reads ./starter/*.gguf, writes ./catalogue.json

What the catalogue says about trust (memoryLines, trust.*) is a judgement on what `npm run bench -- starter` measured: it is
given here by hand, and why stands in main/models/catalogue.ts.
"""
import argparse
import hashlib
import json
import pathlib

from . import phrases, voices
from .train_persona import PERSONAS


def described(models: pathlib.Path, file: str) -> dict:
    data = (models / file).read_bytes()
    return {"file": file, "sha256": hashlib.sha256(data).hexdigest(), "sizeBytes": len(data)}


def set_phrases(persona: str) -> dict[str, list[str]]:
    """What a voice puts around a sentence that answers, and what it says of its own; the app knows these to state nothing."""
    parts = voices.lines(persona)
    around = {form.replace(slot, "…") for name in ("open", "end", "plain", "echo") for form in parts[name] for slot in ("{s!}", "{s}", "{S}", "{e}", "{E}") if slot in form}
    return {"around": sorted(around), "refusing": parts["refuse"] + parts["unknown"], "noting": parts["noted"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1])
    parser.add_argument("--window", type=int, default=2_048, help="tokens the chat base was trained to")
    parser.add_argument("--lines", type=int, default=8, help="remembered lines it is given at most")
    parser.add_argument("--history", type=int, default=6, help="earlier turns it can follow")
    parser.add_argument("--weighs", action="store_true")
    parser.add_argument("--picks-newer", action="store_true")
    parser.add_argument("--general", action="store_true")
    given = parser.parse_args()

    file = given.models / "catalogue.json"
    catalogue = json.loads(file.read_text())
    chat = next(model for model in catalogue["models"] if model["role"] == "chat")
    chat |= described(given.models, "starter/chat-f16.gguf") | {
        "trainedWindowTokens": given.window,
        "prompt": {
            "instructions": phrases.SYSTEM,
            "memoryLines": given.lines,
            "titleInstructions": phrases.TITLE_SYSTEM,
            "temperature": 0,
            "historyTurns": given.history,
            "trust": {"weighs": given.weighs, "picksNewer": given.picks_newer, "general": given.general},
        },
    }
    embedder = next(model for model in catalogue["models"] if model["role"] == "embedder")
    embedder |= described(given.models, embedder["file"])
    reader = next(model for model in catalogue["models"] if model["role"] == "reranker")
    reader |= described(given.models, reader["file"])
    catalogue["models"] = [chat, embedder, reader]
    catalogue["adapters"] = []
    for persona in PERSONAS:
        said = f"starter/phrases-{persona}.json"
        (given.models / said).write_text(json.dumps(set_phrases(persona), ensure_ascii=False, indent=1) + "\n")
        entry = {"name": persona.capitalize(), **described(given.models, f"starter/persona-{persona}.gguf"), "baseSha256": chat["sha256"], "phrases": said}
        catalogue["adapters"].append(entry)
    file.write_text(json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n")
    print(f"{file}: {len(catalogue['models'])} models, {len(catalogue['adapters'])} adapters")


if __name__ == "__main__":
    main()
