"""From an upload to a draft case: `receive`, `make_case`, `discard`. Each whole or not at all.

The file itself is not kept: it names its authors. Between reading and confirming, the text lies in `CaseIntake` and
the pictures in a folder that is not served; afterwards only the report stays with the intake.
"""

import hashlib
import json
import secrets
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model

from casebook.intake.headings import bare
from casebook.intake.reading import read_draft
from casebook.intake.sorting import PICTURE_MARK
from casebook.intake.values import Account, Draft, Leftover, Part, Picture
from casebook.models import Case, CaseIntake, CaseItem
from casebook.permissions import can_see_intake, can_write_cases, require
from casebook.sections import PICTURE, heading_of
from kb.models import PowerItem
from people import audit
from people.models import Unit, User

APPEND, DROP = "append", "drop"


class AlreadyReceived(Exception):
    """The very same file came before."""

    def __init__(self, intake: CaseIntake) -> None:
        self.intake = intake
        super().__init__(f"这个文件 {intake.uploaded_at:%Y-%m-%d} 已经上传过（{intake.file_name}），没有重复保存。")


@dataclass
class Confirmed:
    """What the editor confirmed. `blocks` has a section, APPEND or DROP for every part of the draft, in order."""

    values: dict
    blocks: list[str]
    items: list[PowerItem] = field(default_factory=list)
    basis: dict[str, list[str]] = field(default_factory=dict)
    pictures: dict[int, tuple[str, str]] = field(default_factory=dict)  # number -> caption, alt


