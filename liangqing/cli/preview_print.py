"""`preview` and `print`: papers seen as pages, and papers put on paper."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.folders import OUTPUT
from liangqing.cli.completion import complete_kinds, complete_subjects
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    WRONG,
    YEAR,
    Sub,
    as_data,
    as_json_text,
    next_step,
    show,
    show_table,
    today,
    workspace_root,
)
from liangqing.cli.pdf import chosen, tell_substitutions

if TYPE_CHECKING:
    from liangqing.actions.choose_papers import ChosenPaper
    from liangqing.base.output_files import Store
    from liangqing.pdf.converting import Converted
    from liangqing.pdf.page_count import Sheets
    from liangqing.pdf.printers import Printer
    from liangqing.year.open_workspace import OpenWorkspace

PREVIEW = f"{OUTPUT}/预览"
_UNIT = click.option("--unit", metavar="单位", help="只要这个单位的（编号、名称或简称）")
_DPI = click.IntRange(30, 600)


@dataclass(frozen=True)
class Chosen:
    """The papers that were asked for, with what they come from."""

    opened: OpenWorkspace
    store: Store
    pieces: Sequence[ChosenPaper]


@click.command(cls=Sub)
@click.argument("kind", metavar="文种", shell_complete=complete_kinds)
@click.argument("subjects", nargs=-1, metavar="[对象…]", shell_complete=complete_subjects)
@_UNIT
@YEAR
@click.option("--open", "on_screen", is_flag=True, help="不出图片，用关联的程序打开 PDF")
@click.option("--dpi", type=_DPI, default=110, metavar="数", help="图片的精细程度，默认 110")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="放到别的目录，默认 output/预览",
)
@AS_JSON
@click.pass_context
def preview(
    ctx: click.Context,
    kind: str,
    subjects: tuple[str, ...],
    unit: str | None,
    year: int | None,
    on_screen: bool,
    dpi: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """看一份文书印出来的样子，不用先 build：出 PNG 图片，或打开 PDF。例：generate.py preview 整改函 ZG1"""
    from liangqing.base.output_files import write_durably
    from liangqing.pdf.drawing import draw

    taken = _choose(ctx, (kind,), subjects, unit, year)
    done = _convert(taken)
    folder = out or workspace_root(ctx) / PREVIEW
    seen = [each for each in taken.pieces if each.path in done.pdfs]
    shown: list[dict[str, object]] = []
    if not as_json:
        show(done.faults)
    for each in seen:
        if not as_json:
            click.echo(f"{each.label}（{each.state}）　{each.title}")
        place = folder / each.kind
        if on_screen:
            file = place / f"{Path(each.path).stem}.pdf"
            write_durably(file, done.pdfs[each.path])
            made = [file]
            if click.launch(str(file)):
                click.echo("没有打开：这台电脑没有打开 PDF 的程序，或没有图形界面", err=True)
        else:
            made = draw(done.pdfs[each.path], place, Path(each.path).stem, dpi=dpi)
        shown.append({**_piece_as_data(each), "文件": [str(path) for path in made]})
        if not as_json:
            click.echo("\n".join(f"　{path}" for path in made))
    if as_json:
        click.echo(as_json_text({"文书": shown, "问题": [as_data(each) for each in done.faults]}))
    elif seen:
        draft = " --draft" if seen[0].draft else ""
        next_step(f"print {seen[0].kind} --subject {seen[0].subject}{draft}")
    ctx.exit(WRONG if done.faults else DONE)


@click.command("print", cls=Sub)
@click.argument("kinds", nargs=-1, required=True, metavar="文种…", shell_complete=complete_kinds)
@_UNIT
@click.option("--subject", "subjects", multiple=True, metavar="对象", help="只打这个对象的；可以写几次")
@YEAR
@click.option("--copies", type=click.IntRange(1, 999), metavar="数", help="各打几份，默认按「份数」")
@click.option("--printer", "name", metavar="打印机", help="默认用系统的默认打印机")
@click.option("--sides", type=click.Choice(["单面", "双面"]), help="都单面或都双面，默认公文双面、表单单面")
@click.option("--draft", is_flag=True, help="还没有印发、没有文号的也打")
@click.option("--yes", is_flag=True, help="不问，直接打")
@click.option("--dry-run", "dry_run", is_flag=True, help="只列清单，不打")
@AS_JSON
@click.pass_context
def print_command(
    ctx: click.Context,
    kinds: tuple[str, ...],
    unit: str | None,
    subjects: tuple[str, ...],
    year: int | None,
    copies: int | None,
    name: str | None,
    sides: str | None,
    draft: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """打印：先列清单，问过再打，打了什么记下来。例：generate.py print 整改函 --unit 灵川局党支部 --copies 2"""
    from liangqing.pdf import printers

    if as_json and not (yes or dry_run):
        raise click.UsageError("--json 不问人：同时写 --yes（直接打）或 --dry-run（只列清单）", ctx)
    to = printers.printer(name)
    taken = _choose(ctx, kinds, subjects, unit, year)
    held = [each for each in taken.pieces if each.draft and not draft]
    for each in held:
        click.echo(f"不打：{each.label} 还没有印发、没有文号（要打草稿加 --draft）", err=True)
    ready = [each for each in taken.pieces if each not in held]
    if not ready:
        raise refuse(
            Code.NOTHING_TO_PRINT,
            Place("、".join(kinds)),
            "没有可以打印的文书",
            "先 issue 印发，或加 --draft 打草稿",
        )
    sheaf = _sheaf(Chosen(taken.opened, taken.store, ready), copies, sides)
    if not as_json:
        _list(sheaf, to)
    if not (yes or dry_run):
        _ask(ctx)
    jobs = [] if dry_run else _send(workspace_root(ctx), sheaf, to, today(ctx), quiet=as_json)
    if as_json:
        click.echo(as_json_text(_sheaf_as_data(sheaf, held, to, jobs)))
    elif dry_run:
        click.echo("下一步：去掉 --dry-run 再运行，就打印")
    else:
        next_step("status，看还等着什么（送到单位以后，在「送达」里登记）")


@dataclass(frozen=True)
class Ready:
    """A paper with its PDF, and how it will be printed."""

    piece: ChosenPaper
    pdf: bytes
    sheets: Sheets
    copies: int
    duplex: bool

    @property
    def paper(self) -> int:
        """Sheets of paper for all copies."""
        return self.copies * (-(-self.sheets.pages // 2) if self.duplex else self.sheets.pages)


def _choose(
    ctx: click.Context, kinds: tuple[str, ...], subjects: tuple[str, ...], unit: str | None, year: int | None
) -> Chosen:
    from liangqing.actions import build as pipeline
    from liangqing.actions.choose_papers import pieces
    from liangqing.year.open_workspace import settled_workspace

    root = workspace_root(ctx)
    opened = settled_workspace(root, year, None, today(ctx))
    store = pipeline.output_store(root, opened.year_folder)
    found = pieces(opened, pipeline.Request(kinds, subjects, unit), store)
    if not found:
        raise _nothing(root, kinds)
    return Chosen(opened, store, found)


def _nothing(root: Path, kinds: Sequence[str]) -> Problems:
    """Why there is nothing to be seen or printed."""
    from liangqing.papers.rendering import load_catalogue

    known = load_catalogue(root)
    for kind in kinds:
        entry = known.entry(kind)
        if entry.kind.writer is not None:
            program = " Excel 或 WPS " if entry.kind.writer == "xlsx" else "浏览器"
            advice = f"先 build {kind}，用{program}打开生成的文件，在那里看、在那里打印"
            return refuse(
                Code.NOT_A_WORD_PAPER, Place(kind), f"「{kind}」不是 Word 文书，这里看不了也打不了", advice
            )
    advice = "用 build 看看为什么：可能门槛未过，或不符合「条件」"
    return refuse(Code.NOTHING_TO_PRINT, Place("、".join(kinds)), "没有这样的文书可以出", advice)


def _convert(taken: Chosen) -> Converted:
    """The PDFs by path of the paper; those that lie beside the papers are not made again."""
    from liangqing.pdf import pdf_store

    jobs = [
        pdf_store.ConversionJob(each.path, each.data, (taken.store.root / each.path).with_suffix(".pdf"))
        for each in taken.pieces
    ]
    done = pdf_store.at_hand(jobs, chosen(taken.opened.at.year.options))
    tell_substitutions(done.substitutions)
    return done


def _sheaf(taken: Chosen, copies: int | None, sides: str | None) -> list[Ready]:
    """All that is to be printed. Raises Problems when one can't be converted: half a set helps nobody."""
    from liangqing.pdf.page_count import sheets

    done = _convert(taken)
    if done.faults:
        raise Problems(done.faults)
    sheaf = []
    for each in taken.pieces:
        of = sheets(done.pdfs[each.path], each.label)
        duplex = each.duplex if sides is None else sides == "双面"
        sheaf.append(Ready(each, done.pdfs[each.path], of, copies or each.copies, duplex and of.pages > 1))
    return sheaf


