"""What exams adds to the pages and events of the apps below; called once by `ExamsConfig.ready`."""


def register_all() -> None:
    """Registers panels and listeners."""
