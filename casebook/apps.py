from django.apps import AppConfig


class CasebookConfig(AppConfig):
    name = "casebook"
    verbose_name = "案例"

    def ready(self) -> None:
        from casebook import panels  # models are loaded only now
        from content.panels import register

        register("power_item", panels.cases_of_item, order=40)
        register("law", panels.cases_citing, order=40)
        register("provision", panels.cases_citing, order=40)
        register("home", panels.newest_issue, order=20)
