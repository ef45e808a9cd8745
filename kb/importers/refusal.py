"""Why a file is not imported, in the words its owner needs."""


class Refused(Exception):
    """What is wrong, where, and how to mend it. str() is the whole Chinese sentence."""

    def __init__(self, filename: str, what: str, where: str, mend: str) -> None:
        self.filename, self.what, self.where, self.mend = filename, what, where, mend
        place = f"（{where}）" if where else ""
        super().__init__(f"{filename or '文件'}：{what}{place}。{mend}。")
