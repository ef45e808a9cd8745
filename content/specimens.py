"""Made-up contents for the style guide: each component in each of its states.

The texts are ours; they name no real party and quote no statute.
"""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

from content import charts

TODAY = dt.date(2026, 11, 21)
ITEM = {
    "name": "在人行道上摆放桌椅经营",
    "url": "#item",
    "code": "420102C01CF00100",
    "kind": "行政处罚",
    "domain": "市容环境",
    "department": "区城市管理执法局",
    "penalty": "责令改正，可并处警告、二百元以下罚款",
    "simple": "可以",
    "basis": "《示例市容条例》第三十四条第（一）项",
}
CASE = {
    "title": "某餐饮店占用人行道经营案",
    "url": "#case",
    "tags": ["高频", "典型"],
    "street": "滨江街道",
    "outcome": "罚款",
    "fine": Decimal(200),
    "decided_on": TODAY,
    "summary": "当事人三次超出门窗摆放桌椅，经责令改正后仍不改正。",
    "issue": "2026年第3期",
}
LAW = {
    "title": "江城区行政执法案例编写办法",
    "url": "#law",
    "code": "in_force",
    "level": "规范性文件",
    "issuer": "江城区司法局",
    "doc_number": "江司〔2026〕12号",
    "effective_from": dt.date(2026, 3, 1),
    "articles": 28,
}
PROVISION = {
    "number": "第三十三条",
    "anchor": "a33",
    "url": "#a33",
    "gist": "案例应当具备的内容",
    "notes": [
        {"label": "被引用 12 次", "url": "#cited"},
        {"label": "2026年3月1日修改", "url": "#changed", "tone": "warn"},
    ],
    "paragraphs": [
        {
            "anchor": "p1",
            "text": "编写案例应当写明案件来源、办理经过和处理结果，并对法律适用逐项说明理由。案例一般包括下列内容：",
            "items": [
                {"anchor": "p1-i1", "text": "（一）基本案情，写明时间、地点和经过，隐去当事人姓名、住址和联系方式；"},
                {
                    "anchor": "p1-i2",
                    "text": "（二）处理经过，包括：",
                    "subitems": [{"text": "1．立案和调查取证的时间；"}, {"text": "2．告知、听证和决定的时间。"}],
                },
                {"anchor": "p1-i3", "text": "（三）评析意见。"},
            ],
        },
        {
            "anchor": "p2",
            "items": [],
            "text": "未隐去个人信息的案例不得发布。已经发布的，应当立即撤回并在三日内改正后重新发布。",
        },
    ],
}
LONG_NUMBER = {
    "number": "第一千一百三十二条",
    "anchor": "a1132",
    "url": "#a1132",
    "paragraphs": [
        {
            "anchor": "p1",
            "items": [],
            "text": "序号很长的条文只是第一行起得晚一些，其余各行仍与别的条文对齐，读者的目光不必来回移动。",
        }
    ],
}
HIT = {
    "title_html": "在<mark>人行道</mark>上摆放桌椅<mark>经营</mark>",
    "url": "#hit",
    "code": "amended",
    "badges": [{"words": "行政处罚", "tone": "brand"}],
    "path": ["示例市容条例", "第四章 法律责任", "第三十四条"],
    "snippet": "有下列行为之一的，责令改正，可以并处警告、罚款：（一）在<mark>人行道</mark>上摆放桌椅"
    "<mark>经营</mark>的；（二）在临街阳台吊挂物品的；（三）不按规定时间、地点倾倒垃圾的；（四）其他影响市容的行为。",
}
VERSIONS = [
    {"label": "首次公布", "kind": "制定", "starts": dt.date(1996, 10, 1), "url": "#v1", "code": "amended"},
    {"label": "第一次修正", "kind": "修正", "starts": dt.date(2009, 8, 27), "url": "#v2", "code": "amended"},
    {
        "label": "修订",
        "kind": "修订",
        "starts": dt.date(2021, 7, 15),
        "url": "#v3",
        "code": "in_force",
        "current": True,
        "compare_url": "#compare",
    },
    {"label": "尚未施行", "kind": "修订", "starts": None, "url": "#v4", "code": "pending"},
]
DOMAINS = ["市容环境", "生态环境", "城乡建设", "园林绿化", "水务", "应急管理", "民政", "文化旅游", "农业农村"]
SWATCHES = ["paper", "ink", "ink-2", "wash", "brand", "bar", "seal", "ok", "warn", "info", "mark"]


class SampleForm(forms.Form):
    """A form that was refused."""

    code = forms.CharField(
        label="事项编码", help_text="16 位，见权责清单", error_messages={"required": "为空；请填写 16 位编码"}
    )
    amount = forms.DecimalField(label="罚款数额", error_messages={"invalid": "不是数字；请只写数字，例如 200"})
    reason = forms.CharField(label="理由", required=False, widget=forms.Textarea(attrs={"rows": 3}))


