"""The questions of the templates, one of each kind, in our own words. A template can be imported as it is. Pure."""

from exams.content import Content, Kind, Part, Point
from exams.documents import key_of, read_markup
from exams.exchange.formats import Format
from exams.exchange.values import Outgoing

_LAW = "《中华人民共和国行政处罚法》"
_NOTICE = """江城区滨江街道办事处行政处罚决定书
当事人某餐饮店占用人行道摆放桌椅，事实清楚，证据{基本充分=>确凿}。
限自收到本决定书之日起{三十日=>十五日}内缴纳罚款。"""
_TEXT_HELP = (
    "每题以题号和【题型】开头，各项各占一行；题型有单选、多选、判断、填空、简答、改错、案例",
    "填空的空写（____），各空的答案用；分开，同一空的不同写法用 | 分开",
    "题与题之间空一行；以 # 开头的行不导入；领域须与本站一致；导入前请删除这些示例",
)


def _one(kind: Kind, **values) -> Content:
    return Content(kind, (Part(kind, **values),))


def samples(domain: str) -> list[Outgoing]:
    """One question of each kind, under a domain of the site."""
    segments = read_markup(_NOTICE)
    contents = [
        _one(
            Kind.SINGLE, stem="示例：当事人要求听证的，应当在行政机关告知后（　）内提出。",
            options=("三日", "五日", "七日", "十日"), key="B",
            explanation="期限从告知后的次日起算；三日是旧规定。", basis=f"{_LAW}第六十四条第（一）项",
        ),
        _one(
            Kind.MULTIPLE, stem="示例：作出行政处罚决定之前，应当告知当事人的有（　）。",
            options=("拟作出的处罚内容", "事实、理由、依据", "执法人员的家庭住址", "依法享有的权利"), key="ABD",
            explanation="住址与案件无关。", basis=f"{_LAW}第四十四条",
        ),
        _one(
            Kind.JUDGE, stem="示例：实施行政处罚时，纠正违法行为应当坚持处罚与教育相结合。", key="T",
            explanation="处罚不是目的。", basis=f"{_LAW}第六条",
        ),
        _one(
            Kind.FILL, stem="示例：执法人员不得少于（____）人；行政处罚决定一般应当自立案之日起（____）内作出。",
            blanks=(("两", "二", "2"), ("九十日", "90日")), explanation="期限不是六十日。",
            basis=f"{_LAW}第四十二条第一款、第六十条",
        ),
        _one(
            Kind.SHORT, stem="示例：简述当场作出行政处罚决定的条件。",
            key="违法事实确凿，有法定依据，处罚在法定限额以内。",
            points=(Point("事实确凿并有法定依据", 50), Point("处罚在法定限额以内", 50)),
            explanation="三个条件缺一不可。", basis=f"{_LAW}第五十一条",
        ),
        _one(
            Kind.DOCUMENT, stem="示例：下面的处罚决定书有两处错误，请找出来。", segments=segments, key=key_of(segments),
            explanation="证据应当确凿；缴纳期限是十五日。", basis=f"{_LAW}第四十条、第六十七条第三款",
        ),
        Content(Kind.GROUP, _CASE_PARTS, "示例：某店夜间超时施工，执法人员当场发现，店主承认事实。"),
    ]  # fmt: skip
    return [Outgoing(one, domain=domain, difficulty=2, origin="自编") for one in contents]


_CASE_PARTS = (
    Part(
        Kind.SINGLE, "执法人员首先应当（　）。", ("表明身份", "收取罚款", "离开现场"), "A",
        explanation="先出示证件。", basis=f"{_LAW}第五十五条第一款",
    ),
    Part(
        Kind.JUDGE, "店主承认事实，就不必再收集证据。", key="F",
        explanation="陈述只是证据的一种。", basis=f"{_LAW}第五十四条第一款",
    ),
)  # fmt: skip


def template(form: Format, domain: str) -> bytes:
    """A file of the format with an example of every kind that it can hold."""
    data = form.write([one for one in samples(domain) if not form.refusal(one)])
    if form.slug == "text":
        return "".join(f"# {line}。\n" for line in _TEXT_HELP).encode() + b"\n" + data
    return data
