from django.apps import AppConfig


class KbConfig(AppConfig):
    name = "kb"
    verbose_name = "规则库"

    def ready(self) -> None:
        from kb import home
        from kb.importers.hooks import after_import
        from kb.linking import link_version

        after_import.register(link_version)
        home.register_panels()
