"""The pictures of a Word document, numbered in reading order, each drawn anew without its hidden data."""

import re
import zipfile
from pathlib import PurePosixPath

from lxml import etree

from casebook.intake.values import Picture
from casebook.intake.wordml import WP
from content.pictures import Clean, Unfit, clean_picture
from kb.importers.docx_package import part_bytes

MOST_PICTURES = 60
# Word writes the path of the file into the description: a name of a person or a computer, and no description.
_PATH = re.compile(r"[\\/]|\.(?:jpe?g|png|bmp|gif|tiff?|webp|emf|wmf)$|^(?:图片|图像|Picture|Image)\s*\d*$", re.I)
_VECTOR = {".emf", ".wmf", ".svg"}


class Pictures:
    """`met()` is told of each picture's place and answers with its number; `all` are the pictures so far."""

    def __init__(self, package: zipfile.ZipFile, targets: dict[str, str], name: str) -> None:
        self._package, self._targets, self._name = package, targets, name
        self._numbers: dict[str, int] = {}
        self.all: list[Picture] = []

    def met(self, relation: str, element: etree._Element) -> int:
        """0 for a relation that leads out of the package: it is never followed."""
        target = self._targets.get(relation)
        if target is None:
            return 0
        if target not in self._numbers:
            number = self._numbers[target] = len(self.all) + 1
            self.all.append(self._read(number, target, _description(element)))
        return self._numbers[target]

    def _read(self, number: int, target: str, alt: str) -> Picture:
        name = f"图{number}"
        if number > MOST_PICTURES:
            return Picture(number, name, fault=f"文档里的图片超过 {MOST_PICTURES} 幅，后面的没有读取")
        if PurePosixPath(target).suffix.lower() in _VECTOR:
            return Picture(number, name, fault="矢量图不能直接使用；请在 Word 中另存为 PNG 图片后重新插入")
        raw = part_bytes(self._package, target, self._name)
        if raw is None:
            return Picture(number, name, fault="文档里没有这幅图片的数据；请重新插入")
        try:
            clean: Clean = clean_picture(raw)
        except Unfit as unfit:
            return Picture(number, name, fault=str(unfit))
        return Picture(number, name, clean.data, clean.suffix, clean.width, clean.height, alt)


def _description(element: etree._Element) -> str:
    """What the author said the picture shows; paths and names of files are none."""
    for ancestor in element.iterancestors(f"{WP}inline", f"{WP}anchor"):
        properties = ancestor.find(f"{WP}docPr")
        said = (properties.get("descr") or "").strip() if properties is not None else ""
        return "" if _PATH.search(said) else said[:200]
    return ""
