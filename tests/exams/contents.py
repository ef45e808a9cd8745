"""Random questions for the round trips of the exchange formats."""

from hypothesis import strategies as st

from exams.content import BLANK, Content, Kind, Part, Point
from exams.documents import MarkupError, key_of, read_markup
from exams.exchange.tidy import tidied, tidy_text
from exams.exchange.values import Outgoing
from exams.validation import problems

WORDS = ["当事人", "五日", "罚款", "《行政处罚法》第三十三条", "，", "。", "的", "ABC", "12", "a", "“", "”", "；", "、"]
# whatever some format takes for a mark of its own
MARKS = [
    "A. ", "B、", "（B）", "(C) ", "答案：", "解析:", "【答案】", "依据：", "难度：", "1. ", "2、", "（1）", "第3题",
    "#", "//", "一、单选题", "参考答案", "文书：", "文书完", "【单选】", "题", "ANSWER: A", "$CATEGORY: x", "[html]",
    "（　）", "____", "\\", "\\n", "{", "}", "=", "~", "%50%", ":", "::", "->", "<b>", "</p>", "&amp;", "&", "'", '"',
    "=1+1", "|", "％", "%", "  ", "\n",
]  # fmt: skip


def texts(pieces: list[str], longest: int = 6) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=longest).map("".join).map(tidy_text).filter(bool)


def _choice(kind: Kind, text: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    def part(drawn) -> Part:
        stem, options, ticks, explanation, basis = drawn
        letters = "".join(letter for letter, tick in zip("ABCDEFGH"[: len(options)], ticks, strict=False) if tick)
        key = letters[:1] or "A" if kind == Kind.SINGLE else letters if len(letters) > 1 else "AB"
        return Part(kind, stem, tuple(options), key, explanation=explanation, basis=basis)

    ticks = st.lists(st.booleans(), min_size=8, max_size=8)
    options = st.lists(text, min_size=2, max_size=8, unique=True)
    return st.tuples(text, options, ticks, _or_nothing(text), _or_nothing(text)).map(part)


def _or_nothing(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | text


def _judge(text: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    return st.builds(Part, st.just(Kind.JUDGE), text, key=st.sampled_from("TF"), explanation=_or_nothing(text))


def _fill(text: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    """Spellings as people can write them: without the marks that divide them."""
    word = text.map(lambda one: one.translate(str.maketrans("；;|\n", "    ")).strip()).filter(bool)
    blanks = st.lists(st.lists(word, min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=3).map(tuple)
    plain = text.map(lambda one: one.replace("_", "").replace("（　）", ""))
    return st.builds(
        lambda stem, blanks, basis: Part(Kind.FILL, tidy_text(stem + BLANK * len(blanks)), blanks=blanks, basis=basis),
        plain, blanks, _or_nothing(text),
    )  # fmt: skip


def _short(text: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    point = st.sampled_from(["责令改正", "罚款", "告知权利"])
    points = st.just(()) | st.tuples(point, point).map(lambda two: (Point(two[0], 40), Point(two[1], 60)))
    return st.builds(Part, st.just(Kind.SHORT), text, key=text, points=points, explanation=_or_nothing(text))


def _document(text: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    def part(stem: str, before: str, after: str) -> Part | None:
        try:
            segments = read_markup(f"{before}。{{错误文字=>正确文字}}。\n{after}")
        except MarkupError:
            return None
        return Part(Kind.DOCUMENT, stem, segments=segments, key=key_of(segments))

    return st.builds(part, text, text, text).filter(bool)


def contents(pieces: list[str]) -> st.SearchStrategy[Content]:
    """Usable questions of every kind."""
    text = texts(pieces)
    part = st.one_of(
        _choice(Kind.SINGLE, text),
        _choice(Kind.MULTIPLE, text),
        _judge(text),
        _fill(text),
        _short(text),
        _document(text),
    )
    alone = part.map(lambda one: Content(one.kind, (one,)))
    group = st.builds(
        lambda stem, parts: Content(Kind.GROUP, tuple(parts), stem), text, st.lists(part, min_size=1, max_size=3)
    )
    return (alone | group).map(tidied).filter(lambda content: not problems(content))


def outgoing(pieces: list[str]) -> st.SearchStrategy[Outgoing]:
    return st.builds(
        Outgoing,
        contents(pieces),
        st.sampled_from(["", "Q000017"]),
        st.sampled_from(["通用程序", "油烟污染"]),
        st.sampled_from([(), ("420102C01CF00100",), ("420102C01CF00100", "420102C01CF00200")]),
        st.integers(1, 5),
        st.sampled_from(["自编", "真题回忆"]),
    )
