"""The body of a case as a field whose blocks stay out of migrations."""

from wagtail.fields import StreamField

from casebook.blocks import CaseBodyBlock


class CaseBodyField(StreamField):
    """A StreamField of `CaseBodyBlock`. A change of the blocks is no change of the database, so no migration."""

    def __init__(self, **kwargs):
        kwargs.pop("block_lookup", None)
        super().__init__(CaseBodyBlock(), **kwargs)

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
