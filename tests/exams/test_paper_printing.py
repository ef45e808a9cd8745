"""A form on paper: what candidates get holds no key, every number has its place, the same form is the same bytes."""

import io
from decimal import Decimal
from urllib.parse import quote

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from exams.actions.papers import print_form
from exams.content import BLANK, Content, Kind, Part, Point
from exams.documents import read_markup
from exams.models import Paper, PaperForm, PaperItem
from exams.papers.plan import SectionSpec
from exams.papers.printing import Sheet, printed, sheets
from exams.papers.printing.leaflet import Item, Ticks, width
from exams.papers.reading import read_form
from people.models import AuditEntry
from tests.factories.exams import QuestionFactory, QuestionVersionFactory, judge, multiple, single
from tests.factories.papers import paper_of
from tests.printing import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]

WHY, BASIS = "因为法律这样写", "《江城区市容管理办法》第三十三条"
REASONS = {"explanation": WHY, "basis": BASIS}
HOSTILE = '#let x = 1 $y$ *粗* _斜_ <b>标签</b> \\n "引号" {{ 模板 }}'


def one(kind: Kind, stem: str, **values) -> Content:
    return Content(kind, (Part(kind, stem, **REASONS, **values),))


CASE = Content(
    Kind.GROUP,
    (
        Part(Kind.SINGLE, "行为的性质是（　）", ("占道经营", "无照经营", "露天烧烤"), "C", **REASONS),
        Part(Kind.MULTIPLE, "可以采取的措施有", ("责令改正", "拘留", "罚款"), "AC", **REASONS),
    ),
    "夜间，执法人员巡查。\n某店在店外烧烤。",
)
QUESTIONS = {
    "single": [
        single(f"题干甲{HOSTILE}", "B", **REASONS),
        single("听证期限", "C", options=("长" * 30, "乙", "丙", "丁")),
    ],
    "multiple": [multiple("告知内容", **REASONS)],
    "judge": [judge("罚款可以当场收缴", "F", **REASONS)],
    "fill": [one(Kind.FILL, f"应当在{BLANK}内提出{BLANK}。", blanks=(("五日", "5日"), ("听证",)))],
    "group": [CASE],
    "document": [one(Kind.DOCUMENT, "找出错误", segments=read_markup("决定书\n限{三十日=>十五日}内缴纳。特此告知。"))],
    "short": [one(Kind.SHORT, "怎样送达", key="直接送达优先。", points=(Point("直接", 60), Point("留置", 40)))],
}
TITLES = {"single": "单项选择题", "multiple": "多项选择题", "judge": "判断题", "fill": "填空题"}
TITLES |= {"group": "案例分析题", "document": "文书改错题", "short": "简答题"}


@pytest.fixture
def form():
    """A form with a question of every kind, ten parts in seven sections."""
    rules = {"multiple": "half", "document": "fraction"}
    plan = [
        SectionSpec(TITLES[kind], kind, len(found), Decimal(5), rules.get(kind, "all"))
        for kind, found in QUESTIONS.items()
    ]
    paper = paper_of(*plan, title="秋季资格考试", minutes=90)
    made = PaperForm.objects.create(paper=paper, label="A", seed=1)
    places = [(section, content) for section, found in enumerate(QUESTIONS.values(), 1) for content in found]
    for order, (section, content) in enumerate(places, 1):
        question = QuestionFactory(content=content, reviewed=True)
        version = question.current
        PaperItem.objects.create(form=made, section_no=section, order_no=order, question=question, version=version)
    return made