def specimens() -> dict[str, Any]:
    """The context of content/styleguide.html."""
    return {
        "swatches": SWATCHES,
        "statuses": ["pending", "in_force", "amended", "repealed", "unverified"],
        "sample_item": ITEM,
        "sample_item_open": ITEM | {"unverified": True, "changed": "依据 2026年8月15日 已更新"},
        "sample_case": CASE,
        "sample_case_changed": CASE | {"basis_changed": True, "fine": None, "outcome": "不予处罚"},
        "sample_laws": [LAW, LAW | {"code": "repealed", "has_text": False}],
        "provision": PROVISION,
        "long_number": LONG_NUMBER,
        "hit": HIT,
        "versions": VERSIONS,
        "facet_list": [_facet()],
        "tiles": [{"label": name, "url": "#", "count": 12 + 7 * at} for at, name in enumerate(DOMAINS[:8])],
        "link_entries": _links(),
        "table": _table(),
        "form": SampleForm({"code": "", "amount": "1e"}),
        "page_obj": Paginator(range(230), 20).page(6),
        "toc_entries": _contents(),
        "suggestions": _suggestions(),
        **_short_ones(),
    }


def _short_ones() -> dict[str, Any]:
    return {
        "low": Decimal(5000),
        "high": Decimal(50000),
        "facts": [
            {"term": "办案程序", "text": "普通程序"},
            {"term": "决定日期", "text": "2026年11月21日"},
            {"term": "处理结果", "text": "罚款 ¥200", "url": "#facts"},
        ],
        "entries": ["出示执法证", {"text": "现场检查笔录", "note": "当事人拒绝签名的，注明情况并由见证人签名"}],
        "tips": ["换一个说法，例如“占道”改为“占用道路”", {"text": "清除全部筛选", "url": "#clear"}],
        "person": {"name": "周明", "role": "业务指导员", "unit": "区城市管理执法局", "phone": "027-80001234"},
        "person_without": {"name": "林静", "role": "业务指导员", "unit": "区水务局"},
        "bar_links": [{"label": word, "url": "#"} for word in ("依据", "证据", "案例", "电话")],
        **_charts(),
        "crumbs": [{"label": "首页", "url": "/"}, {"label": "法规", "url": "#"}, {"label": "示例市容条例", "url": "#"}],
    }


def _charts() -> dict[str, Any]:
    bins = [f"{n}—{n + 10}" for n in range(0, 100, 10)]
    passed = {"及格": [0] * 6 + [8, 6, 4, 1], "未及格": [0, 0, 1, 2, 3, 5, 0, 0, 0, 0]}
    dots = {
        "试题": [charts.Dot(50, 30, "第 1 题"), charts.Dot(92, 12, "第 2 题")],
        "请检查": [charts.Dot(20, -30, "3", True)],
    }
    scales = {"x_range": (0, 100), "y_range": (-100, 100)}
    rates: dict[str, list[float | None]] = {"滨江街道": [80.0, None, 85.5, 90.0], "湖畔街道": [60.0, 64.0, 71.0, 77.0]}
    scored = charts.Frame("成绩分布", "30 人参加，19 人及格", "得分率（%）", "人数")
    return {
        "chart_bars": charts.bar(charts.Frame("各街道事项数"), ["滨江街道", "湖畔街道"], [146, 138]),
        "chart_stacked": charts.stacked_bar(scored, bins, passed),
        "chart_line": charts.line(charts.Frame("持证率"), ["一季度", "二季度", "三季度", "四季度"], rates),
        "chart_scatter": charts.scatter(charts.Frame("试题分布", "", "得分率（%）", "区分度（%）"), dots, **scales),
        "chart_empty": charts.bar(charts.Frame("没有数据"), [], []),
    }


def _facet() -> SimpleNamespace:
    choices = [{"label": name, "count": 40 - 4 * at, "url": "#", "active": at == 1} for at, name in enumerate(DOMAINS)]
    return SimpleNamespace(label="领域", choices=choices, clear_url="#")


def _links() -> list[dict[str, Any]]:
    return [
        {"title": "江城区行政执法案例编写办法", "url": "#", "meta": "2026年3月1日起施行", "code": "in_force"},
        {"title": "江城区案卷评查办法", "url": "#", "meta": "2027年1月1日起施行", "code": "pending"},
        {"title": "案例汇编 2026年第3期", "url": "#", "badge": {"words": "新", "tone": "info"}},
    ]


def _table() -> dict[str, Any]:
    return {
        "caption": "各街道事项数",
        "export_url": "#export",
        "columns": [
            {"label": "街道", "sort_url": "#", "sorted": "ascending"},
            {"label": "事项数", "sort_url": "#", "numeric": True},
            {"label": "确认书"},
        ],
        "rows": [
            [{"text": "滨江街道", "url": "#"}, 146, "江城赋〔2026〕1号"],
            [{"text": "湖畔街道", "url": "#"}, 1380, "江城赋〔2026〕2号"],
        ],
    }


def _contents() -> list[dict[str, Any]]:
    return [
        {"label": "第一章 总则", "url": "#a33"},
        {"label": "第二章 编写", "url": "#a33", "open": True, "children": [{"label": "第一节 内容", "url": "#a1132"}]},
        {"label": "第三章 发布", "url": "#a1132", "children": [{"label": "第一节 审核", "url": "#a33"}]},
    ]


def _suggestions() -> list[dict[str, str]]:
    return [
        {"kind": "事项", "title": "在人行道上摆放桌椅经营", "url": "#", "hint": "市容环境"},
        {"kind": "条文", "title": "《示例市容条例》第三十四条", "url": "#", "hint": "现行有效"},
    ]
