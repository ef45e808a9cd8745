"""The site's own words (name, district, hotline), with defaults that need no database."""

from dataclasses import dataclass

from django.db import DatabaseError
from django.http import HttpRequest
from wagtail.models import Site

from content.models import SiteBranding


@dataclass(frozen=True)
class Branding:
    """What header, footer and print header say about this installation."""

    site_name: str = "执法宝典"
    district: str = ""
    hotline: str = ""
    notice: str = ""


def branding_for(request: HttpRequest | None) -> Branding:
    """The settings of the request's site; the defaults where there is no site (error pages)."""
    if request is None:
        return Branding()
    try:
        if Site.find_for_request(request) is None:
            return Branding()
        kept = SiteBranding.for_request(request)
    except DatabaseError:
        return Branding()
    return Branding(kept.site_name, kept.district, kept.hotline, kept.notice)
