"""`python -m tests.people.counting_process DATABASE TIMES`: asks so often, and says how many requests passed."""

import datetime as dt
import os
import sys

import django
from django.conf import settings

AT = dt.datetime(2026, 3, 2, 10, 32, 5, tzinfo=dt.UTC)
MOST = 25


def main(database: str, times: int) -> int:
    from django.db import connection

    from people.models import RequestCount
    from people.throttle import Limit, seconds_to_wait

    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    if not times:
        with connection.schema_editor() as editor:
            editor.create_model(RequestCount)
    waits = [seconds_to_wait("test", "10.0.0.1", Limit(MOST, 1000), AT) for _ in range(times)]
    return waits.count(0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    print(main(sys.argv[1], int(sys.argv[2])))
