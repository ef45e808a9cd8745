"""What exams adds to the pages and events of the apps below; called once by `ExamsConfig.ready`."""

from content.panels import register
from exams.bank import law_watch, panels
from exams.cards import showing as cards
from exams.practice import panels as practice_panels
from exams.results import panels as results
from exams.sittings import mine
from kb.importers.hooks import after_import


def register_all() -> None:
    """Registers panels and listeners."""
    practice_panels.register_panels()
    register("power_item", panels.questions_of_item, order=60)
    register("law", panels.questions_on_law, order=60)
    register("provision", panels.questions_on_provision, order=60)
    register("home_today", mine.today_strip, order=5)
    register("desk", mine.desk_panel, order=20)
    register("desk", cards.desk, order=30)
    register("home_today", cards.today, order=5)
    register("sitting_done", results.result_of, order=10)
    after_import.register(law_watch.after_import)
    after_import.register_batch(law_watch.after_imports)
