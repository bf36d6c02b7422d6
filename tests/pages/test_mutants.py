"""Every kind of mutant is made, judged and counted."""

import math
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from lessons.pages.__main__ import main
from lessons.pages.project import ProjectError
from lessons.pages.running.mutants import mutations
from lessons.pages.running.record import Mutant, Terms
from lessons.pages.running.workers import Outcome
from lessons.pages.verifying.mutants import LIST, equivalents, review
from sandbox import EXERCISE, ROOT, Sandbox

x = torch.tensor([[3.0, 5.5], [7.25, 1.0], [2.0, 9.0]])
NAMES = {"torch": torch, "x": x, "math": math}
STUB = "answer = ...\ngiven = 7"


def exercise(solution: str, check: str, stub: str = STUB) -> str:
    return f"""\
```python {{.stub}}
{stub}
```

```python {{.check}}
{check}
```

```python {{.wrong}}
answer = given = lambda n: n + 5
```

```python {{.solution}}
{solution}
```
"""


def changes(sandbox: Sandbox, solution: str, stub: str = STUB) -> dict[str, str]:
    """Return the text of each mutant of a solution by its change."""
    page = sandbox.read(exercise(solution, "pass", stub))
    task = page.exercises[0]
    return {c: text for _, c, text in mutations(task.solution, task.stub)}


def value(text: str) -> Any:
    """Return what an answer is, or the exception that it raises."""
    names = dict(NAMES)
    try:
        exec(text, names)
        answer = names["answer"]
        return repr(answer(6, 4) if callable(answer) else answer)
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x + 2", "x - 2"),
        ("x - 2", "x + 2"),
        ("x * 2", "x / 2"),
        ("x / 2", "x * 2"),
        ("x ** 3", "x * 3"),
        ("x // 2", "x / 2"),
        ("x % 2", "x // 2"),
        ("x @ x.T", "x * x.T"),
        ("x @ x.T", "x @ x"),
        ("x > 2 and x < 3 if x is None else -3", "x > 2 and x < 3 if x is None else 3"),
        ("(x > 2) & (x < 6)", "(x > 2) | (x < 6)"),
        ("(x > 2) | (x < 6)", "(x > 2) & (x < 6)"),
        ("(x > 2) ^ (x < 9)", "(x > 2) | (x < 9)"),
        ("~(x > 2)", "x > 2"),
        ("x > 2", "x >= 2"),
        ("x > 2", "x <= 2"),
        ("x >= 2", "x > 2"),
        ("x >= 2", "x < 2"),
        ("x < 2", "x <= 2"),
        ("x < 2", "x >= 2"),
        ("x <= 2", "x < 2"),
        ("x <= 2", "x > 2"),
        ("x == 2", "x != 2"),
        ("x != 2", "x == 2"),
        ("x is None", "x is not None"),
        ("x is not None", "x is None"),
        ("2 in (1, 2)", "2 not in (1, 2)"),
        ("3 not in (1, 2)", "3 in (1, 2)"),
        ("x is None and True", "x is None or True"),
        ("x is not None or False", "x is not None and False"),
        ("not x is None", "x is None"),
        ("-x", "x"),
        ("x[0]", "x[1]"),
        ("x[:1]", "x[:2]"),
        ("x[-1]", "x[1]"),
        ("x[-1]", "x[-2]"),
        ("0.5 * x", "1.0 * x"),
        ("0.0 + x", "1.0 + x"),
        ("x.mean()", "x.sum()"),
        ("x.sum()", "x.mean()"),
        ("x.argmin()", "x.argmax()"),
        ("torch.max(x)", "torch.min(x)"),
        ("torch.zeros(2)", "torch.ones(2)"),
        ("torch.sin(x)", "torch.cos(x)"),
        ("torch.cat((x, x))", "torch.stack((x, x))"),
        ("max(2, 3)", "min(2, 3)"),
        (
            "torch.nn.functional.mse_loss(x, x + 2, reduction='mean')",
            "torch.nn.functional.mse_loss(x, x + 2, reduction='sum')",
        ),
        ("x.abs().neg()", "x.abs()"),
        ("x.mean(1)", "x.mean()"),
        ("torch.mean(x, 0)", "torch.mean(x)"),
        ("x.mean(dim=0, keepdim=True)", "x.mean(dim=0)"),
        ("x.mean(dim=0, keepdim=True)", "x.mean(keepdim=True)"),
        ("x.mean(dim=0, keepdim=True)", "x.mean(dim=0, keepdim=False)"),
        ("{'a': True}", "{'a': False}"),
    ],
)
def test_an_expression_is_mutated(sandbox: Sandbox, before: str, after: str) -> None:
    before, after = f"answer = {before}", f"answer = {after}"
    found = changes(sandbox, f"{before}\ngiven = 7")
    mutant = found[f"{before} => {after}"]
    assert value(mutant) == value(after)
    assert value(mutant) != value(before)


