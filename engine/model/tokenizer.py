"""Text <-> tokens: BPE over words with a leading space mark, bytes for whatever it lacks.

The first ids are control tokens, which no text can produce: they switch between the output
streams of a micro-turn and end it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer as _Bpe
from tokenizers import decoders, models, pre_tokenizers, trainers

QUIET, SPEAK, SAY, ACT, END = range(5)
ADDRESSED = END  # among what the user types: on this micro-turn the key to talk is held
CONTROLS = ("<quiet>", "<speak>", "<say>", "<act>", "<end>")


class Tokenizer:
    """A trained vocabulary; `encode` never yields a control token, whatever the text."""

    def __init__(self, bpe: _Bpe) -> None:
        self._bpe = bpe
        self._bpe.encode_special_tokens = True

    def __len__(self) -> int:
        return int(self._bpe.get_vocab_size())

    def encode(self, text: str) -> list[int]:
        return list(self._bpe.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Sequence[int]) -> str:
        kept = [i for i in ids if i >= len(CONTROLS)]
        return str(self._bpe.decode(kept, skip_special_tokens=False)).strip()

    def starts_word(self, token: int) -> bool:
        """Whether a token opens a new word."""
        piece = self._bpe.id_to_token(token)
        return piece is not None and piece.startswith("▁")

    def save(self, path: Path) -> None:
        self._bpe.save(str(path))

    @staticmethod
    def load(path: Path) -> Tokenizer:
        """Raises ValueError, or the library's bare Exception, when the file is no such thing."""
        bpe = _Bpe.from_file(str(path))
        if [bpe.id_to_token(number) for number in range(len(CONTROLS))] != list(CONTROLS):
            raise ValueError("it does not begin with the control tokens of a micro-turn")
        return Tokenizer(bpe)

    @staticmethod
    def train(texts: Iterable[str], size: int) -> Tokenizer:
        """Learn `size` tokens, 256 bytes and the control tokens among them, from `texts`."""
        bpe = _Bpe(models.BPE(byte_fallback=True, unk_token=None))
        bpe.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
        bpe.decoder = decoders.Sequence(
            [decoders.ByteFallback(), decoders.Metaspace(prepend_scheme="always")]
        )
        byte_tokens = [f"<0x{value:02X}>" for value in range(256)]
        trainer = trainers.BpeTrainer(
            vocab_size=size, special_tokens=[*CONTROLS, *byte_tokens], show_progress=False
        )
        bpe.train_from_iterator(texts, trainer)
        return Tokenizer(bpe)
