"""A line of the register as text: one flow mapping of YAML, with a check sum of its own at its end."""

from __future__ import annotations

import hashlib
import json
from datetime import date


def flow(value: object) -> str:
    """A value in YAML's flow style, on one line."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{key}: {flow(element)}" for key, element in value.items() if element is not None)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(element) for element in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    plain = text and not any(sign in text for sign in "\"'#,[]{}:&*!|>%@`\\\n") and text.strip() == text
    return text if plain and text not in ("~", "null", "-") else json.dumps(text, ensure_ascii=False)


def sealed(text: str) -> str:
    """The line with a check sum of its own at its end, so that an edit of the last line is seen too."""
    return f"{text[:-1]}, 校: {hash_of(text)[:8]}}}"


def is_sealed(text: str) -> bool:
    """Whether a line is as it was written."""
    return sealed(text.rpartition(", 校: ")[0] + "}") == text


def hash_of(text: str) -> str:
    """The hash that the next line carries: the first 32 hex digits of SHA-256 over the line as written."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