STEPS = """\
def answer(a, b):
    total, seen = 0, [1, 2]
    total = total + a
    seen[0] = b
    for i in range(4):
        if i == 2:
            continue
        if i == 3:
            break
        total += seen[0]
    if total > 3:
        return total * a
    seen.clear()
    return total
given = 7
"""


@pytest.mark.parametrize(
    "step",
    [
        "total = total + a",
        "seen[0] = b",
        "for i in range(4):",
        "if i == 2:",
        "continue",
        "break",
        "total += seen[0]",
        "if total > 3:",
        "return total * a",
        "seen.clear()",
    ],
)
def test_a_statement_is_left_out(sandbox: Sandbox, step: str) -> None:
    mutant = changes(sandbox, STEPS)[f"{step} => pass"]
    if step != "seen.clear()":
        assert value(mutant) != value(STEPS)


def test_a_function_keeps_what_it_was_given_first(sandbox: Sandbox) -> None:
    head = "def answer(a, b, unused):"
    solution = f"{head}\n    return (a, b)\ngiven = 7"
    results = {}
    for change, text in changes(sandbox, solution).items():
        names: dict[str, Any] = {}
        exec(text, names)
        names["answer"](1, 2, 3)
        results[change] = names["answer"](4, b=5, unused=6)
    assert results == {
        f"{head} => @_keeps_first('a', 'b')": (1, 2),
        f"{head} => @_keeps_first('a')": (1, 5),
        f"{head} => @_keeps_first('b')": (4, 2),
    }


def test_a_method_keeps_what_it_was_given_first(sandbox: Sandbox) -> None:
    solution = """\
class Line:
    def __init__(self, weight):
        self.weight = weight
    def at(self, x):
        return (self.weight, x)
answer, given = Line, 7
"""
    found = changes(sandbox, solution)
    names: dict[str, Any] = {}
    exec(found["def __init__(self, weight): => @_keeps_first('weight')"], names)
    assert (names["Line"](1).at(1), names["Line"](2).at(2)) == ((1, 1), (1, 2))
    exec(found["def at(self, x): => @_keeps_first('x')"], names)
    assert (names["Line"](1).at(1), names["Line"](2).at(2)) == ((1, 1), (2, 1))
    assert "self.weight = weight => pass" in found


@pytest.mark.parametrize(
    "solution",
    [
        "answer = [1.5, -2, [3, 4]]\ngiven = 7",  # data
        "given = 7\nanswer = 7",  # what the stub says
        "def answer() -> tuple[1 + 1]:\n    'words'\n    return x\ngiven = 7",
        "import math\nanswer: 1 < 2 = 'words'\ngiven = 7",
        "answer = x.detach().item()\ngiven = 7",  # style
        "answer = f'{x}'\ngiven = 7",
    ],
)
def test_what_is_left_as_it_is(sandbox: Sandbox, solution: str) -> None:
    assert changes(sandbox, solution) == {}


