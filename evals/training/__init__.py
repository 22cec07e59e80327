"""Training of the reader: question-answering sets in, a small ONNX model out.

Nothing here is needed to answer a question; the model that comes out is read
by `assistant.trained_reader`. Start with `python -m evals.training.train --help`.
"""
