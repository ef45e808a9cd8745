from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        from content.panels import register
        from search import keeping, observers

        observers.connect()
        register("home_today", keeping.today, order=90)
        register("desk", keeping.desk, order=80)
        register("nav_account", keeping.count)