def _list(sheaf: Sequence[Ready], to: Printer) -> None:
    rows = [
        (
            each.piece.label,
            each.piece.state,
            str(each.sheets.pages),
            str(each.copies),
            "双面" if each.duplex else "单面",
            each.sheets.paper,
            str(each.paper),
        )
        for each in sheaf
    ]
    show_table(f"打印机：{to.name}", ("文书", "状态", "页", "份", "单双面", "纸", "张"), rows)
    total = sum(each.paper for each in sheaf)
    click.echo(f"合计：{len(sheaf)} 个文书，{sum(each.copies for each in sheaf)} 份，用纸 {total} 张")
    if to.limits:
        click.echo(f"注意：{to.limits}")


def _ask(ctx: click.Context) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("这里没有人可以问，没有打印：看过清单后加 --yes", ctx)
    if not click.confirm("打印吗？", default=False):
        click.echo("没有打印")
        ctx.exit(DONE)


def _send(root: Path, sheaf: Sequence[Ready], to: Printer, day: date, *, quiet: bool) -> list[str]:
    """Hand the papers over one by one, each recorded as soon as the queue has taken it; the queue's names for them."""
    import tempfile

    from liangqing.pdf import print_log
    from liangqing.pdf.printers import PrintJob

    # On Windows the associated program reads the file after we are gone: the folder is left to the system.
    folder = Path(tempfile.mkdtemp(prefix="liangqing-print-"))
    jobs = []
    try:
        for number, each in enumerate(sheaf, 1):
            file = folder / f"{number:03}.pdf"
            file.write_bytes(each.pdf)
            job = to.send(PrintJob(each.piece.label, file, each.copies, each.duplex, each.sheets.paper))
            print_log.record(root, _entry(each, to, job, day))
            jobs.append(job)
            if not quiet:
                click.echo(f"已送打：{each.piece.label}　{each.copies} 份" + (f"　任务 {job}" if job else ""))
    finally:
        if sys.platform != "win32":
            import shutil

            shutil.rmtree(folder, ignore_errors=True)
    if not quiet:
        click.echo(f"已记入：{print_log.FILE}")
    return jobs


