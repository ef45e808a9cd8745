"""What other parts of the project do when the provisions of a version have changed.

    from kb.importers.hooks import after_import
    after_import.register(link_citations)        # called as link_citations(version)

Registered functions run inside the import's transaction, in the order of registration: they are to be
quick, and an error in one keeps the file out as a whole. An import of many calls none of them; what was
registered with `register_batch` is called once at its end, with all the versions.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kb.models import RegulationVersion

Listener = Callable[[RegulationVersion], None]
BatchListener = Callable[[list[RegulationVersion]], None]


@dataclass
class Registry:
    listeners: list[Listener] = field(default_factory=list)
    batch_listeners: list[BatchListener] = field(default_factory=list)
    held_back: list[RegulationVersion] = field(default_factory=list)
    is_held: bool = False

    def register(self, listener: Listener) -> Listener:
        """Adds a listener once; usable as a decorator."""
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def register_batch(self, listener: BatchListener) -> BatchListener:
        """Adds what is called once after an import of many."""
        if listener not in self.batch_listeners:
            self.batch_listeners.append(listener)
        return listener

    def unregister(self, listener: Listener) -> None:
        self.listeners.remove(listener)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Calls nothing inside: an import of many does afterwards, at once, what the listeners do one by one."""
        self.is_held, self.held_back = True, []
        try:
            yield
        finally:
            self.is_held = False
            self._call_batch()

    def call(self, version: RegulationVersion) -> None:
        if self.is_held:
            self.held_back.append(version)
            return
        for listener in self.listeners:
            listener(version)

    def _call_batch(self) -> None:
        versions, self.held_back = self.held_back, []
        for listener in self.batch_listeners if versions else ():
            listener(versions)


after_import = Registry()
