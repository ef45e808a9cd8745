from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "站点内容"
