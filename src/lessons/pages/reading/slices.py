"""Which earlier blocks a block needs so that it runs alone and does the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons.pages.reading.effects import Effects, Seen, effects
from lessons.pages.reading.state import RANDOM, SETTINGS, STATES
from lessons.pages.reading.steps import Block, Page

Done = Sequence[tuple[Block, Effects]]


@dataclass(frozen=True)
class Slice:
    """What a reader copies who wants a block to run.

    Attributes:
        block: The block; `needs`: the earlier ones that it needs, in page order.
        piece: The block itself, and in an exercise the check that judges it.
        names: What it uses of `needs`, in words, imports first.
    """

    block: Block
    needs: tuple[Block, ...]
    piece: tuple[Block, ...]
    names: tuple[str, ...]


def slices(page: Page) -> Iterator[Slice]:
    """Yield each block of a page that runs, with what it needs, in page order."""
    done: list[tuple[Block, Effects]] = []
    seen = Seen()
    for block in page.blocks:
        if not block.facts.runs:
            continue
        if block.facts.role:
            exercise = page.exercise_of(block)
            answer = exercise.stub if block is exercise.check else block
            piece = [answer, exercise.check]
            # The stub needs nothing yet; an answer in its place needs what they all do.
            asked = (
                [*exercise.answers, exercise.check] if answer is exercise.stub else []
            )
            yield _slice(done, block, piece, _effects(asked or piece, seen.copy()))
            if block is exercise.solution:
                done += ((each, _effects([each], seen)) for each in piece)
            continue
        own = _effects([block], seen)
        yield _slice(done, block, [block], own)
        if block.facts.expects == "exception":  # its last statement raises
            own = _effects([block], seen, but=1)
        done.append((block, own))


def _effects(blocks: Iterable[Block], seen: Seen, but: int = 0) -> Effects:
    """Return the effects of blocks in a row, each without so many last statements."""
    whole = Effects()
    for block in blocks:
        tree = block.source.tree()
        whole = whole.then(effects(tree.body[: len(tree.body) - but], seen))
    return whole


def _slice(done: Done, block: Block, piece: list[Block], own: Effects) -> Slice:
    uses = own.uses | (set().union(*own.later.values()) - own.settles)
    if block.fence.needs_all:
        needs = tuple(earlier for earlier, _ in done)
    else:
        needs = tuple(_needed(done, uses))
    given = [effect for earlier, effect in done if any(earlier is b for b in needs)]
    rest = (f"the {part.kind}" for part in piece if part is not block)
    names = sorted([*_in_words(uses, given), *rest], key=lambda name: name[0] == "`")
    return Slice(block, needs, tuple(piece), tuple(names))


def _needed(done: Done, uses: set[str]) -> list[Block]:
    """Return the blocks that give names their values or change these, in order."""
    wanted = _with_what_they_call(uses, done) | {SETTINGS}
    modules = set().union(
        *(effect.imports for _, effect in done)
    )  # nothing changes them
    needed: list[Block] = []
    for place, (block, effect) in reversed(list(enumerate(done))):
        if effect.binds & wanted or (effect.changes - modules) & wanted:
            needed.insert(0, block)
            wanted -= effect.settles
            wanted |= _with_what_they_call(effect.uses, done[:place])
    return needed


def _with_what_they_call(names: set[str], done: Done) -> set[str]:
    """Return names, and what the functions among them look up when they are called."""
    found: set[str] = set()
    new = set(names)
    while new:
        found |= new
        latest = (_latest(name, done) for name in new)
        called = (effect.later[name] for name, effect in latest if name)
        new = set().union(*called) - found
    return found


def _latest(name: str, done: Done) -> tuple[str, Effects]:
    """Return a name with the block that last bound it to a function, if one did."""
    for _, effect in reversed(done):
        if name in effect.binds:
            return (name if name in effect.later else ""), effect
    return "", Effects()


def _in_words(uses: set[str], given: list[Effects]) -> Iterator[str]:
    """Yield what is used of blocks: imports and seeds in words, names as such."""
    if any(effect.imports for effect in given):
        yield "imports"
    if RANDOM in uses and any(RANDOM in effect.settles for effect in given):
        yield "the random seed"
    imported = set().union(*(effect.imports for effect in given))
    bound = set().union(*(effect.binds for effect in given))
    yield from (f"`{name}`" for name in sorted((uses & bound) - imported - STATES))
