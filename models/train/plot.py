"""Settings and curve of a training: runs/<name>.json, and the same as a picture."""
import json
import pathlib

RUNS = pathlib.Path(__file__).parent / "runs"


def curve(name: str, settings: dict, log: list[dict]) -> None:
    """`log`: rows with `minutes` and numbers; those between 0 and 1 are drawn together, the loss beside them."""
    RUNS.mkdir(exist_ok=True)
    (RUNS / f"{name}.json").write_text(json.dumps({"settings": settings, "curve": log}, indent=1, default=str) + "\n")
    rows = [row for row in log if row.get("loss") is not None]
    if len(rows) < 2:
        return
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.4))
    minutes = [row["minutes"] for row in rows]
    left.plot(minutes, [row["loss"] for row in rows], color="black")
    left.set(xlabel="minutes", ylabel="loss")
    for key in rows[-1]:
        values = [row.get(key) for row in rows]
        if key not in ("minutes", "step", "tokens", "loss", "lines") and all(isinstance(value, (int, float)) for value in values):
            right.plot(minutes, values, label=key)
    right.set(xlabel="minutes", ylabel="share right, held out", ylim=(0, 1))
    right.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(RUNS / f"{name}.png", dpi=70)
    pyplot.close(figure)
