"""Files that no web server hands out: they lie outside MEDIA_ROOT and leave through views that ask who reads."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """The storage named `private`; a callable, so that migrations hold no path."""
    return storages["private"]
