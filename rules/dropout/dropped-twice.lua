local dropouts = { dropout = true, spatial_dropout = true, alpha_dropout = true, gaussian_dropout = true }
local passing = { activation = true, flatten = true, reshape = true, identity = true }

-- The dropout layer that takes what the layer gives without weights in between.
local function next_dropout(layer)
  for _ = 1, 20 do
    if #layer.consumers ~= 1 then return nil end
    layer = layer.consumers[1]
    if dropouts[layer.kind] then return layer end
    if not passing[layer.kind] then return nil end
  end
end

return {
  api = 1,
  id = "dropout/dropped-twice",
  summary = "two dropout layers in a row, whose rates add up",
  severity = "hint",
  cause = 4,
  needs = { "layers.rate > 0" },
  docs = [[
## What it looks for

Two dropout layers with no weights in between, both of which drop something.

## Why it is bad

What the first one keeps, the second one drops again: rates a and b together drop 1 - (1 - a)(1 - b). Two rates of 0.5
drop 75 %, which neither line says.

## Example

`Dropout(0.5)`, `Flatten()`, `Dropout(0.5)`.

## Use instead

One dropout layer with the rate that is meant.

## When to ignore it

When whole channels and then single values are to be dropped, and the sum is meant.

## References

- Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*, 2014.
]],

  check = function(experiment, report)
    for _, layer in ipairs(experiment.layers) do
      if dropouts[layer.kind] and layer.rate > 0 and layer.rate < 1 then
        local second = next_dropout(layer)
        if second.rate > 0 and second.rate < 1 then
          report {
            at = { second, "rate" },
            message = ("dropout layers %q and %q follow each other and together drop %.0f %%")
              :format(layer.name, second.name, 100 * (1 - (1 - layer.rate) * (1 - second.rate))),
            help = "use one dropout layer with the rate that is meant",
            related = { { at = { layer, "rate" }, message = "the first dropout layer" } },
          }
        end
      end
    end
  end,

  examples = {
    {
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "a", "rate": 0.3}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "b", "rate": 1️⃣0.5}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64}
    - {kind: dropout, rate: 0.2}
    - {kind: activation, activation: relu}
    - {kind: dropout, rate: 1️⃣0.2}
    - {kind: dense, units: 10}
data: {inputs: {features: 24}}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 20]}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "a", "rate": 0.2}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dropout", "config": {"name": "b", "rate": 0.5}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "digit", "units": 10, "activation": "softmax"}}
  ]}
}
]=],
    },
    {
      -- Weights stand in between.
      good = [=[
epochzero: 1
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.2}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dropout, rate: 0.2}
    - {kind: dense, units: 10}
data: {inputs: {features: 24}}
]=],
    },
  },
}
