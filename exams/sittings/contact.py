"""What the page of a sitting sends while it is open: answers, signs of life, the hand-in. JSON both ways.

These views look at neither session nor account, which are two queries and a place in every queue: the signed slip in
the header `X-Sitting` says which sitting may be written on, and it was handed out under the candidate's own account
(`sittings.leases`). For the same reason they need no CSRF token: another site's page cannot set that header, and does
not know the slip.
"""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exams.actions.sittings import hand_in, save_answers
from exams.models import Sitting
from exams.sittings.incidents import read_events
from exams.sittings.leases import Lease, read
from exams.sittings.saving import Malformed, Receipt, read_changes
from people.addresses import client_address

NO_SLIP = "页面凭证无效；请刷新页面后继续。"


@csrf_exempt
@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Stores `{"items": [{no, seq, answer, flagged}], "events": [{kind, ago}]}`; without items a sign of life."""
    return _answer(request, pk, _save)


@csrf_exempt
@require_POST
def finish(request: HttpRequest, pk: int) -> JsonResponse:
    """Stores the last `items` and hands in; `automatic` where the page's time ran out."""
    return _answer(request, pk, _hand_in)


def _save(lease: Lease, sent: dict[str, Any], address: str | None) -> Receipt:
    events = read_events(sent.get("events"))
    return save_answers(lease, read_changes(sent.get("items", [])), events=events, address=address)


def _hand_in(lease: Lease, sent: dict[str, Any], address: str | None) -> Receipt:
    return hand_in(lease, read_changes(sent.get("items", [])), automatic=sent.get("automatic") is True, address=address)


def _answer(request: HttpRequest, pk: int, act: Any) -> JsonResponse:
    lease = read(request.headers.get("X-Sitting", ""))
    if lease is None or lease.sitting_id != pk:
        return JsonResponse({"refusal": NO_SLIP}, status=403)
    try:
        sent = json.loads(request.body)
        if not isinstance(sent, dict):
            raise Malformed("应为一个对象")
        receipt = act(lease, sent, client_address(request))
    except (ValueError, RequestDataTooBig) as fault:
        return JsonResponse({"refusal": f"请求无法识别：{fault}。"}, status=400)
    refused = receipt.refusal and receipt.state not in Sitting.FINISHED
    return JsonResponse(_told(receipt, pk), status=409 if refused else 200)


def _told(receipt: Receipt, pk: int) -> dict[str, Any]:
    told = {
        "state": receipt.state,
        "remaining": round(receipt.remaining, 1),
        "seqs": receipt.seqs,
        "again": receipt.again,
        "faults": receipt.faults,
        "refusal": receipt.refusal,
        "at": timezone.localtime().strftime("%H:%M:%S"),
    }
    if receipt.total is not None:
        told["total"] = receipt.total
    if receipt.state != Sitting.State.OPEN:
        told["done"] = reverse("exams:sitting_done", args=[pk])
    return told
