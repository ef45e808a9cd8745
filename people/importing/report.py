"""What an import did or would do, row by row."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Something in a cell that has to be mended, or (as a warning) looked at."""

    line: int
    heading: str
    message: str

    def __str__(self) -> str:
        where = f"第 {self.line} 行" if self.line else ""
        return f"{where}「{self.heading}」{self.message}" if self.heading else f"{where}{self.message}"


@dataclass(frozen=True)
class Change:
    """A row that is new or changes a record; `fields` holds (heading, before, after)."""

    line: int
    label: str
    is_new: bool
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass
class ImportReport:
    """One file. Nothing is saved when `problems` is not empty or `dry_run` is set.

    `skipped` counts rows that a person chose to leave out; `unit` is what a row is called.
    """

    filename: str
    dry_run: bool = False
    total: int = 0
    unchanged: int = 0
    skipped: int = 0
    unit: str = "行"
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def created(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def updated(self) -> int:
        return len(self.changes) - self.created

    @property
    def saved(self) -> bool:
        return not self.dry_run and not self.problems

    @property
    def summary(self) -> str:
        """One sentence for a person."""
        if self.problems:
            return f"{self.filename}：共 {self.total} {self.unit}，有 {len(self.problems)} 处需要改正，未导入任何内容。"
        verb = "将" if self.dry_run else "已"
        return (
            f"{self.filename}：共 {self.total} {self.unit}，{verb}新增 {self.created} 条、"
            f"更新 {self.updated} 条，{self.unchanged} 条没有变化"
            + (f"，{self.skipped} 条没有导入。" if self.skipped else "。")
        )

    def as_dict(self) -> dict:
        """For --json."""
        return {
            "file": self.filename,
            "dry_run": self.dry_run,
            "saved": self.saved,
            "rows": self.total,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "errors": [str(problem) for problem in self.problems],
            "warnings": [str(problem) for problem in self.warnings],
        }
