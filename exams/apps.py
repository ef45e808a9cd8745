from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "exams"
    verbose_name = "考试"

    def ready(self) -> None:
        from exams import registering  # models are loaded only now

        registering.register_all()
