"""PDFs of papers: beside those of a build, and those that are only looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from liangqing.actions.build import Built
from liangqing.base.folders import PREVIEW
from liangqing.base.output_files import CONFLICT, UPDATE, Outcome, Store
from liangqing.data.model.group import Options
from liangqing.pdf import pdf_store
from liangqing.pdf.converting import Converted
from liangqing.pdf.pdf_store import Shelved
from liangqing.year.open_workspace import OpenWorkspace


def chosen(options: Options) -> dict[str, str]:
    """The faces of 选项.字体 → what the templates call that class."""
    fonts = options.fonts
    named = type(fonts).model_validate({})
    return {getattr(fonts, name): getattr(named, name) for name in type(fonts).model_fields}


def convert_built(
    opened: OpenWorkspace,
    built: Built,
    store: Store,
    *,
    wanted: bool,
    overwrite: bool,
    dry_run: bool,
    program: str | None = None,
) -> Shelved:
    """The PDFs of a build, beside its papers: of each as it lies there, also where a person has changed it.

    PDFs of papers that are gone go too. Where none are `wanted`, those that are of an earlier text are told.
    `program`: the one that is asked for, as `converters.choose` takes it.
    """
    states = {outcome.path: outcome.state for outcome in built.outcomes}
    folders = sorted({path.split("/")[0] for path in states})
    swept = pdf_store.sweep(store.root, store.name, folders, dry_run=dry_run)
    papers = [paper for paper in built.made if paper.path.endswith(".docx")]
    if not wanted:
        renewed = [store.root / paper.path for paper in papers if states[paper.path] == UPDATE]
        old = [] if dry_run else pdf_store.outdated(renewed)
        names = (f"{store.name}/{path.relative_to(store.root).as_posix()}" for path in old)
        return pdf_store.Shelved((*swept, *(Outcome(name, pdf_store.OUTDATED) for name in names)))
    jobs = []
    for paper in papers:
        path = store.root / paper.path
        data = path.read_bytes() if states[paper.path] == CONFLICT else paper.read(store)
        target = path.with_suffix(".pdf")
        jobs.append(
            pdf_store.ConversionJob(f"{store.name}/{target.relative_to(store.root).as_posix()}", data, target)
        )
    faces = chosen(opened.at.year.options)
    done = pdf_store.put(jobs, faces, overwrite=overwrite, dry_run=dry_run, program=program)
    return replace(done, outcomes=(*done.outcomes, *swept))


def pages_of(opened: OpenWorkspace, papers: Iterable[tuple[str, bytes]], *, keep: bool) -> Converted:
    """The PDFs of papers, given by their place below the output folder and their bytes.

    Where `keep`, they lie in 预览, from where they are taken as long as the paper has the same content.
    Raises Problems where there is no program and one has to be made.
    """
    folder = opened.root / PREVIEW
    jobs = [pdf_store.ConversionJob(path, data, (folder / path).with_suffix(".pdf")) for path, data in papers]
    faces = chosen(opened.at.year.options)
    if keep:
        pdf_store.put(jobs, faces)
    return pdf_store.at_hand(jobs, faces)
