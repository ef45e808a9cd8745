"""The law reader: a law, one provision, two versions side by side."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from kb.citations.standard import written_key
from kb.keys import anchor_of, article_of, article_order
from kb.lookup import provision_on
from kb.models import Provision, Regulation, RegulationVersion
from kb.permissions import can_edit_regulations, can_read_drafts
from kb.reading.address import key_from_words, nearest
from kb.reading.comparison import compare as compare_versions
from kb.reading.comparison import runs, tally
from kb.reading.contents import part_url, toc_of
from kb.reading.head import facts_of, related, warnings_of, written
from kb.reading.outline import Outline, outline_of
from kb.reading.provision import ProvisionPage, provision_page
from kb.reading.selection import Selection, parse_day, select_version
from kb.reading.text import text_html
from kb.reading.timeline import steps

STRUCTURE = {"book", "subbook", "chapter", "section", "attachment", "preamble", "colophon", "title_line", "table"}


def law(request: HttpRequest, slug: str) -> HttpResponse:
    """A regulation in the version of the day, whole or (a long one) by parts."""
    regulation = _regulation(slug)
    if request.GET.get("article"):
        return redirect(
            regulation.get_absolute_url() + quote(request.GET["article"].strip(), safe="") + _day_query(request)
        )
    selection = _select(request, regulation)
    address = regulation.get_absolute_url()
    context = _frame(selection) | {
        "warnings": warnings_of(selection, address),
        "facts": facts_of(selection),
        "related": related(regulation, selection.today),
        "steps": steps(selection),
    }
    version = selection.version
    if version is None or not version.has_text:
        return render(request, "kb/law_without_text.html", context | {"gists": _gists(regulation)})
    return render(request, "kb/law.html", context | _text_context(request, selection, version))


def provision(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One article with its place, history and cited-by. Words and finer keys lead to the article's address."""
    regulation = _regulation(slug)
    canonical = key_from_words(key.strip("/")) or key.strip("/")
    if request.GET.get("card"):
        day = parse_day(request.GET.get("on", ""))
        return render(request, "kb/provision_card.html", {"resolved": provision_on(regulation, canonical, day)})
    if canonical != key or article_of(key) != key:
        return _to_article(request, regulation, canonical)
    selection = _select(request, regulation)
    page = provision_page(selection, key)
    if page is None and (meant := key_from_words(f"第{key}条")) not in ("", key):
        return _to_article(request, regulation, meant)
    if page is None:
        return _not_found(request, selection, key)
    if page.rows and page.rows[0].kind in STRUCTURE:
        return redirect(page.in_full_text)
    return render(request, "kb/provision.html", _provision_context(request, page))


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """`?old=3&new=7`: two versions of one law, article by article."""
    regulation = _regulation(slug)
    versions = _comparable(request, regulation)
    old, new = (_chosen(versions, request.GET.get(name, "")) for name in ("old", "new"))
    if len(versions) < 2:
        return render(request, "kb/compare.html", {"regulation": regulation, "versions": versions})
    new = new or versions[-1]
    old = old or next((v for v in reversed(versions[: versions.index(new)])), versions[0])
    changes = compare_versions(old, new)
    context = {"regulation": regulation, "versions": versions, "old": old, "new": new}
    context |= {"runs": runs(changes), "tally": tally(changes), "print_title": f"{regulation.title}（版本对照）"}
    return render(request, "kb/compare.html", context)


def _regulation(slug: str) -> Regulation:
    return get_object_or_404(Regulation.objects.with_versions().select_related("domain"), slug=slug)


def _select(request: HttpRequest, regulation: Regulation) -> Selection:
    return select_version(regulation, request.user, on=request.GET.get("on", ""), version=request.GET.get("v", ""))


def _frame(selection: Selection) -> dict:
    """What every page of a law carries: the selection and the words for the print header."""
    version = selection.version
    words = f"{version.display_label}　{written(version.effective_from)}起施行" if version else ""
    return {
        "selection": selection,
        "regulation": selection.regulation,
        "version": version,
        "status": selection.status,
        "print_title": selection.regulation.title,
        "print_version": f"{words}　{selection.status.label}",
    }


