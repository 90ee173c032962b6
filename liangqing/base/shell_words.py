"""Words of a command line written so that a shell takes them as they are: sh, PowerShell, cmd."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Mapping
from enum import Enum

_PLAIN = re.compile(r"[\w./:\\~+=@-]+")  # \w: Chinese too
_OF_POWERSHELL = re.compile(
    r"[$`‘’‚‛“”„]"
)  # what it reads within double quotes, and what it takes for quotes


class CommandShell(Enum):
    """The shells whose quoting differs."""

    SH = "sh"
    POWERSHELL = "PowerShell"
    CMD = "cmd"


def shell_in_use(system: str = os.name, environment: Mapping[str, str] = os.environ) -> CommandShell:
    """The shell that a person types into, as far as it can be told.

    On Windows PowerShell puts the folder of the person's own modules before those of the machine; cmd does not.
    """
    if system != "nt":
        return CommandShell.SH
    modules = environment.get("PSModulePath", "").split(";")
    own = environment.get("USERPROFILE", "")
    return (
        CommandShell.POWERSHELL if own and any(path.startswith(own) for path in modules) else CommandShell.CMD
    )


def quoted(word: str, shell: CommandShell) -> str:
    """One word for the shell. cmd has no way to write a double quote or a percent sign, which no file name needs."""
    if shell is CommandShell.SH:
        return word if _PLAIN.fullmatch(word) and word[0] not in "~=" else shlex.quote(word)
    if _PLAIN.fullmatch(word) and "@" not in word:
        return word
    if shell is CommandShell.POWERSHELL and _OF_POWERSHELL.search(word):
        return "'" + re.sub("(['‘’‚‛])", r"\1\1", word) + "'"
    return f'"{word}"'


def command_line(words: Iterable[str], shell: CommandShell) -> str:
    """The words as one line that can be copied; the first of them is the program."""
    line = [quoted(word, shell) for word in words]
    if shell is CommandShell.POWERSHELL and line[0][0] in "\"'":
        line.insert(0, "&")  # else a word in quotes is only said again
    return " ".join(line)
