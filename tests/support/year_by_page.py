"""The year of group_year.yaml on the pages of the desk alone: forms typed into, lists pasted, forms of units taken in.

The very forms that the pages serve are filled in by their labels and posted as a browser would (page_forms.py).
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from desks import running
from forms_by_hand import written
from group_year import SIGNER, YEAR, Forms, Office, Step, short_names, told_by, without
from lxml import html
from page_forms import OpenPage, PageForm, readable
from year_by_workbook import APART, GIVEN, ONE, cells

Typed = tuple[tuple[tuple[str, int], ...], str, str]  # the rows that lead to a field, its label, the text
FEW = 3  # so many records of a section are typed one by one; more, without lists of their own, are pasted
LABELS = {"填报状态": "状态"}  # heads of the workbook that the forms say otherwise


class PageOffice(Office):
    """A clerk at the desk; what is asked of the command line that changes anything is done on the page."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, client: httpx.Client) -> None:
        super().__init__(root, patch)
        self.client, self.base = client, ""
        self.clicks, self.signs = Counter[str](), Counter[str]()

    def page(self, path: str) -> OpenPage:
        """A page of the workspace."""
        return OpenPage(self.client, self.client.get(self.base + path))

    def __call__(self, *words: str, code: int = 0) -> str:
        if words[0] == "issue":
            if len(words) == 2:
                self._keep(words[1])
            else:
                self._issue(words[1], words[2], words[4])
        elif words[0] == "propose":
            self._propose(words[2])
        else:
            return super().__call__(*words, code=code)
        return ""

    def _issue(self, kind: str, subject: str, day: str) -> None:
        """From the list of what waits; a paper that gets no number is found among all papers."""
        listed = self.page("issue")
        found = _links(listed, kind, subject, "/issue/")
        if not found:
            listed = self.page(f"papers?kind={quote(kind)}")
            one = listed.follow(*_links(listed, kind, subject, "/papers/"))
            listed, found = one, one.tree.xpath("//a[text()='印发' or text()='定稿']")
            self.clicks["印发"] += 3
        assert len(found) == 1, (kind, subject, listed.text)
        form = listed.follow(found[0]).form(unquote(found[0].get("href")).rpartition("/")[2])
        assert form.shown("成文日期") == day
        if form.shown("签发人") != SIGNER:
            form.put("签发人", SIGNER)  # the next papers offer who signed the last
        done = form.send()
        assert "已印发" in done.text or "已定稿" in done.text, done.text
        self.clicks["印发"] += 3
        self.signs["签发人"] += form.signs

    def _keep(self, kind: str) -> None:
        """All of a kind that was handed over, from the list where they are ticked; the ticks of other kinds are taken out."""
        listed = self.page("issue")
        form = PageForm(listed, listed.tree.get_element_by_id("keeping"))
        wanted = 0
        for box in form.form.xpath(".//input[@type='checkbox']"):
            if f"选 {kind} " in box.get("aria-label"):
                wanted += 1
            else:
                del box.attrib["checked"]
                self.clicks["定稿"] += 1
        assert wanted
        assert form.send().text.count("已定稿") == wanted
        self.clicks["定稿"] += 2

    def _propose(self, unit: str) -> None:
        form = self.page("propose").form("propose")
        boxes = form.form.xpath(".//input[@type='checkbox']")
        for box in boxes:
            if unit not in box.get("aria-label"):
                del box.attrib["checked"]
                self.clicks["建议"] += 1
        assert "拟好了" in form.send().text
        self.clicks["建议"] += 2


def _links(listed: OpenPage, kind: str, subject: str, part: str) -> list[Any]:
    """The links with `part` in their address in the rows of a table that name a paper."""
    rows = [row for row in listed.tree.xpath("//table//tr[td]") if kind in row.text_content()]
    named = [row for row in rows if subject in row.text_content()]
    return [link for row in named for link in row.xpath(f".//a[contains(@href, '{part}')]")]


