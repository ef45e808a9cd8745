"""Laws laid for the tests of the law reader."""

import datetime as dt
import re

from kb.models import Provision, Regulation, RegulationVersion
from kb.numerals import to_chinese
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

LAST_CENTURY, TODAY = dt.date(1996, 10, 1), dt.date(2026, 11, 21)


def two_versions() -> Regulation:
    """处罚法 before and after 2021年7月15日: article 27 became 33 with another text. The wording is invented."""
    law = RegulationFactory(title="中华人民共和国行政处罚法", slug="xzcf", short_title="行政处罚法")
    RegulationVersionFactory(
        regulation=law,
        label="2017年修正",
        effective_from=dt.date(2018, 1, 1),
        effective_to=dt.date(2021, 7, 15),
        articles={
            "1": ["为了照亮桥梁和栈道的夜间通行，制定本法。"],
            "27": ["桥灯损坏轻微并及时修复，没有影响通行的，不予停航处理。"],
            "64": ["本法自1996年10月1日起施行。"],
        },
    )
    RegulationVersionFactory(
        regulation=law,
        label="2021年修订",
        kind="revised",
        effective_from=dt.date(2021, 7, 15),
        articles={
            "1": ["为了照亮桥梁和栈道的夜间通行，制定本法。"],
            "33": [
                "桥灯损坏轻微并及时更换，没有影响通行的，不予停航处理。首次损坏且通行影响轻微并及时更换的，可以不予停航处理。",
                "守桥人有记录足以证明已经巡查的，不予停航处理。",
            ],
            "34": ["守桥单位可以依法制定桥灯亮度分级表。"],
        },
    )
    return law


def long_law(books: int = 7, chapters: int = 9, articles: int = 20) -> RegulationVersion:
    """A code of 1,260 articles of two 款: 编, 章, 条, as rows."""
    version = RegulationVersionFactory(regulation=RegulationFactory(title="某某法典", slug="code"))
    rows, number = [], 0

    def add(kind: str, key: str, **fields) -> None:
        rows.append(Provision(version=version, kind=kind, key=key, position=len(rows) + 1, **fields))

    for book in range(1, books + 1):
        add("book", f"b{book}", label=f"第{to_chinese(book)}编", heading="通则")
        for chapter in range(1, chapters + 1):
            add("chapter", f"b{book}.c{chapter}", label=f"第{to_chinese(chapter)}章", heading="一般规定")
            for _ in range(articles):
                number += 1
                key = str(number)
                add("article", key, article_key=key, label=f"第{to_chinese(number)}条")
                for paragraph in (1, 2):
                    text = f"第{number}号义务的主体应当依照规定履行，并对其真实性、完整性负责。" * 2
                    add("paragraph", f"{key}.p{paragraph}", article_key=key, text=text)
    Provision.objects.bulk_create(rows, batch_size=500)
    return version


def document() -> Regulation:
    """An official document numbered 一、（一）1."""
    version = RegulationVersionFactory(
        regulation=RegulationFactory(title="江城区街道执法规范化建设意见", slug="guifan", level_code="normative")
    )
    rows = [
        ("pre", "preamble", "", "", "各街道办事处："),
        ("一", "level1", "一、", "总体要求", ""),
        ("一.p1", "paragraph", "", "", "坚持依法行政。"),
        ("二", "level1", "二、", "主要任务", ""),
        ("二/一", "level2", "（一）", "编写案例。", "每季度编写一期。"),
        ("二/一/1", "level3", "1.", "", "报送初稿。"),
        ("tab1", "table", "", "", "街道\t篇数\n滨江街\t6"),
        ("col", "colophon", "", "", "2026年1月5日"),
    ]
    Provision.objects.bulk_create(
        Provision(version=version, kind=kind, key=key, label=label, heading=heading, text=text, position=at)
        for at, (key, kind, label, heading, text) in enumerate(rows, 1)
    )
    return version.regulation


def text_of(response) -> str:
    """What a reader sees, without markup and blanks."""
    html = re.sub(r"<(script|style|head)[\s\S]*?</\1>", "", response.content.decode())
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))
