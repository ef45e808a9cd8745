"""What tests of the casebook share."""

import pytest
from django.core.management import call_command


@pytest.fixture
def at_desk(as_member):
    """`at_desk("lin")` is a client of that person in the Wagtail admin."""
    call_command("set_up_roles", verbosity=0)
    return as_member
