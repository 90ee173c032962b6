"""Write docs/使用手册/命令/: a page for each command, made from its help: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/使用手册/命令"
NAME = "generate.py"

HEAD = """# 命令

本文件夹由程序生成（`make docs`），与 `generate.py <命令> --help` 说的是同一件事，按工作的次序排。
命令和常用的选项都有中文名字，写在英文名字后面，写哪个都一样：`generate.py 检查 --截止 2021-10-31`。
命令前的 `python` 换成自己机器上虚拟环境里的那一个，见 [README.zh-CN](../../../README.zh-CN.md)。
"""


def pages() -> dict[str, str]:
    """File name → what stands in it: a page a command, and the list of them."""
    sys.path.insert(0, str(ROOT))
    from liangqing.cli.main import cli

    top = cli.make_context(NAME, ["-C", str(ROOT), "check"])
    found = {name: command for name in cli.list_commands(top) if (command := cli.get_command(top, name))}
    made = {
        f"{name}.md": "\n".join(_page(top, name, command)).rstrip("\n") + "\n"
        for name, command in found.items()
    }
    return {"README.md": "\n".join(_index(cli.groups(top))).rstrip("\n") + "\n", **made}


def _index(groups: list[tuple[str, list[tuple[str, str]]]]) -> Iterator[str]:
    yield HEAD
    for stage, rows in groups:
        yield f"## {stage}\n"
        yield "| 命令 | 做什么 |"
        yield "|---|---|"
        yield from (
            f"| [{names}]({names.split(' ')[0]}.md) | {_cell(help_line)} |" for names, help_line in rows
        )
        yield ""


def _page(parent: click.Context, name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    words, _, example = (command.help or "").partition("例：")
    yield f"# {name}\n"
    yield f"{words.strip()}\n"
    if example:
        line = example.strip()
        yield f"例：\n\n```text\n{'python ' if line.startswith(NAME) else ''}{line}\n```\n"
    if isinstance(command, click.Group):
        for below, each in command.commands.items():
            yield f"## {name} {below}\n"
            yield from list(_page(context, f"{name} {below}", each))[1:]
        return
    usage = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "[选项]")
    yield f"用法：`{NAME} {name} {usage}`\n"
    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    rows = [each.get_help_record(context) for each in options]
    yield "| 选项 | 意思 |"
    yield "|---|---|"
    yield from (f"| `{option}` | {_cell(meaning)} |" for option, meaning in filter(None, rows))
    yield ""


def _cell(text: str) -> str:
    return text.replace("[required]", "（必填）").replace("|", "\\|").replace("\n", " ").strip()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