def test_each_mutant_differs_in_one_place(sandbox: Sandbox) -> None:
    solution = "answer = x + 1 - 2\ngiven = 7"
    assert list(changes(sandbox, solution)) == [
        "answer = x + 1 - 2 => answer = x - 1 - 2",
        "answer = x + 1 - 2 => answer = x + 2 - 2",
        "answer = x + 1 - 2 => answer = x + 1 + 2",
        "answer = x + 1 - 2 => answer = x + 1 - 3",
    ]


SOLUTION = """\
import os
def answer(n):
    if n < 0:
        os.abort()
    return n * 3 % 5
given = 7
"""
WEAK = "assert answer != ..., 'missing'\nassert answer(0) == 0, 'not zero'"
STRONG = f"{WEAK}\nassert answer(2) == 1, 'not one'\nassert answer(8) == 4, 'not four'"


def tried(sandbox: Sandbox, check: str) -> dict[str, Mutant]:
    text = f"# Title\n\n{exercise(SOLUTION, check)}"
    outcome = sandbox.run(text, Terms(mutate=True))
    assert outcome.failures == []
    return {mutant.change: mutant for mutant in outcome.mutants}


def test_a_weak_check_lets_mutants_pass_and_a_strong_one_refuses_them(
    sandbox: Sandbox,
) -> None:
    weak, strong = tried(sandbox, WEAK), tried(sandbox, STRONG)
    for change, reason in (("n / 3 % 5", "one"), ("n * 4 % 5", "one")):
        mutant = f"return n * 3 % 5 => return {change}"
        assert weak[mutant].outcome == "passed"
        assert strong[mutant] == Mutant(24, mutant, "refused", f"not {reason}")


def test_a_mutant_that_dies_is_not_refused(sandbox: Sandbox) -> None:
    mutant = tried(sandbox, STRONG)["if n < 0: => if n >= 0:"]
    assert (mutant.line, mutant.outcome) == (22, "died")


def test_every_right_answer_is_mutated_before_any_has_run(sandbox: Sandbox) -> None:
    other = "```python {.solution}\nhalf = 4 / 2\nanswer = half * 2\n```\n"
    outcome = sandbox.run(f"{EXERCISE}\n{other}", Terms(mutate=True))
    assert outcome.failures == []
    assert [(m.line, m.change, m.outcome) for m in outcome.mutants] == [
        (14, "answer = 4 => answer = 5", "refused"),
        (18, "half = 4 / 2 => half = 5 / 2", "refused"),
        (18, "half = 4 / 2 => half = 4 * 2", "refused"),
        (18, "half = 4 / 2 => half = 4 / 3", "refused"),
        (19, "answer = half * 2 => answer = half / 2", "refused"),
        (19, "answer = half * 2 => answer = half * 3", "refused"),
    ]


@pytest.fixture
def outcome(sandbox: Sandbox) -> Outcome:
    """Return a page with 97 mutants refused and 3 that pass, one that died."""
    results = ["refused"] * 90 + ["raised"] * 7 + ["passed"] * 3 + ["died"]
    mutants = [Mutant(n, f"{n}", result, "") for n, result in enumerate(results, 1)]
    return Outcome(sandbox.read("# Title\n"), mutants=mutants)


def test_97_percent_are_enough(outcome: Outcome) -> None:
    report, faults = review(outcome, {})
    assert faults == []
    assert report == [
        "docs/part/page.md:98: the check passes on 98",
        "docs/part/page.md:99: the check passes on 99",
        "docs/part/page.md:100: the check passes on 100",
        "docs/part/page.md: refused 97 of 100 (97.0%), 7 of them by an error; 0 are "
        "right too, 1 died or never ended",
    ]


@pytest.mark.parametrize("result", ["passed", "died"])
def test_fewer_are_a_fault_and_who_dies_is_not_refused(
    outcome: Outcome, result: str
) -> None:
    outcome.mutants[0] = replace(outcome.mutants[0], outcome=result)
    _, [fault] = review(outcome, {})
    assert fault.startswith("docs/part/page.md:")
    assert "under 97% are refused" in fault


