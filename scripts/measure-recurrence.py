#!/usr/bin/env python3
"""Measure what ReLU in the place of tanh does to an LSTM, by the length of the sequences.

    measure-recurrence.py

Trains an LSTM of 32 units as Keras starts it (Glorot kernel, orthogonal recurrent kernel, forget bias 1) with Adam at 0.001 for 150
steps of 32 examples to give the sum of one of 8 features over the last 5 steps, and prints for each length and activation, with and
without clipping of the gradients' norm at 1, the last loss and the largest norm of a gradient for three seeds. 1.0 is what a constant
prediction reaches. The figures that `gradients/unbounded-recurrence` cites as measured are these. Needs PyTorch; takes minutes.
"""

import torch

UNITS = 32
STEPS = 150


def train(activation, length, clip, seed):
    """Return the last loss and the largest gradient norm."""
    torch.manual_seed(seed)
    kernel = torch.nn.init.xavier_uniform_(torch.empty(8, 4 * UNITS))
    recurrent = torch.nn.init.orthogonal_(torch.empty(UNITS, 4 * UNITS))
    bias = torch.zeros(4 * UNITS)
    bias[UNITS : 2 * UNITS] = 1
    head = torch.nn.init.xavier_uniform_(torch.empty(UNITS, 1))
    parameters = [parameter.requires_grad_() for parameter in (kernel, recurrent, bias, head)]
    optimizer = torch.optim.Adam(parameters, lr=1e-3)
    largest = 0.0
    for _ in range(STEPS):
        inputs = torch.randn(32, length, 8)
        targets = inputs[:, -5:, 0].sum(1, keepdim=True) / 5**0.5
        output = cell = torch.zeros(32, UNITS)
        for step in range(length):
            sums = inputs[:, step] @ kernel + output @ recurrent + bias
            enter, forget, candidate, leave = sums.chunk(4, 1)
            cell = torch.sigmoid(forget) * cell + torch.sigmoid(enter) * activation(candidate)
            output = torch.sigmoid(leave) * activation(cell)
        loss = ((output @ head - targets) ** 2).mean()
        if not torch.isfinite(loss):
            return float("nan"), largest
        optimizer.zero_grad()
        loss.backward()
        largest = max(largest, torch.nn.utils.clip_grad_norm_(parameters, clip).item())
        optimizer.step()
    return loss.item(), largest


def main():
    torch.set_num_threads(1)
    for length in [10, 50, 100, 200]:
        for name, activation, clip in [
            ("tanh", torch.tanh, 1e30),
            ("relu", torch.relu, 1e30),
            ("relu, clipped at 1", torch.relu, 1),
        ]:
            results = [train(activation, length, clip, seed) for seed in range(3)]
            text = ", ".join(f"loss {loss:.2f} gradient {largest:.1e}" for loss, largest in results)
            print(f"{length:4} steps {name}: {text}")


if __name__ == "__main__":
    main()
