"""Multi-head attention with Keras's parameters."""

import math

import torch

from .cases import Case


def attention(name, query_shape, key_shape, heads, size, value_size=None, output_size=None, bias=True, causal=False, same=False, share=1):
    case = Case(name)
    value_size = value_size or size
    query = case.input(*query_shape)
    key, value = (query, query) if same else (case.input(*key_shape), case.input(*key_shape))

    def project(values, units):
        result = values @ case.parameter("kernel", values.shape[-1], units)
        return result + case.parameter("bias", units) if bias else result

    def split(values):
        return values.unflatten(-1, (heads, -1)).transpose(1, 2)

    # In the order in which Keras lists them.
    queries, keys, values = project(query, heads * size), project(key, heads * size), project(value, heads * value_size)
    scores = split(queries) @ split(keys).mT / math.sqrt(size)
    if causal:
        scores = scores.masked_fill(torch.ones_like(scores).triu(1).bool(), float("-inf"))
    context = torch.softmax(scores, -1) * share @ split(values)
    return case.finish(project(context.transpose(1, 2).flatten(2), output_size or query_shape[-1]))


def cases():
    yield attention("to others", (2, 3, 5), (2, 4, 6), 2, 3)
    yield attention("to itself", (2, 5, 6), None, 2, 4, same=True)
    yield attention("causal", (2, 5, 6), None, 3, 2, same=True, causal=True)
    yield attention("causal, to others", (2, 3, 4), (2, 5, 4), 2, 2, causal=True)
    yield attention("other sizes", (1, 3, 4), (1, 2, 4), 2, 3, value_size=5, output_size=7)
    yield attention("no bias", (2, 3, 4), None, 1, 4, same=True, bias=False)
    yield attention("weighed", (2, 3, 4), None, 2, 2, same=True, share=0.5)
    yield attention("blocks", (2, 8, 16), None, 2, 16, same=True)
