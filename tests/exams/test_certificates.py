"""Certificates of passing: frozen as printed, found by an unguessable code, issued anew and revoked on record."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from exams.actions.certificates import issue_certificates, reissue_certificate, revoke_certificate
from exams.models import Exam, ExamCertificate, Sitting
from exams.results.certificate_pages import LABELS, LOOKED_UP
from exams.results.certificate_pdf import certificate_pdf, printed_fields
from exams.results.codes import ALPHABET, LENGTH, grouped, new_code, read_code
from tests.cast import CAST, member
from tests.factories.exams import ExamFactory, QuestionFactory, single
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.results import sat
from tests.printing import squeezed

pytestmark = pytest.mark.django_db
Status = ExamCertificate.Status


@pytest.fixture
def exam():
    return ExamFactory(
        title="2026年秋季资格考试",
        purpose=Exam.Purpose.CERTIFICATION,
        status=Exam.Status.CLOSED,
        results_published_at=timezone.now(),
        paper__pass_marks=1,
    )


@pytest.fixture
def question():
    return QuestionFactory(content=single(key="B"))


@pytest.fixture
def passed(exam, question):
    unit = UnitFactory(name="文澜街道办事处")
    officer = OfficerFactory(name="陈晨", unit=unit, user=member("chen"))
    sat(exam, [question], "A", marked=True)
    return sat(exam, [question], "B", officer=officer, marked=True)


@pytest.fixture
def certificate(exam, passed):
    (one,) = issue_certificates(exam, issuer_name="江城区司法局", by=member("song"))
    return one


def printed(certificate: ExamCertificate) -> tuple:
    return tuple(ExamCertificate.objects.filter(pk=certificate.pk).values_list(*ExamCertificate.PRINTED).get())


def test_those_who_passed_get_one_and_nobody_a_second(exam, passed, certificate):
    assert certificate.sitting == passed
    assert issue_certificates(exam, issuer_name="江城区司法局", by=member("song")) == []
    today, began = timezone.localdate(), timezone.localtime(passed.started_at).date()
    assert printed(certificate)[1:] == (
        "陈晨",
        "文澜街道办事处",
        "2026年秋季资格考试",
        Decimal(1),
        Decimal(1),
        began,
        today,
        "江城区司法局",
    )


def test_of_several_attempts_the_one_that_counts_is_certified(exam, question):
    officer = OfficerFactory()
    attempts = [sat(exam, [question], answer, officer=officer, marked=True) for answer in "ABB"]
    (one,) = issue_certificates(exam, issuer_name="局", by=member("song"))
    assert one.sitting == attempts[1]


@pytest.mark.parametrize(
    ("values", "says"),
    [({"purpose": "mock"}, "只有资格考试"), ({"results_published_at": None}, "还没有公布")],
)
def test_only_published_certification_exams_give_certificates(exam, passed, values, says):
    for name, value in values.items():
        setattr(exam, name, value)
    with pytest.raises(ValidationError, match=says):
        issue_certificates(exam, issuer_name="局", by=member("song"))
    assert not ExamCertificate.objects.exists()


def test_only_the_bureau_issues_and_revokes(exam, passed, certificate):
    for name in set(CAST) - {"song"}:
        with pytest.raises(PermissionDenied):
            issue_certificates(exam, issuer_name="局", by=member(name))
        with pytest.raises(PermissionDenied):
            revoke_certificate(certificate, "试", by=member(name))


def test_what_was_printed_never_changes(certificate):
    """Peers 52: an upgrade must not change or issue anew what was printed."""
    before = printed(certificate)
    certificate.holder_name = "别人"
    with pytest.raises(TypeError):
        certificate.save()
    officer = certificate.sitting.registration.officer
    officer.name = "陈新名"
    officer.save()
    Exam.objects.update(title="改了名的考试")
    assert printed(certificate) == before


def test_one_issued_anew_has_a_code_of_its_own_and_leaves_the_old_one(certificate):
    """Peers 52: a renewal has its own date; the old one is still found, as replaced."""
    before = printed(certificate)
    officer = certificate.sitting.registration.officer
    officer.name = "陈新名"
    officer.save()
    with pytest.raises(ValidationError, match="理由"):
        reissue_certificate(certificate, " ", by=member("song"))
    new = reissue_certificate(certificate, "改名", by=member("song"))
    assert (new.holder_name, new.status) == ("陈新名", Status.VALID) and new.code != certificate.code
    assert printed(certificate) == before and certificate.status == Status.REPLACED
    assert ExamCertificate.objects.filter(sitting=certificate.sitting, status=Status.VALID).count() == 1


def test_a_revoked_one_stays_revoked_and_is_not_issued_again_by_itself(exam, certificate):
    revoke_certificate(certificate, "冒名顶替", by=member("song"))
    with pytest.raises(ValidationError, match="已经失效"):
        revoke_certificate(certificate, "再来", by=member("song"))
    assert issue_certificates(exam, issuer_name="局", by=member("song")) == []
    again = reissue_certificate(certificate, "查明无误", by=member("song"))
    certificate.refresh_from_db()
    assert (certificate.status, again.status) == (Status.REVOKED, Status.VALID)


def page(client, code: str):
    return client.get(reverse("exams:certificate", args=[code]))


def test_the_public_page_shows_every_printed_field(client, certificate):
    """Peers 52: a page that says only "valid" lets an edited PDF pass."""
    text = page(client, certificate.code).content.decode()
    fields = printed_fields(certificate)
    assert set(fields) == set(ExamCertificate.PRINTED) == set(LABELS)
    assert not [value for value in fields.values() if value not in text]
    assert "有效" in text and "noindex" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: revoke_certificate(one, "冒名顶替", by=member("song")), "已撤销"),
        (lambda one: reissue_certificate(one, "改名", by=member("song")), "已换发"),
        (lambda one: Sitting.objects.filter(pk=one.sitting_id).update(state=Sitting.State.VOID), "待核"),
        (lambda one: Sitting.objects.filter(pk=one.sitting_id).update(score=0), "待核"),
    ],
)
def test_the_public_page_says_where_it_stands_and_not_why(client, certificate, change, words):
    change(certificate)
    text = page(client, certificate.code).content.decode()
    assert words in text and "冒名顶替" not in text and "陈晨" in text


def test_a_code_is_found_however_it_is_typed_and_an_unknown_one_is_said_to_be(client, certificate):
    code = certificate.code
    typed = f" {code[:4].lower()}－{code[4:8]} {code[8:]}"
    assert read_code(typed) == read_code(grouped(code)) == code
    answer = client.get(reverse("exams:certificates"), {"code": typed}, follow=True)
    assert "陈晨" in answer.content.decode()
    unknown = page(client, "BBBBBBBBBBBB")
    assert unknown.status_code == 404 and "没有这份证明" in unknown.content.decode()
    assert client.get(reverse("exams:certificates")).status_code == 200


def test_looking_up_is_limited_for_one_address(client, certificate):
    answers = [page(client, f"WRONG{n}").status_code for n in range(LOOKED_UP.per_minute)]
    assert set(answers) == {404}
    assert page(client, certificate.code).status_code == 429


def test_codes_are_random_and_without_lookalikes():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500 and all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("01258AEILNOSUZ")


def test_the_pdf_prints_every_field_in_the_same_bytes(certificate, fonts, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://zf.example/"
    data = certificate_pdf(certificate)
    assert data == certificate_pdf(certificate)
    reader = PdfReader(io.BytesIO(data))
    text = squeezed(reader.pages[0].extract_text())
    assert len(reader.pages) == 1
    assert not [name for name, value in printed_fields(certificate).items() if squeezed(value) not in text]
    assert f"http://zf.example/certificates/{grouped(certificate.code)}/" in text


def test_the_file_is_for_its_holder_and_the_bureau_while_it_counts(client, certificate, fonts):
    address = reverse("exams:certificate_file", args=[certificate.code])
    assert client.get(address).status_code == 302
    allowed = set()
    for name in CAST:
        client.force_login(member(name))
        if client.get(address).status_code == 200:
            allowed.add(name)
    assert allowed == {"chen", "song"}
    revoke_certificate(certificate, "冒名", by=member("song"))
    assert client.get(address).status_code == 404


def test_certificates_of_many_take_few_queries(exam, question, django_assert_max_num_queries):
    for _ in range(15):
        sat(exam, [question], "B", marked=True)
    bureau = member("song")
    assert bureau.roles
    with django_assert_max_num_queries(12):
        assert len(issue_certificates(exam, issuer_name="局", by=bureau)) == 15
    assert ExamCertificate.objects.filter(issued_on=timezone.localdate()).count() == 15
