"""Files that a page hands out, under a Chinese name that every browser keeps."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(data: bytes, filename: str, content_type: str = EXCEL) -> HttpResponse:
    """An answer that the browser saves as `filename`."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=filename) or ""}
    return HttpResponse(data, content_type=content_type, headers=headers)
