"""What a PDF of ours says of itself: from which Word file it was made, and whether it is as we wrote it.

One comment line before the last `startxref`, which no viewer shows and no offset depends on. So there is no list
beside the files that could be lost, moved or stale.
"""

from __future__ import annotations

import hashlib
import re

_MARK = b"%liangqing "
_LINE = re.compile(rb"%liangqing ([0-9a-f]{32}) ([0-9a-f]{32})\n")
_END = b"startxref"
_DATE = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)")
_CHECKSUM = re.compile(rb"/DocChecksum /[0-9A-F]{32}")
_ID = re.compile(rb"<[0-9A-F]{32}>")


def is_whole(pdf: bytes) -> bool:
    """Whether the file has a head and an end, as one that was written to its end has."""
    return pdf.startswith(b"%PDF-") and b"%%EOF" in pdf[-1024:]


def sealed(pdf: bytes, key: str) -> bytes:
    """The PDF without the time at which it was made, stamped with `key`, 32 hex digits of what it was made from.

    The same Word file, fonts and LibreOffice give the same bytes.
    """
    plain = _timeless(pdf, key)
    head, end, tail = plain.rpartition(_END)
    line = _MARK + key.encode() + b" " + _digest(plain).encode() + b"\n"
    return head + line + end + tail


def source(pdf: bytes) -> str | None:
    """The key of what the PDF was made from; None when it is not ours, or not as we wrote it."""
    found = list(_LINE.finditer(pdf))
    if not found:
        return None
    line = found[-1]
    plain = pdf[: line.start()] + pdf[line.end() :]
    return line[1].decode() if line[2].decode() == _digest(plain) else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _timeless(pdf: bytes, key: str) -> bytes:
    """Without date and check sum of its making, and with the key as its /ID; every offset stays."""
    start = pdf.rfind(b"endstream")
    head, tail = pdf[:start], pdf[start:]
    for pattern in (_DATE, _CHECKSUM):
        tail = pattern.sub(lambda found: b" " * len(found[0]), tail)
    trailer = tail.rfind(b"/ID")
    if trailer >= 0:
        tail = tail[:trailer] + _ID.sub(b"<" + key.upper().encode() + b">", tail[trailer:])
    return head + tail
