"""A number and its words, for the sentences that people read."""


def counted(count: int, one: str, many: str) -> str:
    """`1 line was`, `1,200 lines were`."""
    return f"{count:,} {one if count == 1 else many}"
