"""The command `template new`: a template to begin with, and its lines for the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import click

from liangqing.cli.console import AS_JSON, SAMPLE, Sub, next_step, own_root, tell
from liangqing.papers.starters import LAYOUTS


@click.command("new", cls=Sub)
@click.argument("name", metavar="文种")
@click.option(
    "--format",
    "layout",
    required=True,
    type=click.Choice(LAYOUTS),
    metavar="|".join(LAYOUTS),
    help="哪一种格式：公文的信函、文件、纪要，或竖排的表格、横排的表格、填写的表单",
)
@click.option("--subject", metavar="对象", help="一个对象出一份：年度、单位、检查、问题等，默认 单位")
@SAMPLE
@AS_JSON
@click.pass_context
def new(ctx: click.Context, name: str, layout: str, subject: str | None, as_json: bool) -> None:
    """新做一个模板，样式都备好，放进 templates，不覆盖已有的。例：generate.py template new 提示函 --format 信函"""
    from liangqing.actions.new_template import DEFAULT_SUBJECT, is_name_of_kind, new_template
    from liangqing.papers.rendering import load_catalogue
    from liangqing.variables.subjects import SUBJECTS

    root = own_root(ctx)
    known = load_catalogue(root).entries
    of = known[name].subject_kind if name in known else subject or DEFAULT_SUBJECT
    if of not in SUBJECTS or (subject or of) != of:
        raise click.UsageError(f"--subject 这里只能是 {of if name in known else '、'.join(SUBJECTS)}", ctx)
    if not is_name_of_kind(name):
        raise click.UsageError(f"文种名「{name}」要作文件名，里面不能有斜杠一类的符号", ctx)
    made = new_template(root, name, layout, of)
    data = {"模板": made.file, "加到文种": "\n".join(made.lines) or None}
    tell(as_json, lambda: data, lambda: _show_new(name, made.file, made.lines))


def _show_new(name: str, file: str, lines: Sequence[str]) -> None:
    from liangqing.base.folders import CATALOGUE

    click.echo(f"写好 {file}，用 Word 或 WPS 打开改，括号里的话换成自己的")
    if lines:
        click.echo(f"把下面几行加到 {CATALOGUE} 末尾（命令改成好记的英文名）：\n")
        click.echo("\n".join((*lines, "")))
    next_step("template", "check", name)
