from kg.annotate.model import SHIPPED, model_hash


def test_the_figures_in_the_models_readme_are_the_shipped_models():
    assert f"`{model_hash()}`" in (SHIPPED / "README.md").read_text(encoding="utf8")
