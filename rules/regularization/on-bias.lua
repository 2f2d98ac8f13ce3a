-- A penalty on biases.
return {
  api = 1,
  id = "regularization/on-bias",
  summary = "a penalty on biases, which costs fit and saves nothing",
  severity = "hint",
  cause = 4,
  default = false,

  docs = [[
## What it looks for
An L1 or L2 penalty on a bias, in a plain network. Runs only when it is asked for: it is a matter of taste more than of
failure.

## Why it is bad
Over-fitting is in the kernels: a bias is one number for each unit and says where it starts, not what it looks at. A
penalty pulls the units' thresholds to 0, and a regression output's mean with them, so the network is a little wrong
everywhere and not a little simpler.

## Example
`Dense(64, bias_regularizer="l2")`.

## Use instead
The penalty on the kernel alone.

## When to ignore it
Where targets have mean 0 and the factor is small, or where biases must be kept from growing, as in some quantised
networks.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 7.1: "we typically choose to use a parameter norm
  penalty that penalizes only the weights".
]],

  check = function(experiment, report)
    if not experiment.plain then return end
    for _, layer in ipairs(experiment.layers) do
      for _, key in ipairs({ "bias_l2", "bias_l1" }) do
        if layer[key] > 0 and layer.use_bias ~= false then
          report {
            at = { layer, key },
            once = true,
            message = ("a penalty of %g on the bias of %q: it keeps its units from their thresholds and saves no "
              .. "over-fitting"):format(layer[key], layer.name),
            help = "put the penalty on the kernel alone",
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, bias_l2: 1️⃣0.01}
    - {kind: dense, units: 1}
]],
    },
    {
      bad = [[
{
  "module": "keras",
  "class_name": "Sequential",
  "config": {
    "name": "net",
    "layers": [
      {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 8]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu",
        "bias_regularizer": {"module": "keras.regularizers", "class_name": "L1", "config": {"l1": 1️⃣0.01}}}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}
    ]
  }
}
]],
    },
    {
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 64, activation: relu, l2: 0.01}
    - {kind: dense, units: 1}
]],
    },
  },
}
