"""The commands about templates: `template check`, `template vars` and `template new`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Never

import click

from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, refuse
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    WRONG,
    CommandGroup,
    Sub,
    as_data,
    as_json_text,
    next_step,
    show,
    show_table,
    tally,
    workspace_root,
)

if TYPE_CHECKING:
    from liangqing.papers.catalogue import Catalogue, Entry
    from liangqing.variables.table import Rows

_HEADS = ("变量", "类型", "含义")


@dataclass(frozen=True)
class Target:
    """A template to be checked: what diagnostics call it, where it lies, the kind of subject it is for."""

    name: str
    path: Path
    subject: str


@click.group(cls=CommandGroup, no_args_is_help=True)
def template() -> None:
    """检查 Word 模板，列出模板里能用的变量，新做一个模板。例：generate.py template check"""


@template.command(cls=Sub)
@click.argument("names", nargs=-1, metavar="[模板…]")
@AS_JSON
@click.option(
    "--annotate",
    "copy",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.docx",
    help="另存一份，把问题写成 Word 批注；只检查一个模板时用",
)
@click.option("--subject", metavar="对象", help="不在文种目录里的模板，按这种对象检查")
@click.pass_context
def check(
    ctx: click.Context, names: tuple[str, ...], as_json: bool, copy: Path | None, subject: str | None
) -> None:
    """检查模板，列出全部问题和位置；不写模板时检查全部。例：generate.py template check 整改函.docx"""
    targets = _targets(ctx, names, subject)
    files = {each.path for each in targets}
    if copy is not None:
        _refuse_copy(ctx, copy, files)
    found = list(dict.fromkeys(fault for each in targets for fault in _faults(each)))
    if as_json:
        click.echo(json.dumps([as_data(each) for each in found], ensure_ascii=False, indent=1))
    else:
        show(found)
        click.echo(f"检查了 {len(files)} 个模板，{tally(found)}")
        if not found:
            next_step("build")
    if copy is not None and found:
        _annotated(files.pop(), found, copy, quiet=as_json)
    wrong = any(each.severity is Severity.ERROR for each in found)
    ctx.exit(WRONG if wrong else DONE)


@template.command("vars", cls=Sub)
@click.argument("kind", required=False, metavar="[文种]")
@AS_JSON
@click.pass_context
def variables(ctx: click.Context, kind: str | None, as_json: bool) -> None:
    """列出模板里能用的变量；不写文种时列出全部。例：generate.py template vars 整改函"""
    from liangqing.base.chinese import FILTERS

    tables = list(_tables(ctx, kind))
    if as_json:
        shown = [
            {"表": title, "变量": [dict(zip(_HEADS, row, strict=True)) for row in rows]}
            for title, rows in tables
        ]
        click.echo(json.dumps({"表": shown, "过滤器": list(FILTERS)}, ensure_ascii=False, indent=1))
        return
    for title, rows in tables:
        show_table(title, _HEADS, rows)
    click.echo(f"过滤器：{'、'.join(FILTERS)}")


LAYOUTS = ("信函", "文件", "纪要", "表格", "横表", "表单")


@template.command("new", cls=Sub)
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
@AS_JSON
@click.pass_context
def new(ctx: click.Context, name: str, layout: str, subject: str | None, as_json: bool) -> None:
    """新做一个模板，样式都备好，放进 templates，不覆盖已有的。例：generate.py template new 提示函 --format 信函"""
    from liangqing.base.diagnostics import reason
    from liangqing.base.folders import CATALOGUE, TEMPLATES
    from liangqing.base.output_files import write_durably
    from liangqing.own_templates.starters import NUMBERED, starter
    from liangqing.papers.rendering import load_catalogue
    from liangqing.variables.subjects import SUBJECTS, variables

    root = workspace_root(ctx)
    known = load_catalogue(root).entries
    of = known[name].subject_kind if name in known else subject or "单位"
    if of not in SUBJECTS or (subject or of) != of:
        raise click.UsageError(f"--subject 这里只能是 {of if name in known else '、'.join(SUBJECTS)}", ctx)
    if not name.strip() or set(name) & set('\\/:*?"<>|\n\t'):
        raise click.UsageError(f"文种名「{name}」要作文件名，里面不能有斜杠一类的符号", ctx)
    path = root / TEMPLATES / f"{name}.docx"
    if path.exists():
        raise refuse(
            "D502", Place(f"{TEMPLATES}/{path.name}"), "已经有这个模板，不覆盖", "换一个文种名，或先把它改名"
        )
    try:
        write_durably(path, starter(layout, variables(of).keys()))
    except OSError as problem:
        raise refuse(
            "D502", Place(str(path)), f"写不进去（{reason(problem)}）", "看看磁盘和权限"
        ) from problem
    lines: list[str] = []
    if name not in known:
        taken = {entry.kind.command for entry in known.values()}
        command = next(
            f"paper-{number}" for number in range(1, len(taken) + 2) if f"paper-{number}" not in taken
        )
        lines = list(_entry(name, command, of, numbered=layout in NUMBERED))
    if as_json:
        click.echo(as_json_text({"模板": f"{TEMPLATES}/{path.name}", "加到文种": "\n".join(lines) or None}))
        return
    click.echo(f"写好 {TEMPLATES}/{path.name}，用 Word 或 WPS 打开改，括号里的话换成自己的")
    if lines:
        click.echo(f"把下面几行加到 {CATALOGUE} 末尾（命令改成好记的英文名）：\n")
        click.echo("\n".join((*lines, "")))
    next_step(f"template check {name}")


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


# ---------------------------------------------------------------- check


def _targets(ctx: click.Context, names: Sequence[str], subject: str | None) -> list[Target]:
    """What is to be checked; raises Problems and UsageError for what was named wrongly."""
    from liangqing.base.folders import TEMPLATES
    from liangqing.papers.rendering import load_catalogue
    from liangqing.variables.subjects import SUBJECTS

    root = workspace_root(ctx)
    if subject is not None:
        if subject not in SUBJECTS:
            raise click.UsageError(f"--subject 只能是 {'、'.join(SUBJECTS)}", ctx)
        if not names:
            raise click.UsageError("--subject 要写明是哪个模板", ctx)
        folder = root / TEMPLATES
        paths = [Path(each) if Path(each).is_file() else folder / each for each in names]
        return [Target(_shown(root, path), path.resolve(), subject) for path in paths]
    known = load_catalogue(root)
    entries = {name: list(_files(entry)) for name, entry in known.entries.items()}
    wanted = [each for name in names for each in _named(ctx, root, known, name)] if names else None
    every = dict.fromkeys(
        (file, known.entry(name).subject_kind) for name, files in entries.items() for file in files
    )
    return [
        Target(f"{TEMPLATES}/{file}", (root / TEMPLATES / file).resolve(), kind)
        for file, kind in every
        if wanted is None or file in wanted
    ]


def _files(entry: Entry) -> list[str]:
    """The templates of a kind of document, for every layout."""
    given = entry.kind.template or {}
    return [given] if isinstance(given, str) else list(given.values())


def _named(ctx: click.Context, root: Path, known: Catalogue, word: str) -> list[str]:
    """The templates that `word` means: a kind of document, a file of the catalogue, or the path of one."""
    from liangqing.base.chinese import suggestion
    from liangqing.base.folders import TEMPLATES

    if word in known.entries:
        return _files(known.entries[word])
    files = list(dict.fromkeys(file for entry in known.entries.values() for file in _files(entry)))
    paths = {(root / TEMPLATES / file).resolve(): file for file in files}
    for path in (Path(word), root / word, root / TEMPLATES / word, root / TEMPLATES / f"{word}.docx"):
        if path.resolve() in paths:
            return [paths[path.resolve()]]
    if Path(word).is_file():
        raise click.UsageError(f"「{word}」不在文种目录里，加 --subject 对象 说明它用在什么上", ctx)
    near = suggestion(word, [*known.entries, *files])
    raise refuse("D502", Place(TEMPLATES), f"没有模板「{word}」", near)


def _shown(root: Path, path: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def _faults(target: Target) -> tuple[Diagnostic, ...]:
    from liangqing.base.chinese import FILTERS
    from liangqing.engine import compile_template
    from liangqing.engine.trial import trial
    from liangqing.variables.subjects import schema

    shape = schema(target.subject)
    try:
        template = compile_template(target.path, name=target.name, schema=shape, filters=FILTERS)
    except Problems as problems:
        return problems.diagnostics
    return trial(template, shape)


def _refuse_copy(ctx: click.Context, copy: Path, files: set[Path]) -> None:
    if len(files) != 1:
        raise click.UsageError(f"--annotate 一次只检查一个模板，现在是 {len(files)} 个", ctx)
    if copy.suffix.lower() != ".docx":
        raise click.UsageError("--annotate 后面写 .docx 文件名", ctx)
    if copy.exists():
        raise click.UsageError(f"--annotate 的「{copy}」已经有了，换一个名字", ctx)


def _annotated(path: Path, found: Sequence[Diagnostic], copy: Path, *, quiet: bool) -> None:
    """Writes the copy; a file that is no .docx has none, and has been told of already."""
    from liangqing.base.diagnostics import reason
    from liangqing.base.output_files import write_durably
    from liangqing.engine.annotate import annotate

    try:
        data = annotate(path, found)
    except Problems:
        return
    try:
        write_durably(copy, data)
    except OSError as problem:
        raise refuse("D502", Place(str(copy)), f"写不进去（{reason(problem)}）", "换一个地方") from problem
    click.echo(f"批注写在：{copy}", err=quiet)


# ---------------------------------------------------------------- vars


def _tables(ctx: click.Context, kind: str | None) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Titles and rows: first what stands at the top of a template, then each group that is read through it."""
    from liangqing.variables.papers import COMMON
    from liangqing.variables.subjects import SUBJECTS
    from liangqing.variables.subjects import variables as variables_of
    from liangqing.variables.table import groups

    tops: dict[str, Rows[Never]] = {}
    if kind is None:
        tops["所有文书都有"] = COMMON
        for subject in SUBJECTS:
            tops[f"对象是「{subject}」的文书另有"] = SUBJECTS[subject].own
    else:
        tops[f"{kind}能用的变量"] = variables_of(_subject_of(ctx, kind))
    for title, rows in tops.items():
        yield title, _rows(rows)
    for table in groups(tops.values()):
        yield f"一组「{table.name}」里有", _rows(table.rows)


def _subject_of(ctx: click.Context, kind: str) -> str:
    from liangqing.papers.rendering import load_catalogue
    from liangqing.variables.subjects import SUBJECTS

    known = load_catalogue(workspace_root(ctx))
    return kind if kind in SUBJECTS and kind not in known.entries else known.entry(kind).subject_kind


def _rows(rows: Rows[Never]) -> list[tuple[str, str, str]]:
    from liangqing.variables.table import in_words

    return [(name, in_words(variable.shape), variable.help) for name, variable in rows.items()]
