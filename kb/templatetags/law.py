"""Law text inside templates that know only a version (the admin's preview)."""

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from kb.models import RegulationVersion
from kb.reading.outline import outline_of
from kb.reading.selection import Selection
from kb.reading.text import text_html

register = template.Library()


@register.simple_tag
def version_text(version: RegulationVersion) -> SafeString:
    """The first part of the version's stored text, as readers would see it."""
    if not version.pk:
        return SafeString("")
    today = timezone.localdate()
    selection = Selection(version.regulation, version, version.effective_from or today, today)
    return text_html(selection, outline_of(version).parts[0], fresh=True)
