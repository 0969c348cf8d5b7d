"""Texts and a base model → the model that kg reads with; needs torch and onnx, the extra ``kg[train]``."""
