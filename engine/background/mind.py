"""The mind: a language model behind any endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any, Protocol

import httpx2

from engine.background.answer import Assembly, Finished, Piece
from engine.background.endpoint import Endpoint, Senses
from engine.background.faults import Fault, MindError
from engine.background.phrase import later, phrase
from engine.background.refusal import refusal
from engine.background.sse import DONE, EventStream, TooLong
from engine.microturn import Json

Pieces = AsyncGenerator[Piece, None]
ATTEMPTS = 4
PATIENCE_S = 30.0
MAX_WHOLE_ANSWER = 8 << 20
MAX_CONNECTIONS = 128
DRAIN_S = 1.0
ENDLESS = later("{name} sent an answer without an end.")


class Mind(Protocol):
    """What the agent needs of a language model."""

    @property
    def endpoint(self) -> Endpoint: ...

    def answer(self, messages: Sequence[Json], tools: Sequence[Json] = ()) -> Pieces: ...

    async def transcribe(self, wav: bytes) -> str: ...

    def narrow(self, senses: Senses) -> None: ...

    async def close(self) -> None: ...


class OpenAiMind:
    """One pool of connections; any number of answers at once. For one asyncio loop."""

    def __init__(
        self,
        endpoint: Endpoint,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.endpoint = endpoint
        self._sleep = sleep
        self._client = _client(endpoint)

    async def answer(self, messages: Sequence[Json], tools: Sequence[Json] = ()) -> Pieces:
        """Pieces as they come. Raises MindError.

        It tries again only while nothing has come yet, and only where the server asked for it
        or broke; closing the iterator closes the connection, which stops the server's work.
        """
        body = _body(self.endpoint.model, messages, tools)
        for attempt in range(ATTEMPTS):
            begun = False
            try:
                async with aclosing(self._once(body)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
                return
            except MindError as error:
                wait_s = error.retry_s
                last = attempt == ATTEMPTS - 1
                if begun or last or wait_s is None or wait_s > PATIENCE_S:
                    raise
            await self._sleep(max(wait_s, 0.5 * 2**attempt) * random.uniform(1.0, 1.1))

    async def transcribe(self, wav: bytes) -> str:
        """What was said in a WAV file. Raises MindError."""
        endpoint = self.endpoint
        try:
            async with asyncio.timeout(endpoint.first_byte_s):
                response = await self._client.post(
                    endpoint.url + "/audio/transcriptions",
                    data={"model": endpoint.transcriber, "response_format": "json"},
                    files={"file": ("request.wav", wav, "audio/wav")},
                )
        except TimeoutError:
            raise self._stalled(endpoint.first_byte_s) from None
        except httpx2.HTTPError as error:
            raise self._broken(error) from None
        if response.status_code != 200:
            raise refusal(endpoint, response.status_code, response.headers, response.content)
        try:
            return str(response.json()["text"]).strip()
        except (ValueError, TypeError, KeyError):
            message = phrase("{name} sent something that is no transcript.", name=endpoint.name)
            raise MindError(Fault.GARBLED, message) from None

    def narrow(self, senses: Senses) -> None:
        """It has turned out that it takes no more than this; another task may know of less."""
        now = self.endpoint.senses
        both = Senses(
            now.hears and senses.hears, now.sees and senses.sees, now.acts and senses.acts
        )
        self.endpoint = replace(self.endpoint, senses=both)

    async def close(self) -> None:
        await self._client.aclose()

    async def _once(self, body: dict[str, Any]) -> Pieces:
        request = self._client.build_request(
            "POST", self.endpoint.url + "/chat/completions", json=body
        )
        response = await self._opened(request)
        try:
            if response.status_code != 200:
                content = await self._whole(response)
                raise refusal(self.endpoint, response.status_code, response.headers, content)
            streams = "json" not in response.headers.get("content-type", "")
            read = self._stream if streams else self._message
            async with aclosing(read(response)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            await response.aclose()

    async def _opened(self, request: httpx2.Request) -> httpx2.Response:
        limit_s = self.endpoint.first_byte_s
        try:
            async with asyncio.timeout(limit_s):
                return await self._client.send(request, stream=True)
        except TimeoutError:
            raise self._stalled(limit_s) from None
        except httpx2.HTTPError as error:
            raise self._broken(error) from None

    async def _stream(self, response: httpx2.Response) -> Pieces:
        assembly = Assembly()
        async with aclosing(self._payloads(response)) as payloads:
            async for payload in payloads:
                for piece in assembly.take(payload):
                    yield piece
        if not assembly.finished:
            raise self._cut()

    async def _payloads(self, response: httpx2.Response) -> AsyncGenerator[str, None]:
        events = EventStream()
        async with aclosing(self._received(response)) as received:
            async for some in received:
                for payload in self._fed(events, some):
                    yield payload
                    if payload == DONE:
                        await self._drain(received)
                        return
        for payload in events.finish():
            yield payload

    def _fed(self, events: EventStream, some: bytes) -> list[str]:
        try:
            return events.feed(some)
        except TooLong:
            raise MindError(Fault.GARBLED, phrase(ENDLESS, name=self.endpoint.name)) from None

    async def _drain(self, received: AsyncGenerator[bytes, None]) -> None:
        """Reads to the end of a stream that is over, so that its connection can be used again;
        a server that does not end it loses its connection."""
        with suppress(TimeoutError, MindError):
            async with asyncio.timeout(DRAIN_S):
                async for _ in received:
                    pass

    async def _message(self, response: httpx2.Response) -> Pieces:
        """A server that does not stream sends one whole message."""
        assembly = Assembly()
        for piece in assembly.take((await self._whole(response)).decode("utf-8", "replace")):
            yield piece
        if not assembly.finished:
            yield Finished("stop")

    async def _whole(self, response: httpx2.Response) -> bytes:
        content = b""
        async with aclosing(self._received(response)) as received:
            async for some in received:
                content += some
                if len(content) > MAX_WHOLE_ANSWER:
                    raise MindError(Fault.GARBLED, phrase(ENDLESS, name=self.endpoint.name))
        return content

    async def _received(self, response: httpx2.Response) -> AsyncGenerator[bytes, None]:
        """Bytes as they come. Raises MindError when none come for too long or no more can."""
        parts = response.aiter_bytes()
        limit_s = self.endpoint.first_byte_s
        while True:
            try:
                async with asyncio.timeout(limit_s):
                    some = await anext(parts)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise self._stalled(limit_s) from None
            except httpx2.HTTPError as error:
                raise self._broken(error) from None
            yield some
            limit_s = self.endpoint.silence_s

    def _stalled(self, limit_s: float) -> MindError:
        message = phrase("{name} has sent nothing for {seconds} seconds; I gave up.",
                         name=self.endpoint.name, seconds=f"{limit_s:g}")  # fmt: skip
        return MindError(Fault.STALLED, message)

    def _cut(self) -> MindError:
        message = phrase("{name} broke off in the middle of its answer.", name=self.endpoint.name)
        return MindError(Fault.CUT, message)

    def _broken(self, error: httpx2.HTTPError) -> MindError:
        name = self.endpoint.name
        if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
            message = phrase("Nothing answers at {name}; is the language model running?", name=name)
            return MindError(Fault.UNREACHABLE, message, detail=str(error))
        if isinstance(error, httpx2.TimeoutException):
            slow = phrase("{name} took too long to take my question.", name=name)
            return MindError(Fault.STALLED, slow)
        return self._cut()


def _body(model: str, messages: Sequence[Json], tools: Sequence[Json]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "messages": list(messages),
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if tools:
        body["tools"] = list(tools)
    return body


def _client(endpoint: Endpoint) -> httpx2.AsyncClient:
    """Redirects are not followed: a key goes where the user said, and nowhere else. Proxies of
    the environment are for other machines; what is local stays local."""
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    return httpx2.AsyncClient(
        headers=headers,
        timeout=httpx2.Timeout(None, connect=endpoint.connect_s, write=30.0),
        limits=httpx2.Limits(max_connections=MAX_CONNECTIONS),
        trust_env=not endpoint.local,
        follow_redirects=False,
    )
