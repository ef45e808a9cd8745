"""Where tests find input that never goes into the repository."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ARTEFACTS = ROOT / "artefacts"


def shared(*parts: str) -> Path:
    """A file of ../shared; the test is skipped, with that reason, where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs ../shared/{'/'.join(parts)}, which a user's clone does not have")
    return path
