"""What training adds to the pages of the apps below; called once by `TrainingConfig.ready`."""

from content.panels import register
from kb.importers.lists import LISTS, ImportedList
from training.credits import panels as credits
from training.figures.importing import FigureResource, import_figures
from training.mentors import panels as mentors
from training.sessions import mine
from training.sessions import panels as sessions


def register_all() -> None:
    """Registers panels, and the list that bureau's people upload."""
    LISTS["figures"] = ImportedList("figures", "外部数据", FigureResource, import_figures)
    register("home_today", mine.today_strip, order=6)
    register("desk", mine.desk_panel, order=30)
    register("power_item", sessions.about_item, order=70)
    register("discussion", sessions.about_discussion, order=30)
    register("desk", credits.desk_panel, order=30)
    register("home_today", credits.today_strip, order=30)
    register("power_item", mentors.questions_of_item, order=50)
    register("desk", mentors.desk_panel, order=25)
    register("home_today", mentors.today_strip, order=7)
