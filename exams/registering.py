"""What exams adds to the pages and events of the apps below; called once by `ExamsConfig.ready`."""

from exams.bank import law_watch
from kb.importers.hooks import after_import


def register_all() -> None:
    """Registers panels and listeners."""
    after_import.register(law_watch.after_import)
    after_import.register_batch(law_watch.after_imports)
