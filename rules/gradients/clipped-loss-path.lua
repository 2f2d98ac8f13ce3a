-- A clip between a regression output and its loss. Activations with bounds: final-activation/bounded-regression-output.

local passing = { identity = true, dropout = true, flatten = true, reshape = true, permute = true, cropping = true }

-- The layer whose values the clip cuts.
local function cut_layer(clip)
  local layer = clip.inputs[1]
  for _ = 1, 20 do
    if not passing[layer.kind] then return layer end
    layer = layer.inputs[1]
  end
end

return {
  api = 1,
  id = "gradients/clipped-loss-path",
  summary = "a regression output that is clipped before the loss sees it",
  severity = "warning",
  cause = 8,
  probe = "unreachable_targets",
  needs = { "layers.operation", "outputs.loss" },

  docs = [[
## What it looks for
A clipping operation behind the linear last layer of a regression output that has a loss. A *warning* where the targets
are known to lie outside the bounds, else a *hint*.

## Why it is bad
Beyond the bounds the gradient of a clip is exactly 0. A prediction that is too high for an example is cut to the upper
bound, and nothing tells the network to come down: the further off it is, the less it learns. Targets outside the bounds
are out of reach as well.

## Example
`ops.clip(Dense(1)(x), 0, 1)` under a squared loss.

## Use instead
Train on the unclipped output, and clip predictions afterwards. Where the bounds are meant to be learned, scale a
sigmoid or tanh to them, which keeps some gradient.

## When to ignore it
Where the clip guards a value that is nearly never reached.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.2.2.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local clip = output.layer
      for _ = 1, 20 do
        if not passing[clip.kind] then break end
        clip = clip.inputs[1]
      end
      if clip.operation == "clip" and output.loss and output.task == "regression" then
        local cut = cut_layer(clip)
        local low, high = clip.min_value, clip.max_value
        if cut.head ~= nil and cut.activation == "linear" then
          local target = output.target or (#experiment.outputs == 1 and experiment.data.targets or nil)
          local raw = target.normalization == nil or target.normalization == "none"
          local is_beyond = raw and (target.min < low or target.max > high)
          local bounds = ("to %s..%s"):format(low and ("%g"):format(low) or "?", high and ("%g"):format(high) or "?")
          report {
            at = { clip, "operation" },
            severity = not is_beyond and "hint" or nil,
            message = ("output %q is clipped %s before the loss: beyond the bounds the gradient is 0%s"):format(
              output.name, low == nil and high == nil and "" or bounds,
              is_beyond and (", and the targets go from %g to %g"):format(target.min, target.max) or ""),
            help = "train on the output as it is, and clip predictions afterwards",
            related = is_beyond and { { at = target, message = "the targets' range is here" } } or nil,
            trial = set(clip, "kind", "identity"),
          }
        end
      end
    end
  end,

  examples = {
    {
      -- Targets beyond the bounds: warning.
      bad = [==[
epochzero: 1
task: regression
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
    - {kind: operation, operation: 1️⃣clip, min_value: 0, max_value: 1}
data: {targets: {range: [-3, 3]}}
training: {loss: mse}
]==],
    },
    {
      -- Nothing known of the targets: hint.
      bad = [==[
{
  "module": "keras", "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_shape": [null, 20]}, "inbound_nodes": []},
      {"module": "keras.layers", "class_name": "Dense", "name": "out", "config": {"name": "out", "units": 1, "activation": "linear"},
        "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 20], "dtype": "float32", "keras_history": ["in", 0, 0]}}], "kwargs": {}}]},
      {"module": "keras.src.ops.numpy", "class_name": 1️⃣"Clip", "name": "cut", "config": {"name": "cut", "x_min": 0, "x_max": 1},
        "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 1], "dtype": "float32", "keras_history": ["out", 0, 0]}}], "kwargs": {}}]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["cut", 0, 0]]
  },
  "compile_config": {"optimizer": "adam", "loss": "mean_squared_error"}
}
]==],
    },
    {
      -- Probabilities that are kept away from 0 and 1 before a logarithm.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 1, activation: sigmoid}
    - {kind: operation, operation: clip, min_value: 1.0e-7, max_value: 0.9999999}
training: {loss: binary_crossentropy}
]==],
    },
    {
      -- The logarithm of a policy's deviation, which has no loss of its own.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, name: log_std, units: 4}
    - {kind: operation, operation: clip, min_value: -20, max_value: 2}
]==],
    },
  },
}
