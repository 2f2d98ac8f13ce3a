-- A graph of layers that does not hang together.
return {
  api = 1,
  id = "shape/broken-graph",
  summary = "the graph of layers has a cycle or names a layer that is not there",
  severity = "error",
  untestable = "such a network cannot be built",
  reports = "broken-graph",

  docs = [==[
## What it looks for
A layer that takes its input from a layer that does not exist, and layers that feed each other in a circle.

## Why it is bad
The framework cannot put the layers in an order and stops when it builds the model.

## Example
A layer `out` whose input is called `hiden`, where the layer is called `hidden`.

## Use instead
The name of a layer of the same model. A loop over time is a recurrent layer, not a circle in the graph.

## When to ignore it
Never.

## References
- Keras documentation: The Functional API: a model is a directed acyclic graph of layers.
]==],

  examples = {
    {
      bad = [==[
{
  "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_input_shape": [null, 8]}, "inbound_nodes": []},
      {"class_name": "Dense", "name": "hidden", "config": {"name": "hidden", "units": 64, "activation": "relu"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "out", "config": {"name": "out", "units": 1}, "inbound_nodes": [[[1️⃣"hiden", 0, 0, {}]]]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["out", 0, 0]]
  }
}
]==],
    },
    {
      good = [==[
{
  "class_name": "Functional",
  "config": {
    "name": "net",
    "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_input_shape": [null, 8]}, "inbound_nodes": []},
      {"class_name": "Dense", "name": "hidden", "config": {"name": "hidden", "units": 8, "activation": "relu"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
      {"class_name": "Add", "name": "sum", "config": {"name": "sum"}, "inbound_nodes": [[["in", 0, 0, {}], ["hidden", 0, 0, {}]]]},
      {"class_name": "Dense", "name": "out", "config": {"name": "out", "units": 1}, "inbound_nodes": [[["sum", 0, 0, {}]]]}
    ],
    "input_layers": [["in", 0, 0]],
    "output_layers": [["out", 0, 0]]
  }
}
]==],
    },
    {
      good = [==[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [8]}
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1}
]==],
    },
  },
}