def _text_context(request: HttpRequest, selection: Selection, version: RegulationVersion) -> dict:
    outline = outline_of(version)
    part = outline.part(request.GET.get("part", ""))
    at = outline.parts.index(part)
    return {
        "outline": outline,
        "part": part,
        "part_name": outline.name_of(part),
        "toc": toc_of(outline, part, selection),
        "previous_part": _part_link(selection, outline, at - 1) if at else None,
        "next_part": _part_link(selection, outline, at + 1) if at + 1 < len(outline.parts) else None,
        "law_text": text_html(selection, part, fresh=can_edit_regulations(request.user)),
    }


def _part_link(selection: Selection, outline: Outline, at: int) -> dict[str, str]:
    part = outline.parts[at]
    return {"label": outline.name_of(part), "span": part.span, "url": part_url(selection, part)}


def _gists(regulation: Regulation) -> list:
    gists = sorted(regulation.gists.all(), key=lambda gist: (article_order(gist.key), gist.key))
    return [{"key": gist.key, "label": written_key(gist.key) or gist.key, "text": gist.text} for gist in gists]


def _provision_context(request: HttpRequest, page: ProvisionPage) -> dict:
    selection, resolved = page.selection, page.resolved
    address = selection.regulation.get_absolute_url() + page.key
    arrived_by = request.GET.get("q", "")[:80] if request.GET.get("from") == "citation" else ""
    return _frame(selection) | {
        "page": page,
        "resolved": resolved,
        "warnings": warnings_of(selection, address, arrived_by),
        "crumbs": page.crumbs(),
        "siblings": page.siblings(),
        "print_title": resolved.citation,
        **page.neighbours(),
    }


def _day_query(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("on", "v", "from", "q") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _to_article(request: HttpRequest, regulation: Regulation, key: str) -> HttpResponse:
    """`33.p1.i2` -> `33#p1-i2`. The permanent address is the article's."""
    article, anchor = article_of(key), anchor_of(key)
    address = f"{regulation.get_absolute_url()}{quote(article)}{_day_query(request)}"
    return redirect(address + (f"#{anchor}" if anchor else ""))


def _not_found(request: HttpRequest, selection: Selection, key: str) -> HttpResponse:
    """Says how many articles there are, which lie nearest, and which version has this one."""
    if selection.version is None:
        raise Http404
    articles = [(k, label) for k, label, _ in outline_of(selection.version).articles]
    near = [
        {"label": label, "url": f"{selection.regulation.get_absolute_url()}{k}{selection.query}"}
        for k, label in nearest(key, articles)
    ]
    context = _frame(selection) | {
        "key": written_key(key) or key,
        "count": len(articles),
        "last": articles[-1:],
        "near": near,
    }
    context["elsewhere"] = _versions_with(selection, key)
    return render(request, "kb/provision_404.html", context, status=404)


def _versions_with(selection: Selection, key: str) -> list[dict[str, str]]:
    live = {version.pk: version for version in selection.regulation.dated_versions()}
    found = Provision.objects.filter(version_id__in=live, key=key).values_list("version_id", flat=True)
    address = selection.regulation.get_absolute_url() + quote(key)
    return [{"label": live[pk].display_label, "url": f"{address}?v={pk}"} for pk in found]


def _comparable(request: HttpRequest, regulation: Regulation) -> list[RegulationVersion]:
    """Versions with text, oldest first; drafts for those who may read them."""
    versions = [version for version in regulation.dated_versions() if version.has_text]
    if can_read_drafts(request.user):
        versions += RegulationVersion.objects.filter(regulation=regulation, live=False, has_text=True).order_by("pk")
    return versions


def _chosen(versions: list[RegulationVersion], number: str) -> RegulationVersion | None:
    return next((version for version in versions if str(version.pk) == number), None)
