"""What commands print as tables: figures of an evaluation."""

from collections import defaultdict
from statistics import median

from rich.console import Console
from rich.table import Table

from kg.diagnose import Diagnosis
from kg.evaluate import LEVELS, Evaluation


def print_evaluation(name: str, evaluation: Evaluation, console: Console) -> None:
    """Print precision, recall and F1 at each level with the 95 % interval of F1, and the leak."""
    table = Table(
        "level", "precision", "recall", "F1", "95 %", "right", "gold", "found", title=name, title_justify="left"
    )
    for column in table.columns[1:]:
        column.justify = "right"
    for level in LEVELS:
        figure = evaluation.figure(level)
        low, high = evaluation.interval(level)
        shares = (f"{share:.2f}" for share in (figure.precision, figure.recall, figure.f1))
        counts = (str(count) for count in (figure.matched, figure.gold, figure.found))
        table.add_row(level, *shares, f"{low:.2f}–{high:.2f}", *counts)
    console.print(table)
    console.print(
        f"leak: {evaluation.leak:.2f} of {evaluation.qualified} statements that somebody claims, denies or plans"
    )


def print_predicates(evaluation: Evaluation, console: Console) -> None:
    """Print how well each predicate is found, the most frequent first."""
    table = Table("predicate", "precision", "recall", "F1", "gold", "found")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, figure in evaluation.by_predicate().items():
        shares = (f"{share:.2f}" for share in (figure.precision, figure.recall, figure.f1))
        table.add_row(name, *shares, str(figure.gold), str(figure.found))
    console.print(table)


def print_misses(evaluation: Evaluation, console: Console) -> None:
    """Print each statement of the gold that was not found, and each found that is not in the gold."""
    for text in evaluation.texts:
        for sign, statements in (("-", text.missed), ("+", text.invented)):
            for statement in statements:
                subject, object_ = statement["subject"]["text"], statement["object"]["text"]
                said = f"{sign} {subject} | {statement['predicate']} | {object_} | {statement.get('quote', '')}"
                console.print(said, markup=False, soft_wrap=True)


def print_diagnosis(diagnosis: Diagnosis, console: Console) -> None:
    """Print at which stage statements are lost, the largest bucket first, and how each way of saying it fares."""
    buckets: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for fault in diagnosis.faults:
        buckets[fault.kind, fault.stage].append(fault.short)
    table = Table("what", "stage", "statements", "short by (median)")
    for (kind, stage), short in sorted(buckets.items(), key=lambda item: -len(item[1])):
        table.add_row(kind, stage, str(len(short)), f"{median(short):.2f}" if any(short) else "")
    console.print(table)
    kinds = sorted({fault.kind for fault in diagnosis.faults}, reverse=True)
    table = Table("said", "gold", *kinds)
    for trait, count in sorted(diagnosis.traits.items(), key=lambda item: -item[1]):
        faults = [fault for fault in diagnosis.faults if trait in fault.traits]
        table.add_row(trait, str(count), *(str(sum(f.kind == kind for f in faults)) for kind in kinds))
    console.print(table)