def test_a_right_answer_in_another_form_is_not_counted(outcome: Outcome) -> None:
    outcome.mutants[0] = replace(outcome.mutants[0], outcome="passed")
    report, faults = review(outcome, {"1": "one is right", "99": "so is this"})
    assert faults == []
    assert "refused 96 of 98 (98.0%)" in report[-1]
    assert "2 are right too" in report[-1]


@pytest.mark.parametrize("change", ["1", "101", "102"])
def test_a_listed_mutant_that_does_not_pass_is_a_fault(
    outcome: Outcome, change: str
) -> None:
    _, [fault] = review(outcome, {change: "out of date"})
    assert fault == f"{LIST}: docs/part/page.md has no mutant that passes: {change}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("docs/part/other.md: {a: b}", "there is no page docs/part/other.md"),
        ("docs/part/page.md: {a: }", "say why this is right as well: a"),
        ("docs/part/page.md: {a: ' '}", "say why this is right as well: a"),
    ],
)
def test_a_faulty_list_is_an_error(sandbox: Sandbox, text: str, reason: str) -> None:
    sandbox.write("# Title\n")
    listed(sandbox, text)
    with pytest.raises(ProjectError, match=reason):
        equivalents(sandbox.project)


def listed(sandbox: Sandbox, text: str) -> Path:
    path = sandbox.project.root / LIST
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(sandbox.project.root)
    sandbox.write("# Title\n\nNo exercise.\n", "bare")
    task = EXERCISE.replace("answer = 4", "answer = abs(3 + 1)")
    page = sandbox.write(task.replace("answer == 4", "answer in (2, 4)"))
    assert main(["mutants"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "docs/part/page.md:14: the check passes on "
        "answer = abs(3 + 1) => answer = abs(3 - 1)",
        "docs/part/page.md: refused 2 of 3 (66.7%), 0 of them by an error; "
        "0 are right too, 0 died or never ended",
        "docs/part/page.md:14: under 97% are refused",
    ]
    entry = "answer = abs(3 + 1) => answer = abs(3 - 1)"
    listed(sandbox, f'docs/part/page.md: {{"{entry}": "right too"}}')
    assert main(["mutants", str(page)]) == 0
    assert "refused 2 of 2 (100.0%)" in capsys.readouterr().out
    listed(sandbox, "")
    page.write_text(task, encoding="utf-8")
    assert main(["mutants", str(page)]) == 0
    assert "refused 3 of 3 (100.0%)" in capsys.readouterr().out
    listed(sandbox, 'docs/part/page.md: {"answer = 1 => answer = 2": gone}')
    assert main(["mutants", str(page)]) == 1
    assert "has no mutant that passes: answer = 1" in capsys.readouterr().out
    page.write_text(task.replace("answer = 5", "answer = 4"), encoding="utf-8")
    assert main(["mutants", str(page)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "docs/part/page.md:9: the check passes on the .wrong"
    ]


def test_the_verification_of_a_page_tries_its_mutants(sandbox: Sandbox) -> None:
    root = sandbox.project.root
    shutil.copy(ROOT / "pyproject.toml", root)
    leaking = EXERCISE.replace("answer == 4", "answer in (4, 5, 6)")
    sandbox.write(f"# Title\n\n{leaking.replace('answer = 5', 'answer = 7')}")

    def verify() -> str:
        command = (sys.executable, "-m", "pytest", "-q", "docs")
        ran = subprocess.run(
            command, cwd=root, capture_output=True, text=True, check=False
        )
        return ran.stdout

    assert "docs/part/page.md:16: under 97% are refused" in verify()
    listed(sandbox, 'docs/part/page.md: {"answer = 4 => answer = 5": right too}')
    sandbox.write("# Title\n")
    assert "has no mutant that passes: answer = 4 => answer = 5" in verify()
    listed(sandbox, "docs/part/gone.md: {}")
    assert "there is no page docs/part/gone.md" in verify()
