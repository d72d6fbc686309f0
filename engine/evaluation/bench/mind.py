"""A language model that answers at once: `python -m …bench_mind PAUSE_S [--tell]`.

It prints its address and, with --tell, for each request when its first byte came and when the
first byte of the answer went, on the clock that all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

PIECES = ("It will rain today. ", "Take an umbrella.")
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


async def serve(pause_s: float, tells: bool) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await _exchange(reader, writer, pause_s, tells)
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=64 << 20)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    print(json.dumps({"url": url}), flush=True)
    async with server:
        await server.serve_forever()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause_s: float, tells: bool
) -> None:
    first = await reader.readexactly(1)
    came_s = time.perf_counter()
    head = (first + await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length:")[2].partition("\r\n")[0])
    await reader.readexactly(length)
    await asyncio.sleep(pause_s)
    answered_s = time.perf_counter()
    writer.write(HEAD)
    for piece in PIECES:
        writer.write(_event({"delta": {"content": piece}}))
    writer.write(_event({"delta": {}, "finish_reason": "stop"}))
    writer.write(_chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")
    await writer.drain()
    if tells:
        print(json.dumps({"came_s": came_s, "answered_s": answered_s}), flush=True)


def _event(choice: dict[str, object]) -> bytes:
    return _chunk(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())


def _chunk(payload: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(payload), payload)


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]), "--tell" in sys.argv))
