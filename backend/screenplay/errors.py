"""The one error of this package: a file that cannot be read as a screenplay, and what its owner can do about it."""


class ScreenplayError(Exception):
    """Raised for a file we refuse.

    `code` is stable and machine-readable (`scripts.unsupported_format`, `scripts.empty`, `scripts.too_large`,
    `scripts.too_many_scenes`, `scripts.text_lost`, `scripts.unreadable`, `scripts.encrypted`, `scripts.scanned`,
    `scripts.too_slow`), `detail` says what is wrong, `fix` says what to do.
    """

    def __init__(self, code: str, detail: str, fix: str) -> None:
        super().__init__(f"{code}: {detail} {fix}")
        self.code = code
        self.detail = detail
        self.fix = fix

    def __reduce__(self) -> tuple[type["ScreenplayError"], tuple[str, str, str]]:
        # Parsing runs in a child process: the error must survive pickling with its three parts.
        return (type(self), (self.code, self.detail, self.fix))
