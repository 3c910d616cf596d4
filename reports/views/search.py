"""The page behind the one search field."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.search import CAP, KINDS, Found, Search
from tasks.judgement import Judgement

PREVIEW = 5
PAGE = 30


def search(request: HttpRequest) -> HttpResponse:
    """Show the first of every kind, or with `kind` all of one, page by page."""
    looked = Search(request.actor, request.at, request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    context = {
        "search_words": looked.typed,
        "kind": kind if kind in KINDS else "",
        "cap": CAP,
        "judgement": Judgement.at(request.at),
    }
    if not looked.words:
        return render(request, "reports/search.html", context)
    if kind in KINDS:
        found = looked.find(kind)
        page = Paginator(found.ids[:CAP], PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "results": [_shown(found, page.object_list)]}
    else:
        everything = looked.find_all()
        context |= {"results": [_shown(f, f.ids[:PREVIEW]) for f in everything if f.ids]}
    context["total"] = sum(each["found"].total for each in context["results"])
    return render(request, "reports/search.html", context)


def _shown(found: Found, ids: list[int]) -> dict:
    things = found.things(ids)
    return {"found": found, "things": things, "more": found.total > len(things)}
