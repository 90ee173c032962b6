"""Texts that are read as something else than was meant: two in the place of one, a code that would be printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from liangqing.base.characters import ODD, names_in
from liangqing.base.codes import Code
from liangqing.base.dates import day_written
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.data.model.entries import key_inside, keys_at, takes_several
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import key_swallowed
from liangqing.data.model.year import Year
from liangqing.data.references import texts
from liangqing.data.yaml.places import Step
from liangqing.year.rules.doubtful_texts import (
    OF_PERSONS,
    OF_WORDS,
    PERSONS,
    doubtful,
    is_odd,
    is_printed,
    key_of,
)
from liangqing.year.state.standing import Standing

_POST = "长记任员处科局部组办室队站校院厂司会委"
_NAME = rf"[\u4e00-\u9fff·]{{1,3}}(?![{_POST}])[\u4e00-\u9fff]"
_TWO_NAMES = (
    rf"{_NAME}(?:\s*[、，,；;/]\s*{_NAME})+|{_NAME}\s+{_NAME}"  # compiled when first asked for: it takes long
)
_BLANK_INSIDE = r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]{1,2}"
_BETWEEN = re.compile(r"\s*[、，,；;/]\s*")
_COMMA = re.compile(r"(?<=[^\x00-\x7f]),|, |[A-Za-z0-9],(?![0-9]{3})")
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9-]*[0-9](?![A-Za-z0-9-])")
_DASH = re.compile(r"[-－][^\s\-－0-9]")


def texts_mean_what_they_say(standing: Standing) -> Iterator[Diagnostic]:
    """Each text that a person wrote is looked at once: what it was most likely meant to be, and what it is read as."""
    codes = {unit.code: unit.short_name for unit in standing.year.units}
    doubts = (*doubtful(standing.year, "读错"), *doubtful(standing.year, "几个"))
    for record, path, text in (*doubts, *_plain_codes(standing.year, codes)):
        key = key_of(path)
        yield from _codes(record, path, text, codes, key)
        for look in _LOOKS:
            yield from look(record, path, text, key)


def _plain_codes(year: Year, codes: Iterable[str]) -> Iterator[tuple[ModelRecord, tuple[Step, ...], str]]:
    """The texts that are the code of a unit, of such codes as look like any other text (01, 一支部)."""
    plain = {code for code in codes if not is_odd(code)}
    for record in year.records() if plain else ():
        for path, text in texts(record.tree):
            if text in plain and is_printed(path):
                yield record, path, text


def _codes(
    record: ModelRecord, path: tuple[Step, ...], text: str, codes: dict[str, str], key: str
) -> Iterator[Diagnostic]:
    """Codes of units in a text that is printed as it stands."""
    if text in codes:
        message = f"「{key}」是照印的文字，「{text}」会照样印在文书上"
        yield error(Code.UNIT_CODE_PRINTED, record.place(*path), message, f"写名称：{codes[text]}")
        return
    for code in dict.fromkeys(_CODE.findall(text)):
        if code in codes:
            message = f"「{key}」的文字里有单位编号「{code}」，会照样印在文书上"
            yield warning(Code.UNIT_CODE_IN_TEXT, record.place(*path), message, f"改成名称：{codes[code]}")


def _odd_blank(record: ModelRecord, path: tuple[Step, ...], text: str, key: str) -> Iterator[Diagnostic]:
    found = ODD.search(text)
    if found and not day_written(text) and not (key in PERSONS and re.fullmatch(_BLANK_INSIDE, text)):
        near = text[max(0, found.start() - 4) : found.start()]
        where = f"「{near}」的后面" if near else "开头"
        message = f"「{key}」的文字里有{names_in(text)}，在{where}，会照样印出"
        yield warning(
            Code.ODD_BLANK_IN_TEXT, record.place(*path), message, "删掉它；要空格的用键盘上的空格键（半角）打"
        )


def _two_persons(record: ModelRecord, path: tuple[Step, ...], text: str, key: str) -> Iterator[Diagnostic]:
    if key not in PERSONS:
        return
    words = text.strip()
    if re.fullmatch(_TWO_NAMES, words):
        message = f"「{key}」里像是写了两个人，读成了一个叫「{words}」的人"
        other = "写进「责任领导」" if key == "责任人" else "写进别的键，或另登一条"
        advice = f"只写一位，另一位{other}；确是两人一起的可不改"
        yield warning(Code.TWO_PERSONS, record.place(*path), message, advice)
    elif re.fullmatch(_BLANK_INSIDE, words):
        message = f"「{key}」的姓名「{words}」里有空格，和没有空格的当成两个人"
        yield warning(Code.BLANK_IN_NAME, record.place(*path), message, f"写成 {''.join(words.split())}")


def _several_in_one(record: ModelRecord, path: tuple[Step, ...], text: str, key: str) -> Iterator[Diagnostic]:
    """An item of names or words that has several of them; a text without brackets that has plain commas."""
    if _reads_as_one(record, path, text, key):
        words = [word for word in _BETWEEN.split(text.strip().strip("[]【】")) if word]
        message = f"「{key}」读成了一项「{text[:24]}」，像是 {len(words)} 项写在了一起"
        advice = (
            f"写成 {key}: [{', '.join(words)}]，用半角方括号、半角逗号；确是一项的，里面的逗号写成全角「，」"
        )
        if key in OF_WORDS | OF_PERSONS:
            advice = f"写成 {key}: [{', '.join(words)}]，用半角方括号、半角逗号"
        yield error(Code.SEVERAL_IN_ONE_ITEM, record.place(*path), message, advice)


def _reads_as_one(record: ModelRecord, path: tuple[Step, ...], text: str, key: str) -> bool:
    if key in OF_PERSONS:
        return re.fullmatch(_TWO_NAMES, text.strip()) is not None
    if key in OF_WORDS:
        return _BETWEEN.search(text) is not None and _is_list(type(record), path)
    bare = not isinstance(path[-1], int) and "," in text
    return bare and _COMMA.search(text) is not None and _is_list(type(record), path)


def _dash(record: ModelRecord, path: tuple[Step, ...], text: str, key: str) -> Iterator[Diagnostic]:
    if _DASH.match(text):
        message = f"「{key}」开头的「-」后面没有空格，读成了文字「{text[:16]}」，会连横线一起印出"
        yield error(
            Code.DASH_WITHOUT_BLANK,
            record.place(*path),
            message,
            f"加一个空格：- {text[1:17]}；不是列表的删掉「-」",
        )


def _key_inside(record: ModelRecord, path: tuple[Step, ...], text: str, key: str) -> Iterator[Diagnostic]:
    """A text that goes on with a key of the same entry that is not given."""
    if len(path) < 2 or ("：" not in text and ":" not in text):
        return
    entry = record.tree
    for step in path[:-1]:
        entry = entry[step]  # type: ignore[index]
    if isinstance(entry, dict):
        found = key_inside(text, [known for known in keys_at(type(record), path[:-1]) if known not in entry])
        if found:
            yield key_swallowed(record.place(*path), key, text)


@cache
def _list_of(model: type[ModelRecord], keys: tuple[str, ...]) -> bool:
    return takes_several(model, keys)


def _is_list(model: type[ModelRecord], path: tuple[Step, ...]) -> bool:
    """Whether a text stands where a list of texts may stand."""
    return _list_of(model, tuple(step for step in path if isinstance(step, str)))


_LOOKS: tuple[Callable[[ModelRecord, tuple[Step, ...], str, str], Iterator[Diagnostic]], ...] = (
    _odd_blank,
    _two_persons,
    _several_in_one,
    _dash,
    _key_inside,
)
