"""`admitted`: a Word file that a person made, without what is not on the list; and what is told of it.

The ways in are templates, drafts that go out as they were edited, forms that came back, parts of a paper that were written in
Word, and copies whose format is mended. Comments and tracked changes are not dealt with here, but in `without_remarks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.base.docx_zip import Package, Part
from liangqing.engine.admission.listed import (
    KINDS,
    LEFT,
    LINK,
    LOOSE,
    LOOSE_NAME,
    MACROS,
    MERGED,
    OBJECTS,
    SOURCES,
    SPARED,
    is_macro_type,
    last_word,
)
from liangqing.engine.admission.opened_package import OpenedPackage, packed_tree
from liangqing.engine.admission.relations_listed import is_listed, outside_refused, source_told
from liangqing.engine.admission.settle_elements import forget, has_remarks, has_signs, is_spared, users_of
from liangqing.engine.admission.settle_text import link_told, place_in, settle_text
from liangqing.engine.parts.relations import TYPES_PART


@dataclass(frozen=True)
class Admitted:
    """A package of which everything is on the list. `told`: warnings of what was left behind.

    `refused`: errors, what cannot be left behind unnoticed. It is not in the package either; whether the file is read all the
    same is for the caller to say.
    """

    package: Package
    told: tuple[Diagnostic, ...]
    refused: tuple[Diagnostic, ...]


def admitted(package: Package, *, called: str = "文件", tags: bool = False) -> Admitted:
    """What of a package may go into a paper; the package itself where that is all of it.

    `called` is what messages call the file; `tags`: it is a template, in whose links and fields tags may stand. Raises
    Problems for a part that is no sound XML.
    """
    return _Admission(OpenedPackage(package), called, tags).done()


@dataclass
class _Admission:
    opened: OpenedPackage
    called: str
    tags: bool
    kept: dict[str, Part] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)  # parts of which all is said
    names: list[str] = field(default_factory=list)  # of what stays behind, as Word calls it
    told: list[Diagnostic] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)

    def done(self) -> Admitted:
        self._walk("")
        self._take_loose()
        self._leave_rest()
        if not self.tags and self.opened.has_other_prefixes:  # of a template the compiler tells
            message, advice = f"{self.called}不是 Word 或 WPS 存出来的写法", "用 Word 或 WPS 打开后另存一次"
            self.refused.append(error(Code.UNKNOWN_PREFIX, self.opened.place, message, advice))
        names = "、".join(dict.fromkeys(self.names))
        if names:
            message = f"{self.called}里带着{names}，不带出去"
            advice = "不用改；要印在文书上的，写进正文"
            self.told.append(warning(Code.PART_LEFT_BEHIND, self.opened.place, message, advice))
        return Admitted(self._package(), tuple(dict.fromkeys(self.told)), tuple(dict.fromkeys(self.refused)))

    def _package(self) -> Package:
        package = self.opened.package
        types = package.parts[TYPES_PART]
        parts = {
            name: self.kept.get(name, types)
            for name in package.parts
            if name in self.kept or name == TYPES_PART
        }
        if len(parts) == len(package.parts) and all(
            part is package.parts[name] for name, part in parts.items()
        ):
            return package
        parts[TYPES_PART] = self.opened.types_of(parts)
        return replace(
            package, parts=parts, types={name: kind for name, kind in package.types.items() if name in parts}
        )

    # ------------------------------------------------------------ from part to part

    def _walk(self, part: str) -> None:
        """Takes along what a part leads to ("" is the package), and so on."""
        waiting = [part]
        while waiting:
            waiting += self._take(waiting.pop())

    def _take(self, source: str) -> list[str]:
        name, relations = self.opened.relations(source)
        led: list[str] = []
        gone: set[str] = set()
        for relation in relations:
            target = self.opened.target(source, relation)
            if not is_listed(self.opened, source, relation, target, tags=self.tags):
                self._leave(source, relation, target)
                gone.add(relation.get("Id", ""))
                self.opened.root(name).remove(relation)
            elif target and target not in self.kept:
                self.kept[target] = self.opened.parts[target]
                led.append(target)
        if name:
            self.kept[name] = packed_tree(name, self.opened.root(name)) if gone else self.opened.parts[name]
        if source:
            self._settle(source, gone)
        return led

    def _settle(self, source: str, gone: set[str]) -> None:
        part = self.opened.parts[source]
        if not (gone or (source.endswith(".xml") and has_signs(part.data))):
            return
        root = self.opened.root(source)
        before = etree.tostring(root)
        if gone:
            forget(root, gone)
        settled = settle_text(root, self.opened.package, source, called=self.called, tags=self.tags)
        said = any(word.code == Code.SOURCE_LEFT_BEHIND for word in self.told)  # of which the merge was one
        self.names += [name for name in settled.names if name != MERGED or not said]
        self.told += settled.told
        self.refused += settled.refused
        if etree.tostring(root) != before or has_remarks(part.data):
            self.kept[source] = packed_tree(source, root)

    # ------------------------------------------------------------ what stays behind

    def _leave(self, source: str, relation: etree._Element, target: str) -> None:
        """A relationship is taken out: what that means, and what is told of it."""
        self.left |= self.opened.all_below(target)
        kind, id = last_word(relation.get("Type", "")), {relation.get("Id", "")}
        users = users_of(self.opened.root(source), id) if source else []
        if relation.get("Type") == LINK:
            self._leave_link(source, relation.get("Target", ""), users)
        elif kind in MACROS or is_macro_type(self.opened.type_of(target)):
            self._refuse_macros()
        elif kind in SOURCES:
            self.told.append(source_told(self.opened.place, relation))
        elif kind in LEFT:
            self.names += [LEFT[kind]] if LEFT[kind] else []
        elif users and all(is_spared(user, id) for user in users):
            self.names.append(SPARED.get(kind, f"「{kind}」"))
        elif (
            users
            or kind in OBJECTS
            or relation.get("Type") in KINDS
            or relation.get("TargetMode") == "External"
        ):
            self.refused.append(outside_refused(self.opened.place, relation, self.called))
        else:
            self.names.append(f"「{relation.get('Target', '')}」")

    def _leave_link(self, source: str, address: str, users: list[etree._Element]) -> None:
        place = self.opened.place
        if users:
            place = place_in(self.opened.root(source), self.opened.package, source, users[0])
        self.told.append(link_told(address, place))

    def _refuse_macros(self) -> None:
        message, advice = f"{self.called}里有宏", "另存为不带宏的“Word 文档（*.docx）”"
        self.refused.append(error(Code.MACRO_INSIDE, self.opened.place, message, advice))

    def _take_loose(self) -> None:
        """Parts of a text to which nothing leads, since some programs leave relationships out."""
        for name in self.opened.parts:
            loose = self.opened.type_of(name) in LOOSE or LOOSE_NAME.fullmatch(name) is not None
            if loose and name not in self.kept and name not in self.left:
                self.kept[name] = self.opened.parts[name]
                self._walk(name)

    def _leave_rest(self) -> None:
        for name in self.opened.parts:
            if name in self.kept or name == TYPES_PART:
                continue
            if is_macro_type(self.opened.type_of(name)) or name.lower().endswith("vbaproject.bin"):
                self._refuse_macros()
            elif name not in self.left and not name.endswith(".rels"):
                self.names.append(f"「{name}」")
        if is_macro_type(self.opened.type_of(self.opened.package.main)):
            self._refuse_macros()
