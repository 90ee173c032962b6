"""Everything that the program shows of an office on a day, against the count of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from office import Sight
from office_clerk import Clerk, Refused
from office_in_ledger import ledger
from office_in_pages import debts, overview, summary
from office_in_status import proposals, status
from office_shown import Difference

PAPERS = {"台账": ledger, "总览": overview, "单位清欠单": debts, "年度监督工作总结": summary}


def papers(clerk: Clerk, sight: Sight) -> Iterator[Difference]:
    """What is printed of the year on the day of the sight."""
    year = str(sight.year)
    clerk.data("build", *PAPERS, "--year", year, "--as-of", str(sight.day))
    for kind, view in PAPERS.items():
        yield from view(sorted(clerk.root.glob(f"output/{year}*/{kind}/*.*")), sight)
    shutil.rmtree(clerk.root / "output")


def differences(clerk: Clerk, sight: Sight) -> list[Difference]:
    """All that differs on the day of the sight; a view that is refused differs as a whole."""
    found: list[Difference] = []
    for view in (status, proposals, papers):
        try:
            found += view(clerk, sight)
        except Refused as refused:
            found.append(Difference(view.__name__, str(refused), "看得到"))
    return found
