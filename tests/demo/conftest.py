"""The demo, loaded once for all tests of this folder."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """What `load_demo` leaves in the database; taken back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", "--json", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo_is_loaded(demo, db):
    """Each test sees the demo as loaded, and its own changes are taken back."""
