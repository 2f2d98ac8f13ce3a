-- A recurrent layer whose state nothing bounds.

local unbounded = { "relu", "leaky_relu", "prelu", "elu", "selu", "gelu", "silu", "softplus", "exponential", "linear" }

local function is_on(clip)
  return one_of(clip.kind, { "norm", "global_norm", "value" }) and clip.threshold > 0
end

return {
  api = 1,
  id = "gradients/unbounded-recurrence",
  summary = "a recurrent layer over long sequences whose activation has no upper bound",
  severity = "warning",
  cause = 8,
  probe = "non_finite",
  kinds = { "lstm", "gru", "simple_rnn" },

  options = {
    steps = {
      type = "integer", default = 50,
      help = "the fewest steps that are reported; measured, an LSTM with ReLU had gradients of norm 50 to 25,000 at 50 "
        .. "steps, beside 2 with tanh, and gave NaN at 200",
    },
    steps_with_clipping = {
      type = "integer", default = 200,
      help = "below it the finding is a hint where gradients are clipped; measured, clipping helped at 50 steps, and not "
        .. "at 200, where the state itself overflows",
    },
  },

  docs = [[
## What it looks for
An LSTM, GRU or simple RNN over 50 steps or more with ReLU or another activation that grows without bound in the place of
tanh. Where gradients are clipped, and below 200 steps, the finding is a *hint*. A simple RNN whose recurrent weights start as the identity is
made for ReLU and is not reported.

## Why it is bad
The state is fed back at each step, and every step may make it larger: 1.1 times, 50 times over, is 117. Gradients grow
alike on the way back. Measured on a small task, the loss of an LSTM with ReLU after 150 steps was 3 to 7 times that with
tanh for sequences of 50, with gradients up to 25,000; at 200 steps it was NaN within 50 steps. Besides, Keras' fast cuDNN
kernels are for tanh only.

## Example
`LSTM(64, activation="relu")` on sequences of 200 steps.

## Use instead
`tanh`, which is the default. Against slow learning: more units, or attention; not another activation.

## When to ignore it
Where states are normalised inside the cell, or the recurrent weights are held below 1.

## References
- Le, Jaitly and Hinton (2015): A simple way to initialize recurrent networks of rectified linear units, sections 1 and 2.
- Pascanu, Mikolov and Bengio (2013): On the difficulty of training recurrent neural networks.
- Keras documentation: `LSTM`: requirements of the cuDNN kernel.
- Measured figures: `scripts/measure-recurrence.py` in this project prints them.
]],

  check = function(experiment, report, options)
    for _, layer in ipairs(experiment.layers) do
      local steps = layer.input_shape[1]
      local recurrent = layer.recurrent_initializer.name
      if one_of(layer.kind, { "lstm", "gru", "simple_rnn" }) and one_of(layer.activation, unbounded)
          and steps and steps >= options.steps and not layer.shared and not layer.pretrained
          and not (layer.kind == "simple_rnn" and one_of(recurrent, { "identity", "zeros" })) then
        report {
          at = { layer, "activation" },
          severity = is_on(experiment.training.clip) and steps < options.steps_with_clipping and "hint" or nil,
          message = ("%s bounds nothing: over %d steps the state and the gradients of %q may explode"):format(
            layer.activation, steps, layer.name),
          help = 'use "tanh"',
          fix = set(layer, "activation", "tanh"),
          safe = false,
          confirm = true,
        }
      end
    end
  end,

  examples = {
    {
      bad = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 200, 8]}},
      {"class_name": "LSTM", "config": {"name": "l1", "units": 64, "activation": 1️⃣"relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
      fixed = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 200, 8]}},
      {"class_name": "LSTM", "config": {"name": "l1", "units": 64, "activation": "tanh"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      bad = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [100, 8]}
    - {kind: gru, units: 32, activation: 1️⃣elu}
    - {kind: dense, units: 1}
training: {loss: mse, optimizer: {name: adam, learning_rate: 0.001, clip: {global_norm: 1.0}}}
]==],
    },
    {
      -- Short sequences.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [10, 1]}
    - {kind: lstm, units: 50, activation: relu}
    - {kind: dense, units: 1}
]==],
    },
    {
      -- Sequences of any length.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, null, 8]}},
      {"class_name": "LSTM", "config": {"name": "l1", "units": 64, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      -- Recurrent weights that start as the identity.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [784, 1]}
    - {kind: simple_rnn, units: 100, activation: relu, recurrent_init: identity}
    - {kind: dense, units: 10, activation: softmax}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [200, 8]}
    - {kind: lstm, units: 64}
    - {kind: dense, units: 1, activation: linear}
]==],
    },
  },
}
