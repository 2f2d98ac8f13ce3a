"""Rows of a table."""

from torch import from_numpy
from torch.nn import functional

from .cases import Case


def embedding(name, shape, entries, width, masks_zero=False):
    case = Case(name)
    ids = from_numpy(case.random.integers(0, entries, shape))
    case.keep("input.0", ids)
    table = case.parameter("embeddings", entries, width)
    return case.finish(functional.embedding(ids, table, padding_idx=0 if masks_zero else None))


def cases():
    yield embedding("sequence", (4, 9), 6, 5)
    yield embedding("one id each", (7,), 4, 3)
    yield embedding("masked", (4, 9), 3, 18, masks_zero=True)
