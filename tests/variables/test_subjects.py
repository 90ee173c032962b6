"""The kinds of subject: what each says of itself, and which values papers on it get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, Never

import pytest

from liangqing.engine import (
    Flag,
    Image,
    Inset,
    List,
    Number,
    PictureFile,
    Reads,
    Record,
    Shape,
    SubDocumentFile,
    Text,
)
from liangqing.forms.mark import Mark
from liangqing.papers.rendering import load_catalogue, subjects_of
from liangqing.variables.about import Subject
from liangqing.variables.covers import CoverSubject
from liangqing.variables.letters import LetterSubject
from liangqing.variables.papers import COMMON, OF_MARK, Paper
from liangqing.variables.subjects import LISTED_BY_CATALOGUE, SUBJECTS, schema, values, variables
from liangqing.variables.table import Rows, VariableTable
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year.open_workspace import OpenWorkspace

LISTED = [
    name for name in SUBJECTS if name not in LISTED_BY_CATALOGUE
]  # who knows the catalogue lists the others


def of_catalogue(opened: OpenWorkspace, kind: str) -> list[Subject]:
    """The subjects that only the catalogue can list."""
    known = load_catalogue(opened.root)
    return subjects_of(opened, next(entry for entry in known.entries.values() if entry.subject_kind == kind))


def covers(opened: OpenWorkspace) -> list[Subject]:
    return of_catalogue(opened, "文书与函")


def archived(opened: OpenWorkspace) -> list[Subject]:
    return subjects_of(opened, load_catalogue(opened.root).entry("归档文件目录"))


def some(opened: OpenWorkspace, kind: str) -> list[Subject]:
    """The first and the last subject of a kind."""
    found = list(SUBJECTS[kind].list(opened.at)) if kind in LISTED else of_catalogue(opened, kind)
    return [found[0], found[-1]]


def named(opened: OpenWorkspace, kind: str, code: str) -> Subject:
    return next(subject for subject in SUBJECTS[kind].list(opened.at) if subject.code == code)


# ---------------------------------------------------------------- schema and values


def test_of_the_values_that_all_papers_have_the_named_ones_follow_from_the_mark(
    sample_year: OpenWorkspace,
) -> None:
    subject = some(sample_year, "期次.单位")[0]
    papers = [
        Paper(subject, mark=Mark("自查情况表", 1, 2021, "第一期/U1", code)) for code in ("AAAAAA", "BBBBBB")
    ]
    differing = {
        name
        for name, variable in COMMON.items()
        if variable.below is None and len({str(variable.read(paper, {})) for paper in papers}) == 2
    }
    assert differing == OF_MARK


def everything(rows: Rows[Never], above: tuple[VariableTable[Never], ...] = ()) -> Reads:
    """What a template would read that reads all variables, but no table within itself."""
    reads: Reads = {}
    for name, variable in rows.items():
        table = variable.below
        if table in above:
            continue
        inner = {} if table is None else everything(table.rows, (*above, table))
        reads[name] = {"[]": inner} if isinstance(variable.shape, List) and inner else inner
    return reads


def unfit(shape: Shape, value: object, path: str) -> Iterator[str]:
    """Where a value is not what its shape promises."""
    if value is None and getattr(shape, "optional", False):
        return
    plain = {
        Text: str,
        Image: PictureFile,
        Inset: SubDocumentFile,
        Number: int,
        Flag: bool,
        List: list,
        Record: dict,
    }[type(shape)]
    if not isinstance(value, plain) or (plain is int and isinstance(value, bool)):
        yield f"{path}: {value!r}"
    elif isinstance(shape, List) and isinstance(value, list):
        for item in value:
            yield from unfit(shape.item, item, f"{path}[]")
    elif isinstance(shape, Record) and isinstance(value, Mapping):
        fields = shape.fields()
        for name in value:
            if name != "有":
                yield from unfit(fields[name], value[name], f"{path}.{name}")


@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_value_is_what_the_schema_says(sample_year: OpenWorkspace, kind: str) -> None:
    reads = everything(variables(kind))
    assert set(reads) == set(schema(kind).fields()) > set(COMMON)
    for subject in some(sample_year, kind):
        taken = values(kind, Paper(subject), reads)
        assert list(taken) == list(reads)
        assert list(unfit(schema(kind), taken, kind)) == []


def test_a_value_that_is_not_what_its_shape_promises_is_seen() -> None:
    shape = List(Record("组", lambda: {"名": Text(), "数": Number(optional=True), "否": Flag()}))
    wrong = [{"名": None, "数": None, "否": 0}, {"名": "名", "数": True, "否": False}]
    assert list(unfit(shape, wrong, "表")) == ["表[].名: None", "表[].否: 0", "表[].数: True"]


@pytest.mark.parametrize("kind", SUBJECTS)
def test_no_kind_says_otherwise_what_all_papers_say(kind: str) -> None:
    assert COMMON.keys() & SUBJECTS[kind].own.keys() == set()
    assert list(variables(kind)) == [*COMMON, *SUBJECTS[kind].own]


def test_an_unknown_name_and_a_subject_of_another_kind_are_errors(sample_year: OpenWorkspace) -> None:
    paper = Paper(some(sample_year, "单位")[0])
    with pytest.raises(KeyError, match="整改函"):
        values("单位", paper, {"整改函": {}})
    with pytest.raises(TypeError, match="UnitSubject is no LetterSubject"):
        values("整改函", paper, {"整改函": {}})


# ---------------------------------------------------------------- what subjects say of themselves


class Wanted(NamedTuple):
    """A subject of the sample, and what it has to say; `called_by` whether the names of its units mean it."""

    kind: str
    code: str
    units: tuple[str, ...] = ()
    called_by: bool = True
    findings: tuple[str, ...] = ()
    addressee: str = ""
    written_as: str | None = None


SQUAD = "执法支队党支部"
WANTED = [
    Wanted("年度", "2021", findings=tuple(f"W2021-0{number}" for number in range(1, 9))),
    Wanted("单位", "U12", ("阳朔局党支部",)),
    Wanted("期次.单位", "第三期/U11", ("灵川局党支部",), findings=("W2021-01", "W2021-02", "W2021-03")),
    Wanted("检查", "CC02", ("资源局党支部", "兴安局党支部"), called_by=False),
    Wanted("检查.单位", "CC02/U08", ("资源局党支部",)),
    Wanted("问题", "W2021-08", (SQUAD,), findings=("W2021-08",)),
    Wanted("典型案例", "AL01"),
    Wanted(
        "整改函", "ZG3", ("兴安局党支部",), findings=("W2021-06",), addressee="桂林市兴安生态环境局党支部"
    ),
    Wanted(
        kind="文书",
        code="TB1",
        units=("资源局党支部", "兴安局党支部"),
        findings=("W2021-04", "W2021-06"),
        addressee="局党组，各党支部",
        written_as="通报",
    ),
]
# In the order of the table: what is told of a span of days stands on the findings by its end.
WANTED[8:8] = [
    Wanted("期间.月", "2021-03", findings=("W2021-01", "W2021-02", "W2021-03")),
    Wanted("期间.季", "2021-1季度", findings=("W2021-01", "W2021-02", "W2021-03")),
    Wanted("期间.半年", "2021-上半年", findings=tuple(f"W2021-0{number}" for number in range(1, 7))),
    Wanted("期间", "2021", findings=tuple(f"W2021-0{number}" for number in range(1, 9))),
]


def test_of_each_kind_that_is_listed_one_is_looked_at() -> None:
    assert [wanted.kind for wanted in WANTED] == LISTED


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.kind)
def test_what_a_subject_says_of_itself(sample_year: OpenWorkspace, wanted: Wanted) -> None:
    subject = named(sample_year, wanted.kind, wanted.code)
    assert tuple(unit.short_name for unit in subject.units) == wanted.units
    assert tuple(finding.code for finding in subject.findings) == wanted.findings
    assert [found.finding for found in subject.found] == list(subject.findings)
    assert (subject.addressee, subject.written_as) == (wanted.addressee, wanted.written_as)
    assert (subject.copies_to is not None) == bool(subject.addressee)
    assert subject.names >= {*wanted.code.split("/"), *wanted.units, *wanted.findings}


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.kind)
def test_which_words_mean_a_subject(sample_year: OpenWorkspace, wanted: Wanted) -> None:
    subject = named(sample_year, wanted.kind, wanted.code)
    assert all(subject.answers_to(word) for word in (wanted.code, *wanted.code.split("/")))
    assert not subject.answers_to("临桂局党支部")
    for unit in subject.units:
        assert {subject.answers_to(word) for word in (unit.code, unit.name, unit.short_name)} == {
            wanted.called_by
        }
        assert subject.is_of_unit(unit.short_name) == (wanted.called_by and len(wanted.units) == 1)


def test_what_a_letter_says_goes_before_what_it_gets_by_default(sample_year: OpenWorkspace) -> None:
    group = sample_year.at.year.group
    letter, written = named(sample_year, "整改函", "ZG3"), named(sample_year, "文书", "TX1")
    assert isinstance(letter, LetterSubject) and isinstance(written, WrittenSubject)
    said = {"copies_to": (), "corrects": "某函〔2021〕1号", "addressee": "某单位"}
    bare: dict[str, None] = dict.fromkeys(said)
    for subject in (
        replace(letter, letter=letter.letter.model_copy(update=said)),
        replace(written, written=written.written.model_copy(update=said)),
    ):
        assert {name: getattr(subject, name) for name in said} == said
    for subject in (
        replace(letter, letter=letter.letter.model_copy(update=bare)),
        replace(written, written=written.written.model_copy(update=bare)),
    ):
        assert (subject.copies_to, subject.corrects) == (group.copies_to, "")
        assert subject.addressee == subject.units[0].name


def test_a_cover_answers_as_the_paper_that_it_goes_round_with(sample_year: OpenWorkspace) -> None:
    own = {"names", "in_title"}  # with the parts of its own code, and a title of its own
    asked = [name for name, said in vars(Subject).items() if isinstance(said, property) and name not in own]
    found = covers(sample_year)
    assert len(asked) == 10 and len(found) > 10
    for cover in found:
        assert isinstance(cover, CoverSubject)
        assert cover.code == f"{cover.kind}/{cover.of.code}"
        assert cover.names == cover.of.names | {cover.kind}
        for name in asked:
            assert getattr(cover, name) == getattr(cover.of, name), name
