"""The content app: visual language, page frame, editor-owned pages."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "站点内容"
