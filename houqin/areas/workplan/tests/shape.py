"""A reading in few words, for comparing with the truth."""

from houqin.areas.workplan.reader import Reading, read_text


def shape(reading: Reading) -> list[tuple[str, list[str]]]:
    """Header and item texts of every period of every plan."""
    return [(p.header, [i.text for i in p.items]) for plan in reading.plans for p in plan.periods]


def shape_of(text: str, **kwargs: object) -> list[tuple[str, list[str]]]:
    return shape(read_text(text, **kwargs))  # type: ignore[arg-type]


def dates(reading: Reading) -> list[str]:
    return [f"{p.start}..{p.end}" for plan in reading.plans for p in plan.periods]


def unread(reading: Reading) -> list[tuple[str, str]]:
    return [(u.code, u.text) for u in reading.unread]
