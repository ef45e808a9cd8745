"""What other parts of the project do when the provisions of a version have changed.

    from kb.importers.hooks import after_import
    after_import.register(link_citations)        # called as link_citations(version)

Registered functions run inside the import's transaction, in the order of registration: they are to be
quick, and an error in one keeps the file out as a whole.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kb.models import RegulationVersion

Listener = Callable[[RegulationVersion], None]


@dataclass
class Registry:
    listeners: list[Listener] = field(default_factory=list)
    is_held: bool = False

    def register(self, listener: Listener) -> Listener:
        """Adds a listener once; usable as a decorator."""
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def unregister(self, listener: Listener) -> None:
        self.listeners.remove(listener)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Calls nothing inside: an import of many does afterwards, at once, what the listeners do one by one."""
        self.is_held = True
        try:
            yield
        finally:
            self.is_held = False

    def call(self, version: RegulationVersion) -> None:
        for listener in [] if self.is_held else self.listeners:
            listener(version)


after_import = Registry()