def pdf_text(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def word_text(data: bytes) -> str:
    file = docx.Document(io.BytesIO(data))
    cells = [paragraph.text for table in file.tables for cell in table._cells for paragraph in cell.paragraphs]
    return squeezed("".join([paragraph.text for paragraph in file.paragraphs] + cells))


READERS = {"pdf": pdf_text, "docx": word_text}


@pytest.fixture(params=list(READERS))
def text(request, form):
    """`text(Sheet.KEY)` is what that sheet says, without spaces; once for each format."""
    read = read_form(form)
    return lambda sheet: READERS[request.param](printed(read, sheet, request.param))


def test_the_paper_has_a_head_sections_and_every_question(text):
    said = text(Sheet.PAPER)
    for words in (
        "秋季资格考试", "（A卷）", "考试时间90分钟", "满分40分", "单位", "姓名", "执法证号", "得分",
        "一、单项选择题（共2题，每题5分，共10分）", "每题只有一个正确答案。",
        "少选的，每选对一项得0.5分；有错选的不得分。", "五、案例分析题（共1个案例、2小题，每个案例5分，共5分）",
        "案例一", "夜间，执法人员巡查。", "6．行为的性质是", "7．可以采取的措施有", "A．占道经营",
        "应当在＿＿＿＿＿＿内提出＿＿＿＿＿＿。", "〔2〕限三十日内缴纳。〔3〕特此告知。", "有错误的句子编号",
        "9．怎样送达",
    ):  # fmt: skip
        assert squeezed(words) in said, words


def test_text_is_never_markup(text):
    assert squeezed(HOSTILE) in text(Sheet.PAPER)


def test_candidates_get_no_key_no_reason_and_no_correction(text, form):
    """Complaint 38 on paper: nothing that candidates hold tells right from wrong."""
    for sheet in (Sheet.PAPER, Sheet.ANSWERS):
        said = text(sheet)
        codes = [item.question.code for item in form.items.select_related("question")]
        for secret in (WHY, "第三十三条", "十五日", "5日", "直接送达优先", "60%", "参考答案", "解析", *codes):
            assert secret not in said, secret


def test_the_answer_sheet_has_a_place_for_every_number(form):
    sheet = sheets.answer_sheet(read_form(form))
    ticked = [row for block in sheet.blocks if isinstance(block, Ticks) for group in block.groups for row in group]
    assert [number for number, _ in ticked] == ["1", "2", "3", "4", "6", "7", "8"]
    assert dict(ticked)["3"] == ("A", "B", "C", "D") and dict(ticked)["4"] == ("对", "错")
    assert dict(ticked)["8"] == ("1", "2", "3")
    written = [block for block in sheet.blocks if isinstance(block, Item)]
    assert [block.number for block in written] == ["5．", "9．"]
    assert written[0].text.count("（") == 2 and written[1].room


def test_the_key_has_answers_reasons_and_basis(text, form):
    said = text(Sheet.KEY)
    codes = [item.question.code for item in form.items.select_related("question")]
    for words in (
        "内部资料，考试结束前不得公开。", "1—2BC", "6—7CAC", "五日／5日；听证", "第2句应为：限十五日内缴纳。",
        "要点：直接（60%，3分）", f"解析：{WHY}", f"依据：{BASIS}", *codes,
    ):  # fmt: skip
        assert squeezed(words) in said, words


def test_the_same_form_is_the_same_bytes(form):
    for sheet in Sheet:
        for suffix in READERS:
            assert printed(read_form(form), sheet, suffix) == printed(read_form(form), sheet, suffix)


def test_what_is_printed_is_the_version_of_the_form(form):
    item = form.items.get(order_no=2)
    item.question.current = QuestionVersionFactory(question=item.question, version_no=2, content=single("改写后的题干"))
    item.question.save()
    said = pdf_text(printed(read_form(form), Sheet.PAPER, "pdf"))
    assert "听证期限" in said and "改写后的题干" not in said


def test_pages_are_numbered_and_nothing_but_our_fonts_is_used(form):
    reader = PdfReader(io.BytesIO(printed(read_form(form), Sheet.PAPER, "pdf")))
    last = len(reader.pages)
    assert f"第{last}页，共{last}页" in squeezed(reader.pages[-1].extract_text())
    names = {font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert names and all("NotoSerifCJK" in name or "NotoSansCJK" in name for name in names)


@pytest.mark.parametrize(("widest", "columns"), [(5, 4), (9, 4), (12, 2), (19, 2), (25, 1)])
def test_options_stand_side_by_side_as_far_as_they_fit(widest, columns):
    assert Item("1．", "题", ("字" * widest, "字", "字", "字")).columns == columns
    assert width("ＡＢ，ab") == 4


def test_a_long_paper_reads_the_bank_in_three_queries(form, django_assert_num_queries):
    form = PaperForm.objects.select_related("paper").get(pk=form.pk)
    with django_assert_num_queries(3):
        read_form(form)


def test_taking_a_file_is_recorded(form, member):
    print_form(form, Sheet.KEY, "docx", by=member("wu"))
    assert AuditEntry.objects.get(verb="下载试卷文件").detail == "答案与解析（docx）"
    with pytest.raises(PermissionDenied):
        print_form(form, Sheet.PAPER, "pdf", by=member("gao"))


def test_a_file_is_saved_under_its_name_and_what_cannot_be_drawn_is_named(form, as_member):
    call_command("set_up_roles", verbosity=0)
    client = as_member("lin")
    reply = client.get(reverse("exams_form_file", args=[form.pk, "answers", "docx"]))
    assert quote("秋季资格考试 A卷 答题卡.docx") in reply["Content-Disposition"]
    assert client.get(reverse("exams_form_file", args=[form.pk, "keys", "docx"])).status_code == 404
    Paper.objects.filter(pk=form.paper_id).update(title="考试😀")
    reply = client.get(reverse("exams_form_file", args=[form.pk, "paper", "pdf"]), follow=True)
    assert "U+1F600" in reply.content.decode()
