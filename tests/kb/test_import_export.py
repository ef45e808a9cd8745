"""What was imported comes out again: real files through the database and back."""

import datetime as dt
import io
import json
import re
import tarfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from kb.importers.regulations import apply_import, plan_import
from kb.models import RegulationVersion
from kb.parser import parse_text
from tests.paths import shared

pytestmark = pytest.mark.django_db

REAL = (
    "宪法/宪法.md",
    "宪法/宪法修正案（2018年）.md",
    "行政法/行政处罚法(2021-01-22).md",
    "行政法/体育法(2016-11-07).md",
    "行政法/体育法(2022-06-24).md",
    "行政法/粮食安全保障法(2023-12-29).md",
    "行政法规/飞行基本规则(2007-10-18).md",
    "行政法规/易制毒化学品管理条例(2018-09-18).md",
    "行政法规/导弹及相关物项和技术出口管制条例(2002-08-22).md",
    "行政法规/国务院关于口岸开放的若干规定(1985-09-18).md",
    "部门规章/公安部/交通警察道路执勤执法工作规范(2018-01-25).md",
    "部门规章/人力资源社会保障部/关于职工全年月平均工作时间和工资折算问题的通知(2009-03-29).md",
)
SMALL = """# 江城区夜市办法

2021年3月1日 江城区人民政府发布

<!-- INFO END -->

## 第一章 总则

第一条 收费如下：

| 项目 | 金额 |
|---|---|
| 停车 | 5 |

（一）甲；

第二条 乙。
"""
LAW = """# 街区法

{0}年3月1日全国人民代表大会常务委员会通过

<!-- INFO END -->

第一条 {0}。
第二条 本法自{0}年5月1日起施行。
"""


def plain(text: str) -> str:
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    return "".join(re.sub(r"^#+\s*", "", text, flags=re.M).replace("**", "").split())


def bring(text: str, name: str) -> RegulationVersion:
    version = apply_import(plan_import(parse_text(text, name.rsplit("/", 1)[-1], tuple(name.split("/")[:-1])))).version
    assert version is not None
    return version


def export(name: str, **options) -> str:
    out = StringIO()
    call_command("export_regulation", name, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_a_dozen_real_files_come_back_exactly():
    with tarfile.open(shared("laws", "laws.tar.xz")) as archive:
        names = {m.name: m for m in archive if m.name.endswith(REAL)}
        texts = {name: archive.extractfile(member).read().decode("utf-8") for name, member in names.items()}
    assert len(texts) == len(REAL)
    versions = {name: bring(text, name) for name, text in texts.items()}
    wrong = [
        name
        for name, text in texts.items()
        if plain(export(versions[name].regulation.slug, version_id=versions[name].pk)) != plain(text)
    ]
    assert not wrong
    assert versions["lawrefbook/行政法/体育法(2022-06-24).md"].regulation.versions.count() == 2


def test_markdown_carries_title_note_and_text():
    bring(SMALL, "a.md")
    exported = export("江城区夜市办法")
    assert exported.startswith("# 江城区夜市办法\n\n2021年3月1日 江城区人民政府发布\n\n<!-- INFO END -->\n\n## 第一章")
    assert "第一条　收费如下：" in exported
    assert "（一）甲；" in exported


def test_json_gives_the_rows():
    bring(SMALL, "a.md")
    data = json.loads(export("江城区夜市办法", format="json"))
    assert [p["key"] for p in data["provisions"]] == ["c1", "1", "1.p1", "tab1", "1.p1.i1", "2", "2.p1"]
    assert data["promulgated_on"] == "2021-03-01"


def test_word_has_headings_and_tables(tmp_path):
    bring(SMALL, "a.md")
    path = tmp_path / "out.docx"
    export("江城区夜市办法", format="docx", output=path)
    document = Document(io.BytesIO(path.read_bytes()))
    texts = [p.text for p in document.paragraphs]
    assert texts[0] == "江城区夜市办法"
    assert "第一条　收费如下：" in texts
    assert [c.text for c in document.tables[0].rows[1].cells] == ["停车", "5"]


def test_the_version_of_a_day():
    bring(LAW.format(2010), "甲.md")
    bring(LAW.format(2020), "乙.md")
    assert "第一条　2010。" in export("街区法", on=dt.date(2015, 1, 1))
    assert "第一条　2020。" in export("中华人民共和国街区法")


def test_an_unknown_name_suggests_near_ones():
    bring(SMALL, "a.md")
    with pytest.raises(CommandError, match="相近的有：江城区夜市办法"):
        export("夜市")
