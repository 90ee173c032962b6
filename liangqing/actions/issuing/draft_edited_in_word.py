"""A draft that a person corrected in Word: shown before it goes out, or frozen as it is (--as-edited)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from liangqing.actions import build as building
from liangqing.actions.comparing import WordChange, changes, passages, squeezed
from liangqing.actions.issuing.fit_to_go_out import fit_to_go_out, with_properties_of
from liangqing.actions.issuing.number_into_docx import Filling, changed_indents, fill
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, collected, error
from liangqing.base.folders import OUTPUT
from liangqing.base.output_files import Artifact
from liangqing.papers import rendering
from liangqing.papers.rendering import Compiled, Made
from liangqing.variables.about import Subject
from liangqing.year.open_workspace import OpenWorkspace

# What is settled in the data alone, by the names under which papers print it.
SETTLED = ("责任人", "责任领导", "部门", "整改时限")
ARRANGED = "整改安排"  # the same in sentences, 责任人：…
_WORDS = ("文号文字", "成文日期文字")


@dataclass(frozen=True)
class EditedDraft:
    """A draft as the data makes it today, and the file that a person made of it; `told`: what of it does not go out."""

    place: Place
    made: Made
    theirs: bytes
    changes: tuple[WordChange, ...]
    told: tuple[Diagnostic, ...] = ()


def edited_drafts(
    opened: OpenWorkspace, compiled: Mapping[str, Compiled], subject: Subject
) -> dict[str, EditedDraft]:
    """The drafts of a paper and its annexes that were edited, by kind. Raises Problems for one that is no Word file."""
    store = building.output_store(opened.root, opened.year_folder)
    found = {}
    for kind, document in compiled.items():
        made = rendering.render(document, subject)
        path = made.artifact.path
        if (store.root / path).is_file() and store.is_edited(path):
            name = f"{OUTPUT}/{opened.year_folder}/{path}"
            theirs = (store.root / path).read_bytes()
            differ = changes(passages(made.artifact.data, name), passages(theirs, name))
            found[kind] = EditedDraft(Place(name), made, theirs, tuple(differ))
    return found


def refusals(draft: EditedDraft) -> Iterator[Diagnostic]:
    """Why a paper does not go out as the data has it: each word that would be lost."""
    keep = "要照改过的发，加 --as-edited；要照数据发，把改动写进数据，删掉这个草稿"
    if not draft.changes:
        yield error(Code.DRAFT_EDITED, draft.place, "草稿被人动过，字没有变，只改了格式或重新存过盘", keep)
        return
    yield error(
        Code.DRAFT_EDITED,
        draft.place,
        f"草稿被人改过，照数据印发会丢掉这些改动，共 {len(draft.changes)} 处",
        keep,
    )
    for change in draft.changes:
        yield error(
            Code.DRAFT_EDITED, replace(draft.place, detail=change.place), str(change).partition("：")[2]
        )


def fit_drafts(drafts: Mapping[str, EditedDraft]) -> dict[str, EditedDraft]:
    """The drafts without what must not go out. Raises Problems with all that a person has to settle in Word first."""
    problems: list[Diagnostic] = []
    fit = {}
    for kind, draft in drafts.items():
        with collected(problems):
            data, told = fit_to_go_out(draft.theirs, draft.place)
            fit[kind] = replace(draft, theirs=data, told=told)
    if problems:
        raise Problems(problems)
    return fit


def as_edited(draft: EditedDraft, issued: Made) -> Made:
    """The person's file with number and date in it, in place of what the data makes.

    Raises Problems when it changes what is settled in the data, or has no place for number and date.
    """
    _refuse_settled(draft)
    before, after = (
        {name: value for name in _WORDS if isinstance(value := made.reads.get(name), str)}
        for made in (draft.made, issued)
    )
    words = {before[name]: after[name] for name in before if before[name] != after[name]}
    controls = {name.removesuffix("文字"): word for name, word in after.items()}
    indents = changed_indents(draft.made.artifact.data, issued.artifact.data)
    theirs = with_properties_of(draft.theirs, issued.artifact.data)
    data = fill(theirs, draft.place.file, Filling(controls, words, indents))
    said = "".join(passage.text for passage in passages(data, draft.place.file))
    missing = [word for word in after.values() if squeezed(word) not in said]
    left = [word for word in words if squeezed(word) in said]
    if missing or left:
        message = f"草稿里没有地方填「{(missing or left)[0]}」"
        advice = "删掉这个草稿，重新 build，再在文号、日期留空处以外改；已手工填好发出的用 issue --number --file 补录"
        raise Problems([error(Code.NO_PLACE_FOR_NUMBER, draft.place, message, advice)])
    return replace(issued, artifact=Artifact(issued.artifact.path, data))


def _refuse_settled(draft: EditedDraft) -> None:
    settled = sorted(set(_settled(draft.made.reads)))
    advice = "责任和整改时限只在「问题」里改：改数据，把草稿改回来，再印发"
    found = [
        error(
            Code.SETTLED_TEXT_EDITED,
            replace(draft.place, detail=change.place),
            f"手改动了「{word}」：{str(change).partition('：')[2]}",
            advice,
        )
        for change in draft.changes
        for word in settled
        if change.touches(word)
    ]
    if found:
        raise Problems(found)


def _settled(value: object, name: str = "") -> Iterator[str]:
    """The texts of SETTLED among the values that a template read, as a passage has them."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _settled(below, key)
    elif isinstance(value, list):
        for below in value:
            yield from _settled(below, name)
    elif isinstance(value, str) and name == ARRANGED:
        label, _, words = value.partition("：")
        yield from _settled(words, label)
    elif isinstance(value, str) and name in SETTLED and squeezed(value):
        yield squeezed(value).rstrip("。")
