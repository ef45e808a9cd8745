"""A certificate of passing as PDF: the same bytes every time, with a QR code that leads to its public page."""

import io
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse

from content.exports.pdf import typeset
from content.numbers import plain_number
from content.templatetags.ui import cn_date
from exams.models import ExamCertificate
from exams.results.codes import grouped

TEMPLATE = Path(__file__).parent / "certificate.typ"
QR_SCALE = 8  # dots a module: sharp at 300 dpi and 3 cm


def certificate_pdf(certificate: ExamCertificate) -> bytes:
    """One page A4, landscape. Raises ExportError: fonts missing, a character that no font can draw."""
    data = printed_fields(certificate) | {"address": verification_address(certificate)}
    text = "".join(data.values())
    dated = certificate.issued_on
    parts = {"year": dated.year, "month": dated.month, "day": dated.day}
    return typeset(TEMPLATE, {**data, **parts}, text, dated, {"code.png": _qr(data["address"])})


def printed_fields(certificate: ExamCertificate) -> dict[str, str]:
    """Every printed field in words, by its name in the model; the verification page shows the same."""
    return {
        "code": grouped(certificate.code),
        "holder_name": certificate.holder_name,
        "unit_name": certificate.unit_name,
        "exam_title": certificate.exam_title,
        "score": plain_number(certificate.score),
        "full_marks": plain_number(certificate.full_marks),
        "taken_on": cn_date(certificate.taken_on),
        "issued_on": cn_date(certificate.issued_on),
        "issuer_name": certificate.issuer_name,
    }


def verification_address(certificate: ExamCertificate) -> str:
    """The public page of the certificate, as a telephone opens it."""
    path = reverse("exams:certificate", args=[grouped(certificate.code)])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _qr(address: str) -> bytes:
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=QR_SCALE, border=2)
    return picture.getvalue()
