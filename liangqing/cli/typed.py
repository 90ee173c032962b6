"""What a person typed, as the program reads it: wrong dashes, full-width signs, and -C behind the command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from liangqing.base.chinese import half_width
from liangqing.base.command_names import OPTIONS

_DASHES = "-—–－―−‐‑‒"  # what Word and Chinese input methods make of hyphens
_OPTION = re.compile(rf"([{_DASHES}]+)([^=＝:：]+)([=＝:：]?)(.*)", re.DOTALL)
_HYPHEN = dict.fromkeys(map(ord, _DASHES), "-")
WORKSPACE = ("-C", OPTIONS["-C"])


def understood(args: Sequence[str], group: click.Group) -> list[str]:
    """The words for click: options with their right dashes and signs, the workspace in front of the command.

    Values are left as they are. Raises UsageError where the workspace is named without a folder, or twice.
    """
    known = set(_options_of(group))
    folders: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for word in rest:
        if word == "--":
            words += [word, *rest]
            break
        name, value = _read(word, known)
        if name not in WORKSPACE:
            words.append(name if value is None else f"{name}={value}")
            continue
        value = next(rest, "") if value is None else value
        if not value:
            raise click.UsageError(f"{name} 后面缺工作目录，写成 {name} 我的工作 这样")
        folders.append(value)
    if len(set(folders)) > 1:
        raise click.UsageError(f"工作目录写了两个：{'、'.join(folders)}，只留一个")
    return [*(["-C", folders[0]] if folders else []), *words]


def _read(word: str, known: set[str]) -> tuple[str, str | None]:
    """An option and the value written to it with a sign (None: none); any other word as it is."""
    found = _OPTION.fullmatch(word)
    if found is None:
        return word, None
    dashes, name = found[1], half_width(found[2]).translate(_HYPHEN)
    value = found[4] if found[3] else None
    if dashes == "-" and name.startswith("C") and f"--{name}" not in known:
        return "-C", value if name == "C" else word[2:]
    option = f"-{name}" if len(name) == 1 and len(dashes) == 1 else f"--{name}"
    if option in known or (set(dashes) != {"-"} and name.isascii() and name[0].isalpha()):
        return option, value
    return word, None


def _options_of(command: click.Command) -> Iterator[str]:
    """Every option of a command and of those below it."""
    yield from ("--help", OPTIONS["--help"])
    for param in command.params:
        if isinstance(param, click.Option):
            yield from param.opts
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _options_of(below)


class Name(click.ParamType[str]):
    """What something is called: a kind of paper, a subject, a unit, a number; letters and digits of any width."""

    name = "名称"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return half_width(str(value)).strip()
