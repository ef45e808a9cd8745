"""The demo is a whole district: its counts, and that nothing hangs in the air."""

import datetime as dt
from collections import Counter

import pytest

from casebook.models import Case, CasebookIssue
from content.models import NewsPage, StandardPage
from demo.loaders.people import PASSWORD, load_people
from demo.loaders.tables import records
from kb.models import Citation, ConfirmationLetter, InstructorAppointment, PowerItem, Regulation, StreetAssignment
from people.models import Card, Posting, Unit, User
from people.roles import Role
from training.models import Consultation, Course, ReadingAssignment, ReadingTemplate
from training.quizzes import quiz_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


def test_there_are_207_items_in_43_domains_of_8_departments_and_the_streets_themselves():
    items = PowerItem.objects.all()
    assert items.count() == 207
    assert items.values("domain").distinct().count() == 43
    delegating = Unit.objects.departments().filter(items__isnull=False).distinct()
    assert delegating.count() == 8
    assert items.exclude(department__in=delegating).values_list("department__kind").distinct().get() == ("office",)


def test_there_are_16_streets_each_with_a_confirmation_letter():
    assert Unit.objects.streets().count() == 16
    assert set(ConfirmationLetter.objects.values_list("street", flat=True)) == set(
        Unit.objects.streets().values_list("pk", flat=True)
    )


def test_every_item_has_exactly_one_instructor_today_with_a_telephone():
    current = InstructorAppointment.objects.current(TODAY).filter(street__isnull=True)
    assert current.count() == 207
    assert set(current.values_list("item", flat=True)) == set(PowerItem.objects.values_list("pk", flat=True))
    assert not current.filter(officer__phone="").exists()


def test_every_item_discloses_its_five_elements():
    assert [item.code for item in PowerItem.objects.all() if item.missing_disclosure()] == []


def test_sixty_items_and_more_say_what_to_do_first_and_which_evidence_to_gather():
    assert PowerItem.objects.exclude(first_steps="").exclude(evidence="").count() >= 60
    assert PowerItem.objects.filter(is_frequent=True).count() >= 40


@pytest.mark.parametrize("day", [dt.date(2021, 9, 1), dt.date(2023, 8, 1), dt.date(2025, 7, 1)])
def test_each_street_holds_about_146_items(day):
    for street in Unit.objects.streets():
        held = StreetAssignment.objects.valid_on(day).filter(street=street).count()
        assert 135 <= held <= 175, f"{street}: {held}"


def test_what_a_street_may_do_differs_from_day_to_day_and_from_street_to_street():
    street = Unit.objects.get(short_name="文澜街道")
    days = [dt.date(2021, 8, 31), dt.date(2021, 9, 1), dt.date(2023, 8, 1), dt.date(2025, 7, 1)]
    counts = [PowerItem.objects.assigned(day, street).count() for day in days]
    assert counts[0] == 0
    assert len(set(counts)) == 4
    totals = {PowerItem.objects.assigned(TODAY, unit).count() for unit in Unit.objects.streets()}
    assert len(totals) >= 8


def test_a_taken_back_item_is_held_by_nobody_the_day_after():
    assert not StreetAssignment.objects.valid_on(TODAY).filter(item__code="420102W01CF00700").exists()
    assert StreetAssignment.objects.valid_on(dt.date(2023, 7, 31)).filter(item__code="420102W01CF00700").exists()


def test_46_instruments_that_the_items_cite_and_the_general_ones_are_there():
    cited = {c.regulation_id for c in Citation.objects.filter(power_item__isnull=False, field_name="basis_text")}
    assert len(cited - {None}) == 46
    assert Regulation.objects.count() >= 46 + 12 + 5


def test_24_cases_are_public_and_bound_in_four_quarters():
    assert [case.case_no for case in Case.objects.all() if not case.is_public] == []
    assert Case.objects.count() == 24
    assert CasebookIssue.objects.published().count() == 4
    assert Case.objects.values("domain").distinct().count() >= 8


def test_a_case_lies_in_a_street_that_held_its_items_when_it_was_filed():
    for case in Case.objects.filter(street__isnull=False):
        held = PowerItem.objects.assigned(case.filed_on, case.street)
        assert not set(case.items.values_list("code", flat=True)) - set(held.values_list("code", flat=True)), case


def test_there_is_an_account_for_every_role():
    accounts = User.objects.filter(username__in=[row["账号"] for row in records("users")])
    assert sorted(role for user in accounts for role in user.roles) == sorted(Role.values)
    assert all(user.check_password(PASSWORD) for user in accounts)


def test_without_demo_passwords_nobody_can_sign_in(settings):
    settings.DEMO_PASSWORDS = False
    User.objects.get(username="jiedao").delete()
    load_people()
    assert not User.objects.get(username="jiedao").has_usable_password()


def test_123_of_154_who_need_a_card_hold_one():
    """The founding figure: 123 cards, almost 80 %."""
    needed = Posting.objects.on(TODAY).enforcing().values("officer").distinct()
    holders = needed.filter(officer__cards__in=Card.objects.valid_on(TODAY))
    assert (holders.count(), needed.count()) == (123, 154)


def test_news_and_help_are_published():
    assert NewsPage.objects.live().count() == 12
    assert {"help", "about", "privacy"} <= set(StandardPage.objects.live().values_list("slug", flat=True))


def test_newcomers_have_ten_articles_three_cases_and_a_quiz():
    entries = ReadingTemplate.objects.get().entries.all()
    assert Counter(entry.kind for entry in entries) == {"provision": 10, "case": 3, "quiz": 1}
    reading = ReadingAssignment.objects.get()
    assert reading.readers.get().officer.user.username == "duiyuan"


def test_a_question_is_settled_and_a_course_is_open_with_a_quiz_that_can_be_taken():
    assert Consultation.objects.settled().count() == 1
    course = Course.objects.get(is_open=True)
    assert course.lessons.count() == 3
    assert len(quiz_of(course.quiz).content.parts) >= 30
