from django.apps import AppConfig


class CasebookConfig(AppConfig):
    name = "casebook"
    verbose_name = "案例"

    def ready(self) -> None:
        from casebook import panels  # models are loaded only now
        from casebook.editions import making
        from casebook.teaching.due import sheets_to_fill
        from content.jobs import work
        from content.panels import register
        from kb.reading.cited_by import register_source

        register("power_item", panels.cases_of_item, order=40)
        register("law", panels.cases_citing, order=40)
        register("home", panels.newest_issue, order=20)
        register("desk", sheets_to_fill, order=20)
        work.register(making.KIND, making.make)
        register_source("casebook.case", "案例", panels.citing_sources, order=20)
