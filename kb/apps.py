from django.apps import AppConfig


class KbConfig(AppConfig):
    name = "kb"
    verbose_name = "规则库"

    def ready(self) -> None:
        from kb import home
        from kb.importers.hooks import after_import
        from kb.linking import link_imported

        after_import.register(link_imported)
        home.register_panels()
