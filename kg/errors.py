"""The errors of kg; every message says what is wrong, where, and what to do."""


class KgError(Exception):
    """Anything kg reports to its user in one line."""


class InputError(KgError):
    """One source cannot be read: it is reported and counted, and the run goes on."""


class LeftOut(InputError):
    """Files of a folder that are no articles: reported with their number, and no failure."""


class DataError(KgError):
    """A data file, shipped or the user's, is wrong: the message starts with file and line."""


class OntologyError(DataError):
    """The ontology and the program do not agree."""


class PluginError(KgError):
    """An extractor, exporter or reader found by entry point cannot be used."""


class ModelMissing(KgError):
    """A model is not installed: the message is the command that installs it."""


class StoreError(KgError):
    """The store cannot be opened, read or written."""
