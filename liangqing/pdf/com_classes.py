"""Which programs of this machine can be called by name (COM), as the registry of Windows has them."""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType

# KEY_WOW64_64KEY, KEY_WOW64_32KEY: what is entered for programs of 64 bits, and of 32
_VIEWS = (0x0100, 0x0200)
_PROGRAM = re.compile(r"[^\\/\"]+\.exe")


def server(name: str) -> str | None:
    """The file name, in small letters, of the program that serves the class `name`, such as winword.exe.

    "" where the class is known but not its program; None where there is no such class, as everywhere but on Windows.
    """
    try:
        registry = import_module("winreg")
    except ModuleNotFoundError:
        return None
    number = _value(registry, rf"{name}\CLSID", 0)
    if number is None:
        return None
    for view in _VIEWS:
        command = _value(registry, rf"CLSID\{number}\LocalServer32", view) or ""
        if found := _PROGRAM.search(command.casefold()):
            return found[0]
    return ""


def _value(registry: ModuleType, path: str, view: int) -> str | None:
    """What stands at a path below HKEY_CLASSES_ROOT; None where there is nothing, or it may not be read."""
    try:
        with registry.OpenKey(registry.HKEY_CLASSES_ROOT, path, 0, registry.KEY_READ | view) as key:
            return str(registry.QueryValueEx(key, "")[0])
    except OSError:
        return None
