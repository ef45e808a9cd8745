"""Mentors' work in the demo: a reading list for newcomers, a pair, a settled question, a course."""

import datetime as dt

from django.utils import timezone

from casebook.models import Case
from exams.models import Paper
from kb.models import PowerItem, Regulation
from people.models import Mentor, Officer, User
from training.actions import consultations
from training.actions.readings import assign_template
from training.models import (
    Consultation,
    Course,
    Lesson,
    MentorScope,
    Pairing,
    ReadingAssignment,
    ReadingTemplate,
    TemplateEntry,
)
from training.models.choices import Category

TEMPLATE = "新到岗两周包"
# The ordinary procedure of the law on administrative penalties, in the order in which a case meets it.
ARTICLES = ("33", "39", "42", "44", "45", "54", "55", "57", "60", "64")
QUIZ = "通用法律知识练习卷"
COURSE = "普通程序办案入门"
LESSONS = (
    (
        "立案与调查",
        "发现线索后先核对是不是本街道的事项，再看有没有违法行为、在不在追责期限内。符合条件的及时立案，立案日就是九十日的起点。\n\n"
        "调查由两名以上执法人员进行，先出示证件。能拍的拍清楚位置和全貌，能量的写明尺寸和方法；询问一人一份笔录，让当事人逐页核对。",
    ),
    (
        "告知、听证与决定",
        "拟作出决定之前，把内容、事实、理由和依据一并告知，并说明有权陈述、申辩；符合听证条件的另行告知，五日内可以提出。\n\n"
        "当事人的意见无论采纳与否都要复核并写进案卷。需要法制审核的，没有通过审核不能决定；情节复杂的，由负责人集体讨论。",
    ),
    (
        "送达、执行与归档",
        "决定书七日内送达，送达回证写明方式和时间。罚款由当事人到指定银行缴纳，逾期不缴的先催告，再依法申请执行。\n\n"
        "结案后一案一卷，目录、页码与文书一致；音像资料写明编号。下一次评查，看的就是这本卷。",
    ),
)
QUESTION = "当事人拒绝在现场检查笔录上签字，应当怎么办？"
ANSWER = (
    "在笔录上注明拒签的情况，由两名执法人员签名；有条件的请见证人签名，并用录像记录全过程。拒签不影响笔录作为证据使用。"
)
FUMES = "420102C01CF07500"


def load_mentoring() -> dict[str, int]:
    """Counts by what was loaded."""
    trainer = User.objects.get(username="peixun")
    template = _template(trainer)
    _pair(trainer, template)
    _question()
    _course()
    return {
        "阅读包": ReadingTemplate.objects.count(),
        "阅读任务": ReadingAssignment.objects.count(),
        "问答": Consultation.objects.settled().count(),
        "线上课程": Course.objects.count(),
    }


def _template(trainer: User) -> ReadingTemplate:
    template, is_new = ReadingTemplate.objects.get_or_create(
        title=TEMPLATE,
        defaults={"days": 14, "intro": "每天读一条、想一个办过的案子；两周内读完并通过小测。", "made_by": trainer},
    )
    if not is_new:
        return template
    law = Regulation.objects.get(title="中华人民共和国行政处罚法")
    cases = Case.objects.published().filter(is_typical=True).order_by("case_no")[:3]
    entries = [TemplateEntry(kind="provision", regulation=law, key=key) for key in ARTICLES]
    entries += [TemplateEntry(kind="case", case=case) for case in cases]
    entries += [TemplateEntry(kind="quiz", quiz=Paper.objects.get(title=QUIZ))]
    for number, entry in enumerate(entries, 1):
        entry.template, entry.order_no = template, number
    TemplateEntry.objects.bulk_create(entries)
    return template


def _pair(trainer: User, template: ReadingTemplate) -> None:
    """The mentor and the officer whose accounts are for trying; the list is due in ten days."""
    mentor = Mentor.objects.filter(officer__user__username="daoshi").first()
    officer = Officer.objects.get(user__username="duiyuan")
    if mentor is None:
        return
    MentorScope.objects.get_or_create(
        mentor=mentor, defaults={"role_label": "部门业务骨干", "letter_no": "江城司聘〔2026〕1号"}
    )
    Pairing.objects.get_or_create(
        mentor=mentor,
        officer=officer,
        defaults={"valid_from": mentor.valid_from, "goal": "半年内独立办结三件普通程序案件", "made_by": trainer},
    )
    if not ReadingAssignment.objects.exists():
        due = timezone.localdate() + dt.timedelta(days=10)
        assign_template(template, [officer], by=User.objects.get(username="daoshi"), due_on=due)


def _question() -> None:
    """Asked by an officer, answered by the bureau's trainer, let through by the reviewer."""
    if Consultation.objects.exists():
        return
    asker, answerer, reviewer = (User.objects.get(username=name) for name in ("duiyuan", "peixun", "shenhe"))
    one = consultations.ask(PowerItem.objects.get(code=FUMES), QUESTION, by=asker)
    consultations.answer(one, ANSWER, by=answerer)
    consultations.propose(one, QUESTION, ANSWER, by=answerer)
    consultations.approve(one, by=reviewer)


def _course() -> None:
    course, is_new = Course.objects.get_or_create(
        slug="putong-chengxu",
        defaults={
            "title": COURSE,
            "summary": "三课讲完一件普通程序案件从立案到归档的要点，最后做一份测验。",
            "category": Category.LEGAL,
            "hours": 2,
            "quiz": Paper.objects.get(title=QUIZ),
            "is_open": True,
        },
    )
    if is_new:
        Lesson.objects.bulk_create(
            Lesson(course=course, order_no=number, title=title, body=body, minutes=1)
            for number, (title, body) in enumerate(LESSONS, 1)
        )
