"""The command `completion`: a script with which a shell completes commands, options, kinds of paper and subjects.

click has the scripts for bash and zsh; PowerShell has its own way to ask (Register-ArgumentCompleter).
"""

from __future__ import annotations

import os

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

from liangqing.base.diagnostics import Problems
from liangqing.cli.console import Sub, find_root

PROGRAM = "liangqing"
VARIABLE = "_LIANGQING_COMPLETE"
SHELLS = ("bash", "zsh", "powershell")
_ADVICE = {
    "bash": '加进 ~/.bashrc：eval "$(liangqing completion bash)"',
    "zsh": '加进 ~/.zshrc：eval "$(liangqing completion zsh)"',
    "powershell": "加进 $PROFILE：liangqing completion powershell | Out-String | Invoke-Expression",
}


@add_completion_class
class PowerShell(ShellComplete):
    """Answers one suggestion a line: the word, a tab, its help."""

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $cursor)
    $before, $utf8 = [Console]::OutputEncoding, [Text.Encoding]::UTF8
    try {
        [Console]::OutputEncoding = $utf8
        $env:%(complete_var)s = "powershell_complete"
        $env:COMP_WORD = $word
        $env:COMP_LINE = $line.ToString().PadRight($cursor).Substring(0, $cursor)
        $env:PYTHONUTF8 = "1"
        & %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
        }
    } finally {
        [Console]::OutputEncoding = $before
        $env:%(complete_var)s, $env:COMP_WORD, $env:COMP_LINE, $env:PYTHONUTF8 = $null, $null, $null, $null
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        words = split_arg_string(os.environ.get("COMP_LINE", ""))
        incomplete = os.environ.get("COMP_WORD", "")
        before = words[1:-1] if incomplete and words[-1:] == [incomplete] else words[1:]
        return before, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """One line for PowerShell."""
        return f"{item.value}\t{item.help}" if item.help else str(item.value)


@click.command(cls=Sub)
@click.argument("shell", type=click.Choice(SHELLS), metavar="bash|zsh|powershell")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """输出命令补全的脚本，用于安装后的 liangqing 命令。例：eval "$(liangqing completion bash)" """
    found = get_completion_class(shell)
    assert found is not None
    asked = found(ctx.find_root().command, {}, PROGRAM, VARIABLE)
    click.echo(asked.source_template % asked.source_vars())
    click.echo(f"# {_ADVICE[shell]}")


def complete_kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds of paper that begin with what was typed; none where the catalogue can't be read."""
    from liangqing.papers import catalogue

    try:
        found = catalogue.commands(find_root(ctx))
    except Problems:
        return []
    return [
        CompletionItem(kind, help=command.help)
        for command in found
        for kind in command.kinds
        if kind.startswith(incomplete)
    ]


def complete_subjects(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The subjects of the kind that was typed, or of the command's kinds; none where the data can't be read."""
    from datetime import date

    from liangqing.papers import rendering
    from liangqing.papers.catalogue import commands
    from liangqing.papers.named_subjects import names_of
    from liangqing.year.open_workspace import open_workspace

    try:
        root = find_root(ctx)
        own = [
            kind
            for command in commands(root)
            if ctx.info_name in (command.name, *command.kinds)
            for kind in command.kinds
        ]
        opened = open_workspace(root, ctx.params.get("year"), None, date.max)
        known = rendering.load_catalogue(root)
        kinds = [ctx.params["kind"]] if ctx.params.get("kind") else own
        entries = [known.entry(kind) for kind in kinds]
        subjects = {
            subject.code: subject for entry in entries for subject in rendering.subjects_of(opened, entry)
        }
    except Problems:
        return []
    codes = {code: subject.label for code, subject in subjects.items()}
    if not incomplete.isascii():  # what a unit is called, as soon as a Chinese sign is typed
        codes |= {name: name for name in names_of([*subjects.values()]) if name not in codes}
    return [CompletionItem(code, help=label) for code, label in codes.items() if code.startswith(incomplete)]