def receive(raw: bytes, name: str, *, by: User, street: Unit | None = None) -> CaseIntake:
    """Reads an upload and keeps what was read. Raises Refused for a bad file, AlreadyReceived for a known one."""
    require(can_write_cases(by), "上传案例")
    digest = hashlib.sha256(raw).hexdigest()
    if known := CaseIntake.objects.filter(sha256=digest).exclude(case=None, draft="").first():
        raise AlreadyReceived(known)
    draft = read_draft(raw, name, most_bytes=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    with transaction.atomic():
        intake = CaseIntake.objects.create(
            file_name=name[-200:],
            sha256=digest,
            street=street,
            draft=to_json(draft),
            report=report_of(draft),
            uploaded_by=by,
        )
        audit.record(by=by, verb="上传案例", target=intake, detail=f"{draft.account.visible} 字")
        _keep_pictures(intake, draft.pictures)
    return intake


def make_case(intake: CaseIntake, confirmed: Confirmed, *, by: User) -> Case:
    """A draft case with the text as written for its first revision. Never public."""
    require(can_write_cases(by) and can_see_intake(by, intake), "确认这份投稿")
    draft = from_json(intake.draft)
    images: list = []
    try:
        with transaction.atomic():
            case = _case(intake, draft, confirmed, by, images)
            intake.case, intake.draft = case, ""
            intake.report += _choices(draft, confirmed)
            intake.save(update_fields=["case", "draft", "report"])
            audit.record(by=by, verb="由投稿形成案例", target=case, detail=intake.file_name)
    except BaseException:
        for image in images:
            image.file.delete(save=False)
        raise
    shutil.rmtree(folder_of(intake), ignore_errors=True)
    return case


def discard(intake: CaseIntake, *, by: User) -> None:
    """Throws an unconfirmed upload away, pictures and all."""
    require(can_write_cases(by) and can_see_intake(by, intake) and intake.case_id is None, "删除这份投稿")
    folder = folder_of(intake)
    with transaction.atomic():
        audit.record(by=by, verb="删除投稿", target=intake)
        intake.delete()
    shutil.rmtree(folder, ignore_errors=True)


def folder_of(intake: CaseIntake) -> Path:
    """Where the pictures lie until the draft is confirmed; nothing there is served to anybody but its editors."""
    return Path(settings.VAR_DIR) / "intake" / str(intake.pk)


def to_json(draft: Draft) -> str:
    """A draft without the bytes of its pictures."""
    return json.dumps(
        asdict(replace(draft, pictures=tuple(replace(p, data=b"") for p in draft.pictures))), default=_plain
    )


def _plain(value: object) -> str:
    """The only value that JSON does not know: no bytes."""
    return "" if value == b"" else str(value)


def from_json(text: str) -> Draft:
    """The draft as stored; its pictures have no bytes."""
    stored = json.loads(text)
    return Draft(
        title=stored["title"],
        parts=tuple(Part(**part) for part in stored["parts"]),
        pictures=tuple(Picture(**(picture | {"data": b""})) for picture in stored["pictures"]),
        leftovers=tuple(Leftover(**left) for left in stored["leftovers"]),
        account=Account(**stored["account"]),
        log=tuple(stored["log"]),
        title_from=stored["title_from"],
    )


def report_of(draft: Draft) -> str:
    """What the file held, in lines: kept for good, so without a word of the text and without a name."""
    account = draft.account
    lines = [f"可见文字 {account.visible} 字，读入 {account.accounted} 字。"]
    lines += [left.message for left in draft.leftovers]
    return "\n".join(lines)


def _choices(draft: Draft, confirmed: Confirmed) -> str:
    dropped = [part for part, block in zip(draft.parts, confirmed.blocks, strict=True) if block == DROP]
    kept = len(confirmed.pictures)
    lines = [f"编辑确认不采用 {len(dropped)} 段，{sum(len(part.text) for part in dropped)} 字。"] if dropped else []
    lines += [f"图片采用 {kept} 幅，不采用 {len(draft.pictures) - kept} 幅。"] if draft.pictures else []
    return "".join(f"\n{line}" for line in lines)


def _keep_pictures(intake: CaseIntake, pictures: Iterable[Picture]) -> None:
    folder = folder_of(intake)
    shutil.rmtree(folder, ignore_errors=True)
    for picture in pictures:
        if picture.data:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{picture.number}{picture.suffix}").write_bytes(picture.data)


def _case(intake: CaseIntake, draft: Draft, confirmed: Confirmed, by: User, images: list) -> Case:
    case = Case(live=False, author=by, **confirmed.values)
    case.slug = case.case_no.lower()
    for name, lines in confirmed.basis.items():
        setattr(case, name, "\n".join(lines))
    case.body = list(_body(intake, draft, confirmed, case, by, images))  # type: ignore[assignment]
    case.case_items.set([CaseItem(item=item, sort_order=n) for n, item in enumerate(confirmed.items)])
    case.save()
    case.save_revision(user=by)
    return case


def _body(intake: CaseIntake, draft: Draft, confirmed: Confirmed, case: Case, by: User, images: list) -> Iterator[dict]:
    """Sections in the order of the draft, each followed by its pictures."""
    for section in _sections(draft, confirmed):
        text = _without_marks("\n\n".join(_with_heading(section.parts)), draft, confirmed)
        yield _block(section.block, {"heading": _heading(section.block, section.parts[0]), "text": text})
        for picture in section.pictures:
            image = _image(intake, picture, case, by)
            images.append(image)
            caption, alt = confirmed.pictures[picture.number]
            yield _block(PICTURE, {"image": image.pk, "text": caption, "alt": alt})


@dataclass
class _Section:
    """A section of the case: the parts that make it, the pictures that follow it."""

    block: str
    parts: list[Part]
    pictures: list[Picture]


def _sections(draft: Draft, confirmed: Confirmed) -> list[_Section]:
    """A picture of a part that is dropped follows the section before it, or opens with the first."""
    sections: list[_Section] = []
    early: list[Picture] = []
    for place, (part, block) in enumerate(zip(draft.parts, confirmed.blocks, strict=True)):
        if block not in (APPEND, DROP):
            sections.append(_Section(block, [], early))
            early = []
        if block != DROP:
            sections[-1].parts.append(part)
        kept = [p for p in draft.pictures if p.part == place and p.number in confirmed.pictures]
        (sections[-1].pictures if sections else early).extend(kept)
    return sections


def _with_heading(parts: list[Part]) -> Iterable[str]:
    """The text of a section; what is appended brings its heading along as a line."""
    for number, part in enumerate(parts):
        if number and part.heading:
            yield part.heading
        if part.text:
            yield part.text


def _heading(block: str, part: Part) -> str:
    """The draft's own words where they differ from the usual heading."""
    words = bare(part.heading)
    return "" if words in ("", heading_of(block)) else words[:40]


def _without_marks(text: str, draft: Draft, confirmed: Confirmed) -> str:
    """Marks of pictures that are not taken along lead nowhere."""
    for picture in draft.pictures:
        if picture.number not in confirmed.pictures:
            text = text.replace(PICTURE_MARK.format(picture.number), "")
    return text.strip()


def _block(kind: str, value: dict) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _image(intake: CaseIntake, picture: Picture, case: Case, by: User):
    """A row of the image library. The name of its file cannot be guessed: drafts are not public, media files are."""
    path = folder_of(intake) / f"{picture.number}{picture.suffix}"
    file = ContentFile(path.read_bytes(), name=f"case-{secrets.token_hex(12)}{picture.suffix}")
    image = get_image_model()(title=f"{case.case_no} {picture.name}", file=file, uploaded_by_user=by)
    image._set_image_file_metadata()
    image.save()
    return image
