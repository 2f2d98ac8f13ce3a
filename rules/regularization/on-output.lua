-- A penalty on the predictions.
return {
  api = 1,
  id = "regularization/on-output",
  summary = "a penalty on what a regression output predicts, which pulls every prediction to 0",
  severity = "hint",
  cause = 4,
  needs = {
    "outputs.task = regression",
    "outputs.activation = linear",
    "layers.activity_l2 > 0|layers.activity_l1 > 0",
  },

  docs = [[
## What it looks for
A penalty on activities (`activity_regularizer`, `ActivityRegularization`) on the layer that gives a regression output.

## Why it is bad
The penalty is paid for large predictions, right ones too, so each is smaller than the data say by a share that grows
with the factor. It is most often meant for the weights: `activity_regularizer` stands beside `kernel_regularizer`.

## Example
`Dense(1, activity_regularizer="l2")`.

## Use instead
The penalty on the kernel, or on the activities of a hidden layer.

## When to ignore it
Where small outputs are wanted, as for the actions of a controller.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, sections 7.1 and 7.10.
]],

  check = function(experiment, report)
    for _, output in ipairs(experiment.outputs) do
      local layer = output.layer
      if output.task == "regression" and layer and output.activation == "linear" then
        for _, key in ipairs({ "activity_l2", "activity_l1" }) do
          if layer[key] > 0 then
            report {
              at = { layer, key },
              message = ("a penalty of %g on what output %q predicts: it pulls every prediction to 0, right ones "
                .. "too"):format(layer[key], output.name),
              help = "put the penalty on the kernel",
            }
          end
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
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activity_l2: 1️⃣0.01}
training: {loss: mse}
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
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "hidden", "units": 64, "activation": "relu"}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear",
        "activity_regularizer": {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 1️⃣0.01}}}}
    ]
  },
  "compile_config": {
    "optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.001}},
    "loss": "mse"
  }
}
]],
    },
    {
      -- The code of a sparse autoencoder is a hidden layer.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [784]}
    - {kind: dense, units: 64, activation: relu, activity_l1: 0.0001}
    - {kind: dense, units: 784}
training: {loss: mse}
]],
    },
    {
      -- A penalty on confident predictions is a way to regularise a classifier.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [20]}
    - {kind: dense, units: 3, activation: softmax, activity_l2: 0.01}
training: {loss: categorical_crossentropy}
]],
    },
  },
}
