"""What the demo consists of, in the order of dependence. Each part may be loaded again at any time."""

from collections.abc import Callable
from typing import NamedTuple

from wagtail.signal_handlers import disable_reference_index_auto_update

from demo.loaders.cases import load_cases
from demo.loaders.delegation import load_delegation
from demo.loaders.documents import load_documents
from demo.loaders.exams import load_exams
from demo.loaders.forms import load_forms
from demo.loaders.items import load_items
from demo.loaders.mentoring import load_mentoring
from demo.loaders.pages import load_pages
from demo.loaders.people import load_people
from demo.loaders.questions import load_questions
from demo.loaders.regulations import load_regulations
from demo.loaders.teaching import load_teaching
from demo.loaders.training import load_training


class Part(NamedTuple):
    """One part: its name for a person, and the function that loads it and counts what there is."""

    label: str
    load: Callable[[], dict[str, int]]


def in_bulk(load: Callable[[], dict[str, int]]) -> Callable[[], dict[str, int]]:
    """Without Wagtail's index of references, which costs more than the rows and which plain lists do not need."""

    def loaded() -> dict[str, int]:
        with disable_reference_index_auto_update():
            return load()

    return loaded


PARTS = (
    Part("单位与人员", in_bulk(load_people)),
    Part("法规与条旨", in_bulk(load_regulations)),
    Part("赋权事项", in_bulk(load_items)),
    Part("承接与指导员", in_bulk(load_delegation)),
    Part("规范性文件", in_bulk(load_documents)),
    Part("文书", in_bulk(load_forms)),
    Part("案例", load_cases),
    Part("讲评与评选", load_teaching),
    Part("题库", in_bulk(load_questions)),
    Part("考试", in_bulk(load_exams)),
    Part("培训", in_bulk(load_training)),
    Part("导师与课程", load_mentoring),
    Part("页面", load_pages),
)

__all__ = ["PARTS", "Part"]
