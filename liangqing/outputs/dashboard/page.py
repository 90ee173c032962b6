"""The page itself: facts into a template that escapes what it prints, with its style and script inside."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from liangqing.outputs.dashboard.shared import facts
from liangqing.year.open_workspace import OpenWorkspace

_HERE = Path(__file__).resolve().parent


def write(opened: OpenWorkspace) -> bytes:
    """The page of the opened year on its day, in UTF-8; the same workspace gives the same bytes."""
    style, script = _read("style.css"), _read("script.js")
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("page.html").render(
        facts(opened),
        to=_as_it_is,
        live=False,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )
    return page.encode()


def _as_it_is(section: str, code: str, text: str | None = None) -> str:
    """What stands for a record or a list of them: on this page words alone, since nothing lies behind it."""
    return code if text is None else text


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """A browser takes this style and this script and nothing else, from nowhere (Content Security Policy 3)."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
