"""What the tests of printed things share: the fonts, epubcheck, text as a reader of a PDF finds it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from content.exports.fonts import FontsUnavailable, fetch_fonts


def fonts_or_skip() -> Path:
    """The folder of the fonts, fetched once a machine. Without a network the test is skipped, but never in CI."""
    try:
        return fetch_fonts()
    except FontsUnavailable as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"needs the fonts of the PDF: {reason}")


def squeezed(text: str) -> str:
    """Without any space: a PDF has none of its own between characters and lines."""
    return re.sub(r"\s+", "", text)


def epubcheck(path: Path) -> list[str]:
    """What epubcheck complains about, a line each. Skipped where it is not installed, but never in CI."""
    found, java = shutil.which("epubcheck"), shutil.which("java")
    if not (found and java):
        assert not os.environ.get("CI"), "CI installs epubcheck"
        pytest.skip("epubcheck is not installed")
    # Debian installs the jar itself under that name
    jar = Path(found).resolve()
    # it runs for seconds once: compiling it thoroughly would cost as much again
    command = (
        [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)] if jar.suffix == ".jar" else [found]
    )
    done = subprocess.run([*command, str(path)], capture_output=True, text=True)
    said = (done.stdout + done.stderr).splitlines()
    return [text for text in said if text.startswith(("ERROR", "FATAL", "WARNING"))] if done.returncode else []