def _piece_as_data(each: ChosenPaper) -> dict[str, object]:
    """A paper for a script."""
    return {"文种": each.kind, "对象": each.subject, "标题": each.title, "状态": each.state}


def _sheaf_as_data(
    sheaf: Sequence[Ready], held: Sequence[ChosenPaper], to: Printer, jobs: Sequence[str]
) -> dict[str, object]:
    """What the list tells, for a script; 任务 is what the queue calls it, and none where nothing was printed."""
    rows = [
        {
            **_piece_as_data(each.piece),
            "页数": each.sheets.pages,
            "份数": each.copies,
            "双面": each.duplex,
            "纸": each.sheets.paper,
            "张数": each.paper,
            "任务": job or None,
        }
        for each, job in zip(sheaf, jobs or [""] * len(sheaf), strict=True)
    ]
    return {
        "打印机": to.name,
        "打印": bool(jobs),
        "文书": rows,
        "不打": [_piece_as_data(each) for each in held],
    }


def _entry(each: Ready, to: Printer, job: str, day: date) -> dict[str, Any]:
    """A line of the record of what was printed."""
    from liangqing.base.docx_zip import content_hash

    return {
        "日期": day.isoformat(),
        "打印机": to.name,
        "任务": job or None,
        "文种": each.piece.kind,
        "对象": each.piece.subject,
        "标题": each.piece.title,
        "状态": each.piece.state,
        "份数": each.copies,
        "页数": each.sheets.pages,
        "双面": each.duplex,
        "内容": content_hash(each.piece.data),
    }
