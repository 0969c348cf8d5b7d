"""Document → spaCy Doc: one multilingual encoder and its heads as spaCy components; the model's files lie beside it."""
