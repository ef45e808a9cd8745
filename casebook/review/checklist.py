"""The reviewer's checklist: what is asked of every case before it is signed.

Lines are worded so that a case told as a bad example can satisfy them, too: it then says itself
what was wrong. Codes are stored with the answers and never change their meaning.
"""

from dataclasses import dataclass

from casebook.models import Case, CaseCheck


@dataclass(frozen=True, slots=True)
class Line:
    """One question. `veto`: in a file review this fault alone fails the case (案卷评查一票否决项)."""

    code: str
    group: str
    question: str
    veto: bool = False


ANONYMITY, BASICS, PROCEDURE, LAW, TEXT = "匿名", "主体与事实", "程序", "法律适用与裁量", "文稿"

CHECKLIST = (
    Line("anon_persons", ANONYMITY, "当事人、举报人、证人、执法人员都没有真实姓名，照片和签名、指印没有出现"),
    Line("anon_numbers", ANONYMITY, "没有证件号、电话、车牌、银行账号、信用代码、邮箱和社交账号"),
    Line("anon_places", ANONYMITY, "地点只到路段，日期只到月"),
    Line("anon_firms", ANONYMITY, "单位、店铺已隐去名称；实名的（B 级）已经依法公示"),
    Line("anon_minors", ANONYMITY, "没有未成年人的任何线索"),
    Line("anon_unique", ANONYMITY, "熟悉当地的人不能从行业、路段、时间拼出当事人"),
    Line("power_held", BASICS, "街道对该事项有权，事项当时没有被收回；或者正文已把无权作为问题指出", veto=True),
    Line("officers", BASICS, "二人以上具有资格的执法人员办理；或者正文已作为问题指出", veto=True),
    Line("right_party", BASICS, "处罚对象正确", veto=True),
    Line("facts_proved", BASICS, "主要事实清楚，写明的证据能够证明", veto=True),
    Line("informed", PROCEDURE, "处罚前告知，听取了陈述、申辩；或者正文已作为问题指出", veto=True),
    Line("hearing", PROCEDURE, "应当听证的告知并举行了听证；或者不属于应当听证的情形", veto=True),
    Line("legal_review", PROCEDURE, "应当法制审核的经过审核（第五十八条）；或者不属于应当审核的情形", veto=True),
    Line("collective", PROCEDURE, "情节复杂或者重大的经负责人集体讨论（第五十七条）；或者不属于这种情形", veto=True),
    Line("in_time", PROCEDURE, "立案之日起九十日内决定，或者写明延期依据（第六十条）；超期的正文已指出", veto=True),
    Line("handed_over", PROCEDURE, "涉嫌犯罪的移送司法机关（第二十七条）；或者不涉嫌犯罪", veto=True),
    Line("law_then", LAW, "适用的是行为发生时有效的规定，或者说明了从旧兼从轻（第三十七条）", veto=True),
    Line("law_cited", LAW, "违反、处罚、裁量、程序条款引到条、款、项，没有引错", veto=True),
    Line("discretion", LAW, "处罚在法定幅度和裁量基准之内，从轻、减轻、从重、不予的理由写明"),
    Line("law_now", LAW, "依据已经修改或者废止的，正文说明了现在适用什么"),
    Line("text_fair", TEXT, "叙述客观，没有贬损当事人的用语，没有错别字"),
    Line("text_useful", TEXT, "分析和意义讲清了别人能学到什么，没有与事实不符的拔高"),
)
BY_CODE = {line.code: line for line in CHECKLIST}


@dataclass(frozen=True, slots=True)
class Answered:
    """A line with its answer; `stale` when the text changed after it was given."""

    line: Line
    check: CaseCheck | None
    stale: bool = False

    @property
    def settled(self) -> bool:
        return self.check is not None and not self.stale and self.check.verdict != CaseCheck.Verdict.FAULTY


def answers_of(case: Case) -> list[Answered]:
    """Every line with what was answered, in order. One query."""
    checks = {check.code: check for check in CaseCheck.objects.filter(case_id=case.pk).select_related("checked_by")}
    digest = case.text_digest()
    return [_answered(line, checks.get(line.code), digest) for line in CHECKLIST]


def unsettled(case: Case) -> list[str]:
    """The questions that stand between the case and a signature: open, stale or answered 不符合."""
    return [answer.line.question for answer in answers_of(case) if not answer.settled]


def _answered(line: Line, check: CaseCheck | None, digest: str) -> Answered:
    return Answered(line, check, stale=check is not None and check.text_digest != digest)
