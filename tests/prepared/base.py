"""Django's SQLite, whose test database begins as a copy of the migrated one kept from an earlier run."""

from django.conf import settings
from django.db.backends.sqlite3 import base, creation

from tests.prepared import fill, keep, kept_database, one_at_a_time


class DatabaseCreation(creation.DatabaseCreation):
    """Migrates once a change of the migrations; every other run copies."""

    def create_test_db(self, verbosity=1, autoclobber=False, serialize=True, keepdb=False):
        with one_at_a_time():
            if not kept_database().exists():
                name = super().create_test_db(verbosity, autoclobber, serialize, keepdb)
                keep(self.connection.connection)
                return name
        return self._copied(verbosity, autoclobber, keepdb)

    def _copied(self, verbosity, autoclobber, keepdb):
        name = self._get_test_db_name()
        self._create_test_db(verbosity, autoclobber, keepdb)
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = name
        self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()
        fill(self.connection.connection)
        return name


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
