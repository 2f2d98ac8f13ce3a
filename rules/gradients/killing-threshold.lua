-- A ReLU that lets next to nothing through.

local rectifiers = { "relu", "threshold", "leaky_relu" }

return {
  api = 1,
  id = "gradients/killing-threshold",
  summary = "a ReLU whose threshold or upper bound leaves nearly all units without a gradient",
  severity = "warning",
  cause = 8,
  probe = "dead_units",
  needs = { "layers.threshold|layers.max_value" },

  options = {
    highest_threshold = {
      type = "number", default = 2,
      help = "the highest threshold that is not reported; above 2 pass 2.3 % of sums of deviation 1, which is what He "
        .. "initialisation and batch normalisation give",
    },
    narrowest = {
      type = "number", default = 0.1,
      help = "the least width between threshold and upper bound; 4 % of sums of deviation 1 lie between 0 and 0.1",
    },
  },

  docs = [[
## What it looks for
A ReLU layer with a `threshold` above 2, or with a `max_value` less than 0.1 above its threshold.

## Why it is bad
A unit learns from an example only where its sum lies between threshold and upper bound: elsewhere the gradient is 0. The
sums of a layer start with mean 0 and a deviation near 1, so few or none fall into the rest. With a bound at or below
the threshold nothing ever passes, and nothing before the layer learns (*error* in effect, whatever the severity).

## Example
`ReLU(threshold=6)`, where `ReLU(max_value=6)` was meant.

## Use instead
A plain ReLU, or ReLU6 (`max_value: 6`) where outputs must be bounded. Against noise near 0 a small threshold, or leaky
ReLU.

## When to ignore it
Where the sums are known to be large, because the inputs are and nothing normalises them.

## References
- He et al. (2015): Delving deep into rectifiers, section 2.2: the deviation of the sums.
- Konda, Memisevic and Krueger (2015): Zero-bias autoencoders and the benefits of co-adapting features: thresholded ReLU
  with a threshold of 1.
- Howard et al. (2017): MobileNets: ReLU6.
]],

  check = function(experiment, report, options)
    for _, layer in ipairs(experiment.layers) do
      local is_cut = layer.max_value or layer.threshold
      if is_cut and one_of(layer.activation, rectifiers) and not (layer.negative_slope > 0) then
        local threshold, bound = layer.threshold, layer.max_value
        local width = bound - (threshold or 0)
        local meant = bound == nil and threshold == 6
        if threshold > options.highest_threshold and not (width < options.narrowest) then
          report {
            at = { layer, "threshold" },
            message = ("%q passes only sums above %g, so hardly any unit ever gets a gradient"):format(layer.name, threshold),
            help = meant and "the bound of ReLU6 is \"max_value\"" or "leave out the threshold, or keep it below 1",
            fix = not meant and set(layer, "threshold", 0) or nil,
            safe = false,
            trial = { set(layer, "threshold", 0), meant and set(layer, "max_value", 6) or nil },
          }
        elseif width < options.narrowest then
          report {
            at = { layer, "max_value" },
            message = width > 0
              and ("%q gives a gradient only where the sum lies between %g and %g, which is hardly ever"):format(
                layer.name, threshold or 0, bound)
              or ("%q is bounded at %g, not above its threshold of %g: its gradient is 0 everywhere"):format(
                layer.name, bound, threshold or 0),
            help = "leave out \"max_value\", or use 6",
            fix = set(layer, "max_value", 6),
            safe = false,
            confirm = true,
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [==[
{
  "module": "keras", "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "linear"}},
      {"module": "keras.layers", "class_name": "ReLU",
        "config": {"name": "cut", "max_value": null, "negative_slope": 0.0, "threshold": 1️⃣6.0}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
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
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: activation, activation: relu, max_value: 1️⃣0.01}
    - {kind: dense, units: 1}
]==],
      fixed = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64}
    - {kind: activation, activation: relu, max_value: 6}
    - {kind: dense, units: 1}
]==],
    },
    {
      -- ReLU6.
      good = [==[
{
  "module": "keras", "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "linear"}},
      {"module": "keras.layers", "class_name": "ReLU",
        "config": {"name": "six", "max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      -- Thresholded ReLU as in its paper.
      good = [==[
{
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20]}},
      {"class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "linear"}},
      {"class_name": "ThresholdedReLU", "config": {"name": "cut", "theta": 1.0}},
      {"class_name": "Dense", "config": {"name": "out", "units": 20, "activation": "linear"}}
    ]
  }
}
]==],
    },
    {
      -- An output between 0 and 1.
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
    - {kind: activation, activation: relu, max_value: 1}
]==],
    },
  },
}
