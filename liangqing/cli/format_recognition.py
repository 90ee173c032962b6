"""What `format` says of how a paper was recognised: what was found, what was not, and each paragraph where asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from liangqing.gbt9704.check.judge import Report
    from liangqing.gbt9704.check.paper import RecognisedPaper

Command = TypeVar("Command", bound=Callable[..., Any])
KIND_NAMES = ("信函", "文件", "纪要", "命令", "附件", "其他")
UNJUDGED_WORDS = "没有认出公文格式，只查了文字"
_FIRST_WORDS = 20


class _Kind(click.Choice[str]):
    """One of the kinds, with or without 格式."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(str(value).strip().removesuffix("格式"), param, ctx)


def _complete_elements(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from liangqing.gbt9704.check.roles import ROLES

    return [CompletionItem(f"{role.name}=") for role in ROLES if role.name.startswith(incomplete)]


def recognition_options(command: Command) -> Command:
    """The options by which a person corrects what was recognised, or asks for it: `format_kind`, `elements`, `explain`."""
    for option in (
        click.option("--explain", is_flag=True, help="逐段说明认作什么、凭什么，格式凭什么认出"),
        click.option(
            "--as",
            "elements",
            multiple=True,
            metavar="要素=第几段",
            shell_complete=_complete_elements,
            help="认错的要素写明是第几段，可以写几次，如 --as 标题=第3段；没有的写 主送=没有",
        ),
        click.option(
            "--kind",
            "format_kind",
            type=_Kind(KIND_NAMES),
            metavar="|".join(KIND_NAMES),
            help="写明是哪种格式，按它检查；不是公文的写 其他",
        ),
    ):
        command = option(command)
    return command


def show_recognition(report: Report) -> None:
    """What was recognised of a paper whose format was not, what is missing, and what a person can do."""
    from liangqing.gbt9704.check.roles import found_elements, missing_elements

    paper = report.paper
    found = "、".join(found_elements(paper)) or "什么要素也没有"
    missing = "、".join(missing_elements(paper))
    click.echo(f"  认出了：{found}" + (f"；没有认出：{missing}" if missing else ""))
    if report.unlisted:
        click.echo(f"  不像公文，标点、日期这些文字上的 {report.unlisted} 条没有列出；要看加 --text")
    click.echo(
        "  怎样办：是公文的，用 --kind 写明格式（如 --kind 文件）；要素认错的用 --as 改正（如 --as 标题=第3段），"
        "哪一段认作什么看 --explain；不是公文的写 --kind 其他"
    )


def show_unjudged(paper: RecognisedPaper) -> None:
    """What a recognised paper should have and was not found in it, so that nothing was said of it."""
    from liangqing.gbt9704.check.roles import unjudged_elements

    names = unjudged_elements(paper)
    if names:
        click.echo(
            f"  没有认出{'、'.join(names)}，这{'些' if len(names) > 1 else '一项'}没有查：文件里有的，看 --explain，"
            f"用 --as 写明（如 --as {names[0]}=第3段）；文本框里的先移到正文里；本来没有的写 --as {names[0]}=没有"
        )


def show_explained(paper: RecognisedPaper) -> None:
    """Each paragraph with what it was taken for and why, and why the paper has its format."""
    from liangqing.gbt9704.check.roles import explained

    click.echo(f"  格式：{paper.format}（{paper.why}）")
    for line in explained(paper):
        first = line.words.replace("\n", " ").replace("\t", " ")
        cut = first if len(first) <= _FIRST_WORDS else f"{first[:_FIRST_WORDS]}…"
        click.echo(f"  {line.place}「{cut}」 {line.role}：{line.why}")


def recognition_as_data(paper: RecognisedPaper, *, explain: bool) -> dict[str, object]:
    """The same for a program."""
    from liangqing.gbt9704.check.roles import explained, found_elements, missing_elements

    told: dict[str, object] = {
        "认出公文格式": paper.judged,
        "格式依据": paper.why,
        "认出了": found_elements(paper),
        "没有认出": missing_elements(paper),
    }
    if explain:
        told["段落"] = [
            {"位置": line.place, "文字": line.words, "认作": line.role, "依据": line.why}
            for line in explained(paper)
        ]
    return told
