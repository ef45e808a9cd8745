from wagtail.snippets.models import register_snippet

from casebook.viewsets import CasebookGroup

register_snippet(CasebookGroup)
