"""Forms of the desk's pages as a browser holds them: fields found by their labels, rows added, sent as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import unquote, urljoin

import httpx
from lxml import html

_BESIDE = ".//*[contains(concat(' ', @class, ' '), ' help ')] | .//input | .//select | .//textarea"
_CODE_ENDS = "　"  # in an offer, 编号 and what it is called


class OpenPage:
    """A page that came, and what can be done on it."""

    def __init__(self, client: httpx.Client, answer: httpx.Response) -> None:
        assert answer.status_code < 400, f"{answer.status_code} {answer.url}\n{readable(answer.text)[-1500:]}"
        self.client, self.answer = client, answer
        self.tree: Any = html.fromstring(answer.text)

    @property
    def text(self) -> str:
        """What can be read on it."""
        return readable(self.answer.text)

    def form(self, ends: str) -> PageForm:
        """The form that is sent to an address that ends so."""
        found = [form for form in self.tree.iter("form") if unquote(form.get("action", "")).endswith(ends)]
        assert len(found) == 1, (ends, [form.get("action") for form in self.tree.iter("form")])
        return PageForm(self, found[0])

    def record(self) -> PageForm:
        """The form of a record."""
        return PageForm(self, self.tree.get_element_by_id("record-form"))

    def follow(self, element: Any) -> OpenPage:
        """Where a link leads."""
        return OpenPage(self.client, self.client.get(urljoin(str(self.answer.url), element.get("href"))))


def readable(text: str) -> str:
    """What can be read of a page."""
    tree: Any = html.fromstring(text)
    for hidden in tree.xpath("//template | //datalist | //select | //script"):
        hidden.drop_tree()
    return re.sub(r"\s+", " ", tree.text_content())


class PageForm:
    """A form while it is filled in; `clicks` and `signs` count what that takes."""

    def __init__(self, page: OpenPage, form: Any) -> None:
        self.page, self.form = page, form
        self.clicks = self.signs = 0
        self._given = 0

    # ---------------------------------------------------------------- finding

    def field(self, label: str, row: Any = None) -> Any:
        """What bears this label in the form, or in a row of it, and not in a row within."""
        scope = self.form if row is None else row
        found = [each for each in self._own(scope, "field") if _label_of(each) == label]
        assert len(found) == 1, (label, [_label_of(each) for each in self._own(scope, "field")])
        return found[0]

    def part(self, name: str, row: Any = None) -> Any:
        """The list of this name; None where the form, or the row, has none."""
        scope = self.form if row is None else row
        named = [part for part in self._own(scope, "part") if _name_of(part) == name]
        assert len(named) <= 1, name
        return named[0] if named else None

    def _own(self, scope: Any, kind: str) -> Iterator[Any]:
        for element in scope.iter("div", "fieldset", "details"):
            if kind in element.get("class", "").split() and self._scope_of(element) is scope:
                yield element

    def _scope_of(self, element: Any) -> Any:
        above = (
            up for up in element.iterancestors() if up.tag == "template" or up is self.form or _is_row(up)
        )
        return next(above, None)

    def rows(self, part: Any) -> list[Any]:
        """The rows of a list, in their order."""
        return [row for row in part.find("ol") if _is_row(row)]

    # ---------------------------------------------------------------- filling in

    def add(self, part: Any) -> Any:
        """A new row, at the end; a list that has one row at most keeps that."""
        rows = part.find("ol")
        if rows.get("data-single") is not None and len(self.rows(part)):
            return self.rows(part)[0]
        self._given += 1
        self.clicks += 1
        (empty,) = [child for child in part.find("template") if _is_row(child)]
        text = html.tostring(empty, encoding="unicode")
        new = html.fragment_fromstring(text.replace(empty.get("data-mark"), f"n{self._given}"))
        new.tail = None
        rows.append(new)
        return new

    def put(self, label: str, text: str, row: Any = None) -> None:
        """Type a text into a field, or choose it; of several a line each, with 、 between them where a field is one line."""
        field = self.field(label, row)
        if "seldom" in (field.getparent().getparent().get("class") or ""):
            self.clicks += 1
        several = field.get("data-several")
        if several == "checks":
            self._tick(field, text.split("\n"))
        elif several:
            self._list(field, text.split("\n"))
        else:
            self.put_into(next(field.iter("input", "select", "textarea")), text)

    def put_into(self, control: Any, text: str) -> None:
        """The same with the field itself."""
        assert control.get("readonly") is None, f"{control.get('name')} can't be changed"
        if control.tag == "select":
            self.clicks += 1
            offered = [option for option in control.iter("option") if _option(option)[0] == text]
            begun = [
                option
                for option in control.iter("option")
                if _option(option)[0].startswith(text + _CODE_ENDS)
            ]
            assert offered or len(begun) == 1, (
                text,
                [_option(option)[0] for option in control.iter("option")],
            )
            for option in control.iter("option"):
                option.attrib.pop("selected", None)
            (offered or begun)[0].set("selected", "")
            return
        self.signs += len(text)
        if control.tag == "textarea":
            control.text = f"\n{text}"
        else:
            control.set("value", text.replace("\n", "、"))

    def _tick(self, field: Any, texts: list[str]) -> None:
        boxes = {box.get("value"): box for box in field.iter("input") if box.get("type") == "checkbox"}
        assert boxes.keys() >= {*texts}, (texts, [*boxes])
        for word, box in boxes.items():
            if (word in texts) != (box.get("checked") is not None):
                self.clicks += 1
                box.attrib.pop("checked", None)
                if word in texts:
                    box.set("checked", "")

    def _list(self, field: Any, texts: list[str]) -> None:
        *filled, empty = list(field.iter("input"))
        for control in filled:
            control.drop_tree()
        for text in texts:
            self.signs += len(text)
            control = deepcopy(empty)
            control.set("value", text)
            empty.addprevious(control)

    # ---------------------------------------------------------------- reading and sending

    def shown(self, label: str, row: Any = None) -> str:
        """What stands in a field; of several a line each, what is offered by its 编号."""
        field = self.field(label, row)
        lines = [
            value for control in field.iter("input", "select", "textarea") for _, value in _values(control)
        ]
        return "\n".join(line.partition(_CODE_ENDS)[0] for line in lines if line)

    def says(self, label: str, text: str, row: Any = None) -> bool:
        """Whether a text stands in a field as it was put there."""
        shown = self.shown(label, row)
        lines = any(True for _ in self.field(label, row).iter("textarea"))
        return text == (shown if lines else shown.replace("、", "\n")) or text == shown

    def send(self, button: Any = None, below: str = "") -> OpenPage:
        """Press its button, one with a name and value of its own where it is given."""
        self.clicks += 1
        fields: dict[str, list[str]] = {}
        for control in self.form.iter("input", "select", "textarea"):
            if not any(up.tag == "template" for up in control.iterancestors()):
                for name, value in _values(control):
                    fields.setdefault(name, []).append(value.replace("\n", "\r\n"))
        if button is not None:
            fields[button.get("name")] = [button.get("value")]
        address = urljoin(str(self.page.answer.url), self.form.get("action") + below)
        return OpenPage(self.page.client, self.page.client.post(address, data=fields))

    def button(self, words: str) -> Any:
        """The button that says so."""
        return next(each for each in self.form.iter("button") if each.text_content().strip() == words)


def _is_row(element: Any) -> bool:
    return element.tag == "li" and element.get("data-mark") is not None


def _label_of(field: Any) -> str:
    named = next(iter(field.iter("label", "legend")), None)
    if named is None:
        return ""
    copy = deepcopy(named)
    for inner in copy.xpath(_BESIDE):
        inner.drop_tree()
    return str(copy.text_content().strip())


def _name_of(part: Any) -> str:
    return re.sub(r"（\d+ 条）", "", part.findtext("summary").strip())


def _option(option: Any) -> tuple[str, str]:
    """What it says, what it sends."""
    text = " ".join(option.text_content().split(" ")).strip()
    return text, option.get("value", text)


def _values(control: Any) -> Iterator[tuple[str, str]]:
    """Name and value of a control as a browser sends them."""
    name, kind = control.get("name"), control.get("type", "text")
    if not name or kind in ("file", "submit", "button"):
        return
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        yield from ((name, _option(option)[1]) for option in chosen)
    elif control.tag == "textarea":
        yield name, (control.text or "").removeprefix("\n")
    elif kind not in ("checkbox", "radio") or control.get("checked") is not None:
        yield name, control.get("value", "on" if kind in ("checkbox", "radio") else "")
