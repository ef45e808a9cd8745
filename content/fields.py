"""StreamField whose blocks stay out of migrations: changing a block is then not a change of the table.

The cost is known: a data migration cannot render old values through their blocks.
"""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField that tells migrations its column only."""

    def __init__(self, block_types: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        """Name, path and options without blocks: `[]` stands for whatever the code says now."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
