"""The command `template new`: a template to begin with, and its lines for the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.cli.console import AS_JSON, SAMPLE, Sub, next_step, own_root, tell

LAYOUTS = ("信函", "文件", "纪要", "表格", "横表", "表单")


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
    from liangqing.base.diagnostics import reason
    from liangqing.base.folders import TEMPLATES
    from liangqing.base.output_files import write_durably
    from liangqing.papers.rendering import load_catalogue
    from liangqing.papers.starters import NUMBERED, starter
    from liangqing.variables.subjects import SUBJECTS, variables

    root = own_root(ctx)
    known = load_catalogue(root).entries
    of = known[name].subject_kind if name in known else subject or "单位"
    if of not in SUBJECTS or (subject or of) != of:
        raise click.UsageError(f"--subject 这里只能是 {of if name in known else '、'.join(SUBJECTS)}", ctx)
    if not name.strip() or set(name) & set('\\/:*?"<>|\n\t'):
        raise click.UsageError(f"文种名「{name}」要作文件名，里面不能有斜杠一类的符号", ctx)
    path = root / TEMPLATES / f"{name}.docx"
    if path.exists():
        raise refuse(
            Code.TEMPLATE_EXISTS,
            Place(f"{TEMPLATES}/{path.name}"),
            "已经有这个模板，不覆盖",
            "换一个文种名，或先把它改名",
        )
    try:
        write_durably(path, starter(layout, variables(of).keys()))
    except OSError as problem:
        raise refuse(
            Code.COPY_NOT_WRITTEN, Place(str(path)), f"写不进去（{reason(problem)}）", "看看磁盘和权限"
        ) from problem
    lines: list[str] = []
    if name not in known:
        taken = {entry.kind.command for entry in known.values()}
        command = next(
            f"paper-{number}" for number in range(1, len(taken) + 2) if f"paper-{number}" not in taken
        )
        lines = list(_entry(name, command, of, numbered=layout in NUMBERED))
    file = f"{TEMPLATES}/{path.name}"
    data = {"模板": file, "加到文种": "\n".join(lines) or None}
    tell(as_json, lambda: data, lambda: _show_new(name, file, lines))


def _show_new(name: str, file: str, lines: Sequence[str]) -> None:
    from liangqing.base.folders import CATALOGUE

    click.echo(f"写好 {file}，用 Word 或 WPS 打开改，括号里的话换成自己的")
    if lines:
        click.echo(f"把下面几行加到 {CATALOGUE} 末尾（命令改成好记的英文名）：\n")
        click.echo("\n".join((*lines, "")))
    next_step("template", "check", name)


def _entry(kind: str, command: str, subject: str, *, numbered: bool) -> Iterator[str]:
    """The lines of a kind of paper in the catalogue."""
    name = "{{ 文号 or '草稿-' ~ 对象编号 }}" if numbered else f"{kind}-{{{{ 对象编号 }}}}"
    yield f"{kind}:"
    yield f"  命令: {command}"
    yield "  阶段: 清查确责"
    yield f"  说明: {kind}"
    yield f"  模板: {kind}.docx"
    host, _, below = subject.partition(".")
    yield f"  对象: {host}"
    if below:
        yield f"  逐: {subject}"
    yield f'  标题: "{kind}"'
    yield f'  文件名: "{name}"'
    yield "  文号: {代字: 函}" if numbered else "  定稿: 是"
