"""The language of a text: declared, else found out by py3langid."""

from functools import cache

from kg.errors import InputError
from kg.packs import languages, trial_languages

_SAMPLE = 5000
_MARGIN = 6.0
"""Nats by which a language without a pack must lead before a text is turned away: short texts stay with those served."""


def identify(text: str, declared: str, where: str) -> str | InputError:
    """Return the code of a text's language, or the error that says that it is not served."""
    on_trial = trial_languages()
    served = tuple(code for code in languages() if code not in on_trial)
    code = declared.strip().lower().replace("_", "-").split("-")[0]
    if code in languages():
        return code
    if code:
        return InputError(
            f"{where}: language '{declared}' is not supported (supported: {', '.join(served)}; "
            f"on trial: {', '.join(on_trial)})"
        )
    scores = _scores(text[:_SAMPLE])
    likeliest = max(scores, key=lambda language: (scores[language], language))
    best_served = max(served, key=lambda language: (scores.get(language, float("-inf")), language))
    if scores[likeliest] - scores.get(best_served, float("-inf")) > _MARGIN:
        if likeliest in on_trial:
            return InputError(f"{where}: the text looks like '{likeliest}', read on trial only: declare it to read it")
        return InputError(
            f"{where}: the text looks like '{likeliest}', which is not supported (supported: {', '.join(served)}); "
            "declare its language if that is wrong"
        )
    return best_served


@cache
def _scores(text: str) -> dict[str, float]:
    import py3langid

    return {language: float(score) for language, score in py3langid.rank(text)}
