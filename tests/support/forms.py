"""The form of a record as a browser would send it: read off a page of the desk, changed, posted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx


@dataclass
class PostedForm:
    """The fields of the form on a page: name → values, in the order of the page; what `<template>` holds is none."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def post(self, client: httpx.Client, below: str = "", **more: str) -> httpx.Response:
        """Send it as it is; `more` are fields that stand in the place of those of the page."""
        return client.post(
            self.action + below, data={**self.fields, **{key: [value] for key, value in more.items()}}
        )

    def saved(self, client: httpx.Client) -> httpx.Response:
        """Save, and once more where the page asks whether that is what is meant."""
        first = self.post(client)
        if "确认保存" not in first.text:
            return first
        return form_on(first.text).post(client)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.form: PostedForm | None = None
        self.inside, self.templates = False, 0
        self.area, self.choice, self.chosen = "", "", ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have: dict[str, Any] = dict(attrs)
        if tag == "template":
            self.templates += 1
        if tag == "form" and have.get("id") == "record-form":
            self.inside, self.form = True, PostedForm(have["action"])
        if not self.inside or self.templates:
            return
        if tag == "input" and have.get("name"):
            if have.get("type") != "checkbox" or "checked" in have:
                self._put(have["name"], have.get("value") or "")
        elif tag == "textarea":
            self.area, self.text = have["name"], []
        elif tag == "select":
            self.choice, self.chosen = have["name"], ""
        elif tag == "option" and self.choice and "selected" in have:
            self.text, self.chosen = [], "\0"
        elif tag == "option":
            self.text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        if not self.inside or self.templates:
            return
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self._put(self.area, "".join(self.text).removeprefix("\n"))
            self.area = ""
        elif tag == "option" and self.chosen == "\0":
            self.chosen = "".join(self.text)
        elif tag == "select":
            self._put(self.choice, self.chosen)
            self.choice = ""

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def _put(self, name: str, value: str) -> None:
        assert self.form is not None
        self.form.fields.setdefault(name, []).append(value)


def form_on(text: str) -> PostedForm:
    """The form of a record on a page."""
    reader = _Reader()
    reader.feed(text)
    assert reader.form is not None, text[:2000]
    return reader.form


def messages_of(text: str) -> dict[str, str]:
    """What is said at each field, by its name."""
    found = re.findall(r'<li data-for="([^"]+)"[^>]*>(.*?)</li>', text, re.DOTALL)
    return {unescape(name): unescape(re.sub("<[^>]+>", "", words)) for name, words in found}
