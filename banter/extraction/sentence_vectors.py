"""A sentence as a vector: what means much the same lies close together, whatever the words.

The network is all-MiniLM-L6-v2 of the sentence-transformers project (Apache License 2.0, as this repository), made
small by `scripts/shrink_sentences.py`: weights of 8 bits, and only pieces of words in plain letters. It is read on
first use, runs in NumPy, and has learnt nothing here. A word that it does not know is put together from pieces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

STORED = Path(__file__).parent / "data" / "sentences.npz"
SIZE = 384
LAYERS = 6
HEADS = 12
#: Longer sentences are cut.
MOST_PIECES = 64
BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_INSIDE = "##"
_TOKENS = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_LONGEST_WORD = 40
#: Sentences at once.
_BATCH = 64


@dataclass(frozen=True, eq=False)
class Network:
    """`pieces` of words by their number; `weights` by name, those of 8 bits with their scales beside them."""

    pieces: Mapping[str, int]
    words: np.ndarray
    word_scale: np.ndarray
    weights: Mapping[str, np.ndarray]

    def numbers(self, text: str) -> list[int]:
        """The pieces of `text`, which is in lower case."""
        found: list[int] = []
        for token in _TOKENS.findall(text):
            found += self._cut(token)
        return [self.pieces[BEGIN], *found[: MOST_PIECES - 2], self.pieces[END]]

    def _cut(self, token: str) -> list[int]:
        """The longest piece first, then the longest of what is left."""
        found, at = [], 0
        while at < len(token) <= _LONGEST_WORD:
            begin = _INSIDE if at else ""
            end = next((n for n in range(len(token), at, -1) if begin + token[at:n] in self.pieces), None)
            if end is None:
                return [self.pieces[UNKNOWN]]
            found.append(self.pieces[begin + token[at:end]])
            at = end
        return found or [self.pieces[UNKNOWN]]

    def run(self, numbers: np.ndarray) -> np.ndarray:
        """Vectors of length 1 of sentences with as many pieces each: sentences x pieces to sentences x SIZE."""
        many, long = numbers.shape
        each = SIZE // HEADS
        x = self.words[numbers].astype(np.float32) * self.word_scale[numbers][..., None] + self.weights["places"][:long]
        x = self._normed(x, "begin")
        for layer in range(LAYERS):
            three = self._through(x, f"{layer} look").reshape(many, long, 3, HEADS, each).transpose(2, 0, 3, 1, 4)
            near = np.exp(_below_top(three[0] @ three[1].transpose(0, 1, 3, 2) / np.float32(each**0.5)))
            near /= near.sum(axis=-1, keepdims=True)
            seen = (near @ three[2]).transpose(0, 2, 1, 3).reshape(many, long, SIZE)
            x = self._normed(x + self._through(seen, f"{layer} seen"), f"{layer} seen")
            inner = _gelu(self._through(x, f"{layer} wide"))
            x = self._normed(x + self._through(inner, f"{layer} narrow"), f"{layer} narrow")
        mean = x.mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True))

    def _through(self, x: np.ndarray, name: str) -> np.ndarray:
        return np.asarray(x @ self.weights[f"{name} weights"] + self.weights[f"{name} bias"])

    def _normed(self, x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-12)
        return np.asarray(x * self.weights[f"{name} norm"] + self.weights[f"{name} norm bias"])


@lru_cache(maxsize=8192)
def vector(text: str) -> np.ndarray:
    """The vector, of length 1, of a sentence in lower case. Some ten milliseconds, the second time none."""
    network = _network()
    return np.asarray(network.run(np.array([network.numbers(text)]))[0])


@lru_cache(maxsize=8)
def vectors(texts: tuple[str, ...]) -> np.ndarray:
    """A row for each sentence; many at once take less time than one by one."""
    network = _network()
    found = np.zeros((len(texts), SIZE), dtype=np.float32)
    numbers = [network.numbers(text) for text in texts]
    for long in sorted({len(each) for each in numbers}):  # as many pieces each, so that none has to be filled up
        same = [at for at, each in enumerate(numbers) if len(each) == long]
        for start in range(0, len(same), _BATCH):
            part = same[start : start + _BATCH]
            found[part] = network.run(np.array([numbers[at] for at in part]))
    return found


@cache
def _network() -> Network:
    return load(STORED)


def load(path: Path) -> Network:
    """The network that `scripts/shrink_sentences.py` wrote: some 60 MB in memory, a quarter of a second."""
    with np.load(path) as stored:
        held = {name: stored[name] for name in stored.files}
    pieces = held.pop("pieces").tobytes().decode().split("\n")
    words, word_scale = held.pop("words"), held.pop("words scale")
    weights = {}
    for name, value in held.items():
        if not name.endswith(" scale"):
            scale = held.get(f"{name} scale")
            wide = value.astype(np.float32)
            weights[name] = wide if scale is None else np.ascontiguousarray((wide * scale[:, None]).T)
    return Network({piece: at for at, piece in enumerate(pieces)}, words, word_scale, weights)


def _below_top(x: np.ndarray) -> np.ndarray:
    return np.asarray(x - x.max(axis=-1, keepdims=True))


def _gelu(x: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))))
