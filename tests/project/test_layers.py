"""The map: a row a folder, imports that point down, no two folders that import each other (docs/开发说明.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from rooms import FLOOR
from sample import ROOT

PACKAGE = ROOT / "liangqing"

MOST_NAMES = 17  # at the top of the package, for a person who looks around


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """year/state/facts.py → year.state.facts; a folder's __init__.py → the folder."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {dotted(path) for path in files()} - {""}
FOLDERS = {dotted(path) for path in files() if path.name == "__init__.py"} - {""}


def imported(path: Path) -> Iterator[str]:
    """The modules and folders of liangqing that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names, module = [alias.name for alias in node.names], ""
        else:
            continue
        for name in names:
            inner = name.removeprefix("liangqing.")
            if name.startswith("liangqing.") and inner != "__version__":
                yield inner if inner in MODULES else inner.rpartition(".")[0]


def room_of(module: str) -> str:
    """The row of a module: the deepest folder that has one."""
    return max((room for room in FLOOR if f"{module}.".startswith(f"{room}.")), key=len)


def arrows() -> dict[str, set[str]]:
    """Module → the modules and folders that it imports; all of the package, the entry point apart."""
    return {dotted(path): set(imported(path)) for path in files() if dotted(path) not in ("", "__main__")}


def test_every_folder_has_a_row_and_is_short() -> None:
    assert set(FLOOR) <= FOLDERS
    assert {folder for folder in FOLDERS if "." not in folder} == {room for room in FLOOR if "." not in room}
    seen = [path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"]
    assert len(seen) <= MOST_NAMES


def test_imports_point_down() -> None:
    found = arrows()
    assert sum(map(len, found.values())) > len(found) > 200
    wrong = [
        f"{module} imports {name}"
        for module, names in found.items()
        for name in names
        if room_of(name) != room_of(module) and FLOOR[room_of(name)] <= FLOOR[room_of(module)]
    ]
    assert wrong == []


def test_no_two_neighbours_import_each_other_at_any_depth() -> None:
    """Below each folder its files and folders stand in an order; no circle, whatever its length."""
    found = arrows()
    for folder in sorted(FOLDERS | {""}):
        inside = f"{folder}." if folder else ""

        def child(name: str, inside: str = inside) -> str | None:
            return name.removeprefix(inside).partition(".")[0] if name.startswith(inside) else None

        beside: dict[str, set[str]] = {}
        for module, names in found.items():
            if (here := child(module)) is not None:
                beside.setdefault(here, set()).update(
                    {other for name in names if (other := child(name))} - {here}
                )
        try:
            TopologicalSorter(beside).prepare()
        except CycleError as circle:
            raise AssertionError(f"{folder or 'liangqing'}: {circle.args[1]}") from None


def test_the_engine_knows_nothing_of_the_domain() -> None:
    seen = {
        name.partition(".")[0]
        for module, names in arrows().items()
        if room_of(module).startswith("engine")
        for name in names
    }
    assert seen == {"engine", "base"}


def test_only_the_command_line_prints_exits_or_reads_the_clock() -> None:
    forbidden = {"print", "exit", "today", "now"}
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in files()
        if dotted(path) not in ("", "__main__") and room_of(dotted(path)) != "cli"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) in forbidden or getattr(node.func, "attr", None) in forbidden)
    ]
    assert wrong == []


def test_tests_mirror_the_folders() -> None:
    """Each test of a room stands in the room's folder; what is of the whole product, in `project` and `lives`."""
    folders = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}
    assert folders - {"project", "lives"} <= {room for room in FLOOR if "." not in room}
    assert list((ROOT / "tests").glob("test_*.py")) == []


def test_a_class_name_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for path in files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(dotted(path))
    assert len(homes) > 200
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_a_call_of_seven_arguments_names_them() -> None:
    """Of structs alone (`pack`) the format says which value is which."""
    wrong = {
        f"{dotted(path)}:{node.lineno}"
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and len(node.args) >= 7 and getattr(node.func, "attr", None) != "pack"
    }
    assert wrong == set()
