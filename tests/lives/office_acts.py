"""All lawful acts of a random life, how often each happens, and those that go through the program's own files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import office_duties as duties
import office_findings as findings
import office_papers as papers
from filling import filled
from office_life import Life
from openpyxl import load_workbook


def propose(life: Life) -> str | None:
    """What the ladder proposes is taken over as drafts, and moved among the other 文书."""
    life.clerk.write(life.office)
    told = life.clerk.data("propose", "--yes")
    if not told["文书"]:
        return None
    for name in told.get("全部写入") or [told["写入"]]:
        year = int(name.split("/")[1])
        for paper in life.clerk.read(life.clerk.root / name)["文书"]:
            listed = paper["单位"] if isinstance(paper["单位"], list) else [paper["单位"]]
            life.office.years[year]["文书"].append({**paper, "单位": listed})
        life.clerk.moved(name)
    codes = "、".join(f"{each['文种']}（{'、'.join(each['问题'])}）" for each in told["文书"])
    return f"提议 {codes}"


def return_form(life: Life) -> str | None:
    """The form that went out with a letter comes back filled in, and is taken in by `collect`."""
    owed = life.sight.forms_owed()
    number = life.pick(sorted(owed))
    if number is None:
        return None
    letter, codes = owed[number]
    year = next(line["年度"] for line in life.office.lines if line.get("文号") == number)
    life.clerk.write(life.office)
    (form,) = life.clerk.root.glob(f"checklists/发文/*/{number}-*反馈表.docx")
    answers = {("日期", 0): str(life.today)}
    places = [place for place, code in enumerate(letter["问题"]) if code in codes]
    answers |= {("[].完成情况", place): "正在整改" for place in places}
    back = _arrived(life, "反馈表.docx", filled(form.read_bytes(), answers))
    life.clerk.data("collect", str(back), "--accept")
    path = life.clerk.path(year, f"收回/{life.today}")
    taken = life.clerk.read(path)["整改反馈"]
    told = {"整改函": letter["编号"], "日期": life.today, "完成情况": "正在整改"}
    expected = [{**told, "问题": letter["问题"][place]} for place in places]
    assert [{key: each[key] for key in expected[0]} for each in taken] == expected, taken
    for each in expected:
        life.office.years[year]["整改反馈"].append({"编号": life.code("FK"), **each})
    path.unlink()
    return f"收回反馈表 {number}（{'、'.join(sorted(codes))}）"


def _arrived(life: Life, name: str, data: bytes) -> Path:
    path = life.clerk.root.parent / name
    path.write_bytes(data)
    return path


def take_ledger_back(life: Life) -> str | None:
    """A goal is typed into the ledger, and nothing else of the records changes."""
    year = life.rng.choice([*life.office.years])
    finding = life.pick(each for at, each in life.sight.found(year))
    if finding is None:
        return None
    life.clerk.write(life.office)
    life.clerk.data("build", "台账", "--year", str(year), "--as-of", str(life.today))
    (path,) = life.clerk.root.glob(f"output/{year}*/台账/*.xlsx")
    book = load_workbook(path)
    sheet = book["问题"]
    heads = [cell.value for cell in sheet[4]]
    (row,) = [row for row in sheet.iter_rows(min_row=5) if row[heads.index("编号")].value == finding["编号"]]
    goal = f"{life.today}前见效"
    row[heads.index("整改目标")].value = goal
    path.unlink()
    back = life.clerk.root.parent / "台账.xlsx"
    book.save(back)
    life.clerk.data("collect", str(back), "--accept")
    finding["整改目标"] = goal
    written = life.clerk.path(year, "问题")
    assert life.clerk.read(written)["问题"] == life.office.years[year]["问题"], "台账收回后问题与应有的不同"
    life.clerk.forget(written)
    return f"台账收回 {finding['编号']} 的整改目标"


Act = Callable[[Life], str | None]

# How often each happens, one among the others.
WEIGHTS: tuple[tuple[Act, int], ...] = (
    (duties.inspect, 5),
    (duties.find, 13),
    (duties.settle, 6),
    (duties.sign, 6),
    (duties.reword, 1),
    (papers.draft_letter, 10),
    (papers.correct_letter, 14),
    (papers.write_paper, 3),
    (papers.issue, 18),
    (papers.void, 4),
    (papers.take_out_draft, 1),
    (papers.deliver, 3),
    (papers.reply, 3),
    (papers.hand_in_forms, 3),
    (findings.progress, 4),
    (findings.extend, 3),
    (findings.change_owner, 1),
    (findings.apply, 3),
    (findings.check_closing, 4),
    (findings.close, 4),
    (findings.look_again, 4),
    (duties.hand_in, 5),
    (duties.review, 5),
    (duties.hand_in_anew, 1),
    (duties.begin_project, 1),
    (duties.finish_project, 1),
    (duties.found_unit, 1),
    (duties.dissolve, 2),
    (propose, 2),
    (return_form, 2),
    (take_ledger_back, 1),
)


def act(life: Life) -> str:
    """One act, whatever can be done today."""
    acts, weights = zip(*WEIGHTS, strict=True)
    while True:
        (chosen,) = life.rng.choices(acts, weights)
        if said := chosen(life):
            life.clerk.write(life.office)
            return str(said)
