"""A real llama.cpp server with weights made here: `python -m tests.llama_server FOLDER`.

The model is a llama of two layers with random weights and a vocabulary of bytes and a few words:
it proves the protocol, not the wit. The address is printed; the server ends with its input.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gguf
import numpy as np
import xllamacpp

WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128
WORDS = "▁ ▁yes ▁no ▁it ▁rains ▁today . , a b c d e".split(" ")
TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"
    "assistant:"
)


def write(path: Path) -> None:
    """A llama in GGUF, 0.2 million parameters."""
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(16_384)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    _weights(writer, _vocabulary(writer))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary(writer: gguf.GGUFWriter) -> int:
    kind = gguf.TokenType
    tokens = [("<unk>", kind.UNKNOWN), ("<s>", kind.CONTROL), ("</s>", kind.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", kind.BYTE) for byte in range(256)]
    tokens += [(word, kind.NORMAL) for word in WORDS]
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text for text, _ in tokens])
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([which for _, which in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)
    return len(tokens)


def _weights(writer: gguf.GGUFWriter, vocabulary: int) -> None:
    rng = np.random.default_rng(0)

    def random(name: str, *shape: int) -> None:
        weights = rng.standard_normal(shape, np.float32) * np.float32(0.02)
        writer.add_tensor(f"{name}.weight", weights)

    def ones(name: str) -> None:
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))

    random("token_embd", vocabulary, WIDTH)
    ones("output_norm")
    random("output", vocabulary, WIDTH)
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            ones(f"blk.{layer}.{name}")
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            random(f"blk.{layer}.{name}", WIDTH, WIDTH)
        random(f"blk.{layer}.ffn_gate", INNER, WIDTH)
        random(f"blk.{layer}.ffn_up", INNER, WIDTH)
        random(f"blk.{layer}.ffn_down", WIDTH, INNER)


def serve(folder: Path) -> None:
    model = folder / "tiny.gguf"
    write(model)
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(model)
    wanted.n_ctx, wanted.n_parallel, wanted.n_predict = 16_384, 2, 24
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.port, wanted.warmup, wanted.use_jinja = 0, False, True
    server = xllamacpp.Server(wanted)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
