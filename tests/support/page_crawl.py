"""Every page of the desk that a link leads to, from the first on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx
from lxml import html

from liangqing.desk.application import pages

EACH = 12  # pages of a kind that are looked at
_KINDS = [
    (
        row.path,
        re.compile(
            (r"/w/[^/]+/[^/]+/[^/]+/" if row.in_workspace else "/") + re.sub(r"{\w+}", "[^/]+", row.path)
        ),
    )
    for row in pages()
    if not row.posts
]


@dataclass(frozen=True)
class CrawledPage:
    """A page that was met: the row of the table of pages that makes it, its address, what came, the page that led to it."""

    kind: str
    address: str
    answer: httpx.Response
    found_on: str


def kind_of(address: str) -> str:
    """The path of the row that answers an address; "" where none does. Fixed words go before what varies."""
    path = unquote(urlsplit(address).path)
    return next(
        (
            kind
            for kind, pattern in sorted(_KINDS, key=lambda row: row[0].count("{"))
            if pattern.fullmatch(path)
        ),
        "",
    )


def crawled(client: httpx.Client, start: str) -> Iterator[CrawledPage]:
    """The pages that links lead to, in the order in which they are met; of a kind EACH at most."""
    waiting, seen, counts = [(start, "")], {start}, Counter[str]()
    while waiting:
        address, found_on = waiting.pop(0)
        kind = kind_of(address)
        counts[kind] += 1
        if counts[kind] > EACH:
            continue
        answer = client.get(address)
        yield CrawledPage(kind, address, answer, found_on)
        for link in links(answer):
            if link not in seen:
                seen.add(link)
                waiting.append((link, address))


def links(answer: httpx.Response) -> list[str]:
    """The addresses of this site that a page links to, without what stands behind #."""
    if "text/html" not in answer.headers.get("content-type", ""):
        return []
    tree: Any = html.fromstring(answer.text)
    found = tree.xpath("//a/@href | //iframe/@src | //img/@src")
    whole = (urljoin(str(answer.url), link).partition("#")[0] for link in found)
    return [
        link
        for link in whole
        if urlsplit(link).netloc == urlsplit(str(answer.url)).netloc and "/static/" not in link
    ]
