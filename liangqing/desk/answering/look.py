"""What a request looks at: a workspace, a year, a day; and what was sent along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlencode

from liangqing.actions import fill_gaps
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, refuse
from liangqing.base.folders import DATA, kit
from liangqing.data.sample import is_sample
from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.year.open_workspace import OpenWorkspace

NOW = "现在"  # in an address: the day is that of the clock


@dataclass(frozen=True)
class Upload:
    """A file that was dropped onto a page: the last part of its name, which never becomes a path, and its bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """What a request brought: `asked` stands in the address, `form` was filled in (a key may come several times)."""

    asked: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[Upload, ...]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)  # of the path, by the names in the table of pages
    partial: bool = False  # htmx asks for a piece of a page
    posted: bool = False  # it would change something

    def one(self, name: str) -> str:
        """The value of a field of the form; "" where it was not sent."""
        return next(iter(self.form.get(name, ())), "")


@dataclass(frozen=True)
class DeskLook:
    """What one request looks at. `root` None: no workspace is open (the page to begin with)."""

    desk: DeskSettings
    sent: Sent
    root: Path | None = None
    year: int | None = None
    day: date | None = None  # the day that a person chose; None: that of the clock

    @property
    def today(self) -> date:
        """The day of the clock."""
        return self.desk.clock()

    @cached_property
    def opened(self) -> OpenWorkspace:
        """The year on the chosen day, else today, as `status` sees it. Raises Problems where it can't be read at all."""
        return self.desk.workspaces.opened(self.folder, self.year, self.day, self.today)

    @cached_property
    def figures(self) -> OpenWorkspace:
        """The year on the chosen day, else on the day of its figures, as papers and overview see it."""
        return self.desk.workspaces.opened(self.folder, self.year, self.day, self.today, look_at_today=False)

    @cached_property
    def writing(self) -> OpenWorkspace:
        """The year as it is now, for what writes; whatever day a person looks at. Raises Problems for the sample."""
        self.refuse_sample()
        return self.desk.workspaces.opened(self.folder, self.year, None, self.today, look_at_today=False)

    @property
    def folder(self) -> Path:
        """The folder of the workspace; raises LookupError where none is open."""
        if self.root is None:
            raise LookupError("no workspace is open")
        return self.root

    @cached_property
    def unread(self) -> tuple[Diagnostic, ...]:
        """What can't be read of the data while the rest is shown: every page says so.

        Nothing where no workspace is open, and where the year can't be read at all, which a page tells by itself.
        """
        if self.root is None:
            return ()
        try:
            data = self.opened.data
        except (Problems, OSError):
            return ()
        if data.complete:
            return ()
        return tuple(problem for problem in data.diagnostics if problem.severity is Severity.ERROR)

    @cached_property
    def gaps(self) -> int:
        """How many places of a new workspace are still to be filled in; asked only where something can't be read."""
        return len(fill_gaps.gaps(self.folder))

    @cached_property
    def sample(self) -> bool:
        """Whether the open workspace is the sample."""
        return self.root is not None and is_sample(self.root)

    @property
    def looked_at_only(self) -> bool:
        """Whether the open workspace is the product's own sample, into which nothing is written unless asked for."""
        return self.sample and self.folder == kit().resolve() and not self.desk.sample

    def refuse_sample(self) -> None:
        """Raise Problems where something would be written into the product's own sample."""
        if self.looked_at_only:
            raise refuse(
                Code.SAMPLE_NOT_OWN,
                Place(str(self.folder)),
                "这是随程序来的示例，不是自己的工作目录：什么也没有写",
                "想动手试，在「开始」页点「试用示例」，另建一份随便改的示例",
            )

    def url(self, path: str = "", /, **asked: str | int | None) -> str:
        """The address of a page of this workspace, year and day; a value None is left out."""
        return self.url_on(self.day, self.year, path, asked)

    def url_on(
        self,
        day: date | None,
        year: int | None,
        path: str = "",
        asked: Mapping[str, str | int | None] | None = None,
    ) -> str:
        """The same for another day or year of the workspace."""
        known = {key: value for key, value in (asked or {}).items() if value is not None}
        query = f"?{urlencode(known)}" if known else ""
        base = f"/w/{self.desk.name(self.folder)}/{year or '-'}/{day or NOW}"
        return quote(f"{base}/{path}") + query

    def folders(self) -> list[int]:
        """The years for which there is a folder, the latest first; those that can't be read too."""
        found = (path.name for path in (self.folder / DATA).glob("[0-9][0-9][0-9][0-9]") if path.is_dir())
        return sorted(map(int, found), reverse=True)
