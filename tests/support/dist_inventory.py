"""What the folder of `make dist` holds, told beside it: versions with hashes, licences, and a bill of materials.

    python tests/support/dist_inventory.py dist

Writes requirements.txt (pip installs nothing else by it: --require-hashes), 许可证.txt, and sbom.cdx.json (CycloneDX 1.6).
"""

from __future__ import annotations

import hashlib
import sys
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

OWN = "liangqing"
INSTALLED = f"{OWN}[desk]"
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Wheel:
    """A wheel of the folder: what it is called, its licence as its maker names it, the SHA-256 of its file."""

    name: str
    version: str
    licence: str
    digest: str


def wheels(folder: Path) -> Iterator[Wheel]:
    """Those of a folder, by name. ValueError for one that does not say what it is or under which licence it stands."""
    for path in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            names = wheel.namelist()
            (name,) = (name for name in names if name.endswith(".dist-info/METADATA"))
            told = BytesParser().parsebytes(wheel.read(name))
            texts = [name for name in names if "dist-info" in name and "LICENSE" in name]
            first_line = wheel.read(texts[0]).decode("utf-8").strip().partition("\n")[0] if texts else ""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield Wheel(told["Name"], told["Version"], _licence(told, first_line, path.name), digest)


def _licence(told: Message, first_line: str, file: str) -> str:
    """As its maker names it, else the head of the text that goes with it."""
    classified = [each for each in told.get_all("Classifier", []) if each.startswith(_CLASSIFIER)]
    short = (told["License"] or "").strip()
    found = [
        told["License-Expression"] or "",
        short if short and len(short.splitlines()) == 1 and len(short) < 60 else "",
        " AND ".join(each.removeprefix(_CLASSIFIER) for each in classified),
        first_line,
    ]
    named = next((each for each in found if each), None)
    if named is None:
        raise ValueError(f"{file}: no licence")
    return str(named)


def requirements(found: Iterable[Wheel]) -> str:
    """What pip installs by --require-hashes: these versions, and these files of them."""
    return "".join(
        f"{INSTALLED if each.name == OWN else each.name}=={each.version} --hash=sha256:{each.digest}\n"
        for each in found
    )


def licences(found: Iterable[Wheel]) -> str:
    """A line a component."""
    head = "随程序安装的组件和它们的许可证。许可证全文在各自的 .whl 文件里（后缀改成 .zip 可以打开）。\n\n"
    return head + "".join(f"{each.name} {each.version}：{each.licence}\n" for each in found)


def bill(found: Iterable[Wheel]) -> str:
    """CycloneDX, as JSON: the program, and what it is installed with."""
    known, factory = tuple(found), LicenseFactory()
    parts = {
        each.name: Component(
            type=ComponentType.APPLICATION if each.name == OWN else ComponentType.LIBRARY,
            name=each.name,
            version=each.version,
            bom_ref=f"{each.name}@{each.version}",
            purl=PackageURL("pypi", name=each.name, version=each.version),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each.digest)],
            licenses=[factory.make_from_string(each.licence)],
        )
        for each in known
    }
    made = Bom(components=(part for name, part in parts.items() if name != OWN))
    made.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, "".join(each.digest for each in known))
    made.metadata.component = parts[OWN]
    made.register_dependency(parts[OWN], [part for name, part in parts.items() if name != OWN])
    return make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)


def main(folder: Path) -> None:
    """Tells of `folder`/wheels in `folder`."""
    found = tuple(wheels(folder / "wheels"))
    for name, text in (
        ("requirements.txt", requirements(found)),
        ("许可证.txt", licences(found)),
        ("sbom.cdx.json", bill(found)),
    ):
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
