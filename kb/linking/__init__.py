"""From texts in the database to Citation rows.

    link_version(version)              the citations of a law's own text
    link_versions(versions)            many at once, in batches, with a report
    link_text(source, field, text)     the citations of an item's, a case's or any other text
    read_text(source, field, text)     the same without storing them, for a text of the past
    resolve_waiting(regulation)        what waited for this law, once it has come
    link_imported(version)             both, for the importer's hook

All may be called again at any time: rows follow the text, and what a person decided stays
(`decided.py`). A link is made only when the law is known by name and the provision exists in the
version of the source's day; everything else waits in the queue with a note that says why.

    directory   names -> regulations          resolve   citation -> regulation, key, status, note
    decided     merges with stored rows       sources   reads texts and writes rows
    roles       duty or penalty, from the text of the provision cited
"""

from kb.linking.directory import Directory, known_names
from kb.linking.roles import role_of_provision
from kb.linking.sources import (
    LinkReport,
    link_imported,
    link_text,
    link_version,
    link_versions,
    read_text,
    resolve_waiting,
)

__all__ = [
    "Directory",
    "LinkReport",
    "link_imported",
    "known_names",
    "link_text",
    "link_version",
    "link_versions",
    "read_text",
    "resolve_waiting",
    "role_of_provision",
]