@contextmanager
def office_at_desk(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[PageOffice]:
    """Someone at a desk that was started without a workspace; new ones are made in `folder`/home."""
    days: list[PageOffice] = []

    def today() -> date:
        return date.fromisoformat(days[0].day if days and days[0].day else f"{YEAR}-01-01")

    with running(None, today, folder) as desk, desk.client() as client:
        office = PageOffice(folder / "home/页面", patch, client)
        days.append(office)
        yield office


class ByPage(Forms):
    """Everything on the page; `signs` are typed by form of a section (or paste), `sections` were saved and read back."""

    def __init__(self) -> None:
        super().__init__()
        self.signs, self.clicks = Counter[str](), Counter[str]()
        self.sections: set[str] = set()
        self.pasted: set[str] = set()

    # ---------------------------------------------------------------- the first day

    def begin(self, office: Office, step: Step) -> None:
        """A workspace from the least that a paper needs; then the forms of the records that it began with are gone on with."""
        assert isinstance(office, PageOffice)
        form = OpenPage(office.client, office.client.get("/new")).form("/new/make")
        (unit, *_), (task, *_) = step.added["单位"], step.added["清单"]["任务"]
        form.put("文件夹名", office.root.name)
        fields = {
            "机构": cells("机构", step.added["机构"]),
            "单位": cells("单位", unit),
            "清单": cells("清单", without(step.added["清单"], "自查期次", "任务")),
            "任务": cells("任务", task),
        }
        for name, texts in fields.items():
            for label, text in texts:
                self._first(form, f"{name} {label}", text)
        made = form.send()
        office.base = str(made.answer.url).removesuffix("today")
        assert office.root.is_dir()
        self._count("新建", form)
        self._change(office, "机构", "全部", step.added["机构"])
        self._change(office, "单位", "U01", without(unit, GIVEN))
        checklist = dict(step.added["清单"])
        rest = {"任务": {"R1": without(task, GIVEN)}}
        # the units that tasks and 期次 name have to be there first
        self._paste(office, "单位", step.added["单位"][1:])
        self._change(office, "清单", "全部", {**without(checklist, "任务"), **rest})
        self._change(office, "清单", "全部", {"任务": checklist["任务"][1:]})

    def _first(self, form: PageForm, name: str, text: str) -> None:
        found = form.form.xpath(f".//*[@name='{name}']")
        if found:
            form.put_into(found[0], text)

    # ---------------------------------------------------------------- later

    def type(self, office: Office, step: Step) -> None:
        assert isinstance(office, PageOffice)
        for section, facts in step.added.items():
            if section in ONE:
                self._new(office, section, facts)
                continue
            for record in facts:
                self._new(office, section, record)
        for section, more in step.more.items():
            if section in ONE:
                self._change(office, section, "全部", more)
            elif len(more) > FEW and not any(keys.keys() & APART.get(section, {}) for keys in more.values()):
                self._paste(office, section, [{GIVEN: code, **keys} for code, keys in more.items()])
            else:
                for code, keys in more.items():
                    self._change(office, section, code, keys)

    def _new(self, office: PageOffice, section: str, record: Mapping[str, Any]) -> None:
        self._save(office, section, f"records/{quote(section)}/new", without(record, GIVEN))

    def _change(self, office: PageOffice, section: str, key: str, facts: Mapping[str, Any]) -> None:
        self._save(office, section, f"records/{quote(section)}/{quote(key)}", facts)

    def _save(self, office: PageOffice, section: str, path: str, facts: Mapping[str, Any]) -> None:
        """Fill in a form, save it, and read what was typed back from the form that comes then."""
        form = office.page(path).record()
        typed = list(self._fill(form, section, facts, None, ()))
        came = form.send()
        self._count(section, form)
        if "确认保存" in came.text:
            came = came.record().send()
            self.clicks[section] += 1
        assert "已保存" in came.text, f"{section} {facts}\n{came.text}"
        again = came.record()
        for rows, label, text in typed:
            row = self._row(again, rows)
            assert again.says(label, text, row), (section, label, text, again.shown(label, row))
        assert "没有改动" in again.send().text
        self.sections.add(section)

    def _fill(
        self,
        form: PageForm,
        name: str,
        facts: Mapping[str, Any],
        row: Any,
        above: tuple[tuple[str, int], ...],
    ) -> Iterator[Typed]:
        for key, value in facts.items():
            called = APART.get(name, {}).get(key, key)
            part = form.part(called, row)
            if part is None:
                for head, text in cells(name, {key: value}):
                    label = LABELS.get(head, head)
                    if not form.says(label, text, row):
                        form.put(label, text, row)
                    yield above, label, text
                continue
            for inner, item in self._rows(form, part, value):
                number = form.rows(part).index(inner)
                yield from self._fill(form, called, item, inner, (*above, (called, number)))

    def _rows(self, form: PageForm, part: Any, value: Any) -> Iterator[tuple[Any, Mapping[str, Any]]]:
        """The rows that values go into: new ones, or those that are there by their 编号 or 名称."""
        if isinstance(value, Mapping) and all(isinstance(item, Mapping) for item in value.values()):
            for code, item in value.items():
                (row,) = [row for row in form.rows(part) if self._called(form, row) == code]
                form.clicks += 1
                yield row, item
            return
        there = form.rows(part)
        if isinstance(value, Mapping):
            yield (there[0] if there else form.add(part)), value
            return
        for item in value:
            yield form.add(part), without(item, GIVEN)

    def _called(self, form: PageForm, row: Any) -> str:
        labels = [label.text_content().strip() for label in row.iter("label")]
        return form.shown(GIVEN if GIVEN in labels else "名称", row)

    def _row(self, form: PageForm, rows: tuple[tuple[str, int], ...]) -> Any:
        row = None
        for name, number in rows:
            row = form.rows(form.part(name, row))[number]
        return row

    def _paste(self, office: PageOffice, section: str, records: list[dict[str, Any]]) -> None:
        """Rows that stand in a spreadsheet, copied with their heads."""
        rows = [dict(cells(section, record)) for record in records]
        heads = list(dict.fromkeys(head for row in rows for head in row))
        lines = [heads, *([row.get(head, "") for head in heads] for row in rows)]
        form = office.page(f"records/{quote(section)}").form("paste")
        form.put("复制来的格子", "\n".join("\t".join(map(_copied, line)) for line in lines))
        seen = form.send().form("paste")
        came = seen.send(seen.button("保存"))
        assert f"已保存粘贴的 {len(rows)} 行" in came.text, came.text
        self.clicks[section] += 4
        self.signs[section] += sum(len(text) for line in lines[1:] for text in line)  # typed there
        self.pasted.add(section)

    def _count(self, section: str, form: PageForm) -> None:
        self.clicks[section] += form.clicks + 2  # to the list, and to the record or the empty form
        self.signs[section] += form.signs

    # ---------------------------------------------------------------- forms of units

    def collect(self, office: Office, step: Step) -> None:
        """The empty forms are fetched in one ZIP, filled in as in Word, and dropped onto the page."""
        assert isinstance(office, PageOffice)
        empty = self._empty(office, step.form)
        files = []
        for number, (subject, records) in enumerate(told_by(step).items(), 1):
            called = {**short_names(), **office.numbers}
            names = [called.get(word, word) for word in subject]
            (name,) = [name for name in empty if all(part in name for part in names)]
            filled, texts = written(empty[name], records)
            files.append(("files", (f"{number:02}-{name}", filled)))
            self.typed.setdefault(step.form, []).extend(texts)
        form = office.page("take").tree.get_element_by_id("take")
        shown = self._sent(office, form.get("hx-post"), files, {})
        assert f"收下 {len(files)} 份" in readable(shown), readable(shown)
        tree: Any = html.fromstring(shown)
        (button,) = tree.xpath("//button[@id='accept']")
        (seen,) = tree.xpath("//input[@id='seen']")
        taken = self._sent(office, button.get("hx-post"), files, {seen.get("name"): seen.get("value")})
        assert "收下了" in taken and "没有收" not in taken, readable(taken)
        self.clicks["收回"] += (
            5  # the list of empty forms, the ZIP, the page, the files, and that they are taken
        )

    def _empty(self, office: PageOffice, kind: str) -> dict[str, bytes]:
        listed = office.page(f"take/blanks?kind={quote(kind)}")
        (link,) = listed.tree.xpath("//a[contains(@href, 'blanks.zip')]")
        packed = office.client.get(link.get("href")).content
        with zipfile.ZipFile(io.BytesIO(packed)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def _sent(self, office: PageOffice, address: str, files: list[Any], fields: dict[str, str]) -> str:
        answer = office.client.post(address, files=files, data=fields, headers={"hx-request": "true"})
        assert answer.status_code == 200, readable(answer.text)
        return answer.text


def _copied(text: str) -> str:
    """A cell as a spreadsheet puts it into the clipboard."""
    return f'"{text}"' if "\n" in text else text
