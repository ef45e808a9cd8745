import pytest
from django.core.management import call_command


@pytest.fixture
def admin_roles(db):
    """The roles with their entry to the Wagtail admin, as set-up leaves them."""
    call_command("set_up_roles", verbosity=0)
