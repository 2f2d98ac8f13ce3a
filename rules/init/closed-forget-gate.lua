return {
  api = 1,
  id = "init/closed-forget-gate",
  summary = "an LSTM that forgets half of its memory at every step from the start",
  severity = "hint",
  cause = 9,
  probe = "gradient_norm",
  needs = { "layers.unit_forget_bias" },
  kinds = { "lstm" },
  docs = [[
## What it looks for

An LSTM whose `unit_forget_bias` is stated to be off while its biases start at zero, in a plain network that is
trained from scratch.

## Why it is bad

With a zero bias the forget gate starts at sigmoid(0) = 0.5: the memory, and its gradient, halve at every step, and
after 10 steps 0.1 % is left. With bias 1 the gate starts at 0.73, and long dependencies are learned much sooner.

## Example

`LSTM(64, unit_forget_bias=False)`.

## Use instead

`unit_forget_bias: true`, Keras's default.

## When to ignore it

When the sequences are short, or weights from a framework without that bias are to be loaded.

## References

- Gers, Schmidhuber and Cummins, *Learning to Forget*, 2000.
- Jozefowicz, Zaremba and Sutskever, *An Empirical Exploration of Recurrent Network Architectures*, 2015.
]],

  check = function(experiment, report)
    if not experiment.plain then return end
    for _, layer in ipairs(experiment.layers) do
      local off = layer.kind == "lstm" and layer.unit_forget_bias == false
      local stated_off = off and origin(layer, "unit_forget_bias").kind == "stated"
      if stated_off and layer.use_bias ~= false and layer.bias_initializer.name == "zeros"
          and not layer.pretrained and not layer.shared then
        report {
          at = { layer, "unit_forget_bias" },
          message = ("the forget gate of layer %q starts at 0.5, so its memory halves at every step")
            :format(layer.name),
          help = "use unit_forget_bias: true",
          fix = set(layer, "unit_forget_bias", true),
          safe = false,
          confirm = true,
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "unit_forget_bias": 1️⃣false,
        "bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}}}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
      fixed = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "unit_forget_bias": true,
        "bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}}}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "unit_forget_bias": true,
        "bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}}}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
    },
    {
      -- All biases at one: the forget gate's as well.
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20, 8]}},
    {"module": "keras.layers", "class_name": "LSTM",
      "config": {"name": "lstm", "units": 32, "unit_forget_bias": false,
        "bias_initializer": {"module": "keras.initializers", "class_name": "Ones", "config": {}}}},
    {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
  ]}
}
]=],
    },
  },
}
