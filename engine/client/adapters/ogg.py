"""Ogg pages, as far as one stream of Opus needs them.

Source: RFC 3533 (pages, lacing, checksum) and RFC 7845 (Opus in Ogg). Bytes may come cut anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"OggS"
HEADER = struct.Struct("<4sBBqIIIB")
CONTINUED, FIRST = 1, 2
MAX_PENDING = 1 << 20


def _table() -> list[int]:
    table = []
    for value in range(256):
        register = value << 24
        for _ in range(8):
            register = (register << 1) ^ (0x04C11DB7 if register & 0x80000000 else 0)
        table.append(register & 0xFFFFFFFF)
    return table


_CRC = _table()


def checksum(page: bytes) -> int:
    register = 0
    for byte in page:
        register = ((register << 8) & 0xFFFFFFFF) ^ _CRC[(register >> 24) ^ byte]
    return register


class PageWriter:
    """Packets to pages, one page a packet, so that nothing waits."""

    def __init__(self, serial: int = 1) -> None:
        self._serial = serial
        self._sequence = 0

    def page(self, packet: bytes, granule: int) -> bytes:
        """granule: the position at the packet's end, in samples at 48 kHz."""
        full, rest = divmod(len(packet), 255)
        lacing = bytes([255] * full + [rest])
        kind = 0 if self._sequence else FIRST
        head = (MAGIC, 0, kind, granule, self._serial, self._sequence)
        self._sequence += 1
        page = HEADER.pack(*head, 0, len(lacing)) + lacing + packet
        return page[:22] + struct.pack("<I", checksum(page)) + page[26:]


class PageReader:
    """Bytes to packets. What is no page, or a damaged one, is passed over."""

    def __init__(self) -> None:
        self._pending = b""
        self._packet: bytes | None = b""

    def give(self, data: bytes) -> Iterator[bytes]:
        """The packets that are complete with this."""
        self._pending = (self._pending + data)[-MAX_PENDING:]
        while (page := self._next()) is not None:
            yield from self._packets(page)

    def _next(self) -> bytes | None:
        while True:
            start = self._pending.find(MAGIC)
            if start < 0:
                self._pending = self._pending[-len(MAGIC) + 1 :]
                return None
            self._pending = self._pending[start:]
            size = self._size()
            if size is None or len(self._pending) < size:
                return None
            page = self._pending[:size]
            if checksum(page[:22] + bytes(4) + page[26:]) == struct.unpack("<I", page[22:26])[0]:
                self._pending = self._pending[size:]
                return page
            self._pending = self._pending[len(MAGIC) :]

    def _size(self) -> int | None:
        if len(self._pending) < HEADER.size:
            return None
        segments = self._pending[HEADER.size - 1]
        lacing = self._pending[HEADER.size : HEADER.size + segments]
        return HEADER.size + segments + sum(lacing) if len(lacing) == segments else None

    def _packets(self, page: bytes) -> Iterator[bytes]:
        segments = page[HEADER.size - 1]
        body = HEADER.size + segments
        if not page[5] & CONTINUED:
            self._packet = b""
        for size in page[HEADER.size : body]:
            if self._packet is not None:
                self._packet += page[body : body + size]
            body += size
            if size < 255:
                if self._packet:
                    yield self._packet
                self._packet = b""
