-- Word or category numbers that a layer of weights takes for quantities.

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

-- Layers that hand numbers on as they are.
local passing = set_of {
  "flatten", "reshape", "permute", "dropout", "identity", "masking", "concatenate", "repeat_vector",
}

local weighing = set_of { "dense", "conv1d", "separable_conv1d", "simple_rnn", "gru", "lstm" }

-- Layers that give the number of a word or bucket, unless told to encode it.
local numbering = set_of { "string_lookup", "integer_lookup", "text_vectorization", "hashing" }

-- The first layer of weights that gets a layer's numbers as they are; nil where there is none or something else may
-- encode them.
local function taker(layer)
  local queue, found = { layer }, nil
  for position = 1, 64 do
    for _, next in ipairs(queue[position] and queue[position].consumers) do
      if passing[next.kind] then
        queue[#queue + 1] = next
      elseif weighing[next.kind] then
        found = found or next
      end
    end
  end
  return found
end

return {
  api = 1,
  id = "preprocessing/tokens-as-numbers",
  summary = "word or category numbers that a layer of weights takes for quantities",
  severity = "warning",
  cause = 3,
  probe = "steps_to_half",
  untestable = "an embedding would have to be put in, and where is not known",
  options = {
    least = {
      type = "integer", default = 20,
      help = "the length from which on a whole-number input of a Keras model is "
        .. "taken for words; shorter ones may be counts",
    },
  },
  docs = [[
## What it looks for

Numbers of words or categories that reach a dense, recurrent or convolution layer without an embedding or one-hot
encoding between: from a lookup, hashing or text vectorisation layer that gives numbers; from an input that an
experiment file says to be `tokens`, a category or ids; in Ludwig from a text or sequence with the encoder
`passthrough`. As a hint from a Keras input of whole numbers (`int32`, `int64`) that is a row of 20 or more.

## Why it is bad

The number of a word is its place in a list. A layer of weights takes word 9,000 for nine thousand times word 1: the
rare words, which have the high numbers, drown all others, and words that stand side by side in the list look alike.

## Example

```python
Sequential([TextVectorization(output_sequence_length=100), Dense(64), Dense(1)])
```

## Use instead

`Embedding(vocabulary, 32)` behind the numbers; for few categories `output_mode="one_hot"`, for bags of words
`output_mode="multi_hot"` or `"tf_idf"`.

## When to ignore it

When whole numbers are counts: give the input the type `float32`, or say `kind: number`.

## References

- Bengio et al., *A Neural Probabilistic Language Model*, 2003: embeddings.
]],

  check = function(experiment, report, options)
    for _, layer in ipairs(experiment.layers) do
      local numbers = numbering[layer.kind] and one_of(layer.output_mode or "int", { "int" })
      local next = numbers and taker(layer)
      if next then
        report {
          at = layer,
          message = ("layer %q gives the numbers of words or buckets, and layer %q takes them for quantities"):format(
            layer.name, next.name),
          help = 'put an embedding between them, or give it output_mode "one_hot" or "multi_hot"',
          related = { { at = next, message = "weighed here" } },
          once = true,
          trial = #layer.output_shape == 1 and set(layer, "output_mode", "multi_hot") or nil,
        }
      end
    end
    local ludwig = experiment.dialect == "ludwig"
    for _, input in ipairs(experiment.inputs) do
      if ludwig and one_of(input.type, { "text", "sequence" }) and input.encoder == "passthrough" then
        report {
          at = { input, "encoder" },
          message = ("%s feature %q goes in as the numbers of its words, since \"passthrough\" encodes nothing"):format(
            input.type, input.name),
          help = 'use an encoder that embeds: "embed", "parallel_cnn", "rnn"',
          trial = set(input, "encoder", "embed"),
        }
      elseif not ludwig then
        local data = experiment.data.inputs
        local said = one_of(input.type, { "tokens", "category", "id" })
        local encoded = data.encoding and data.encoding ~= "none"
        local shape = input.shape
        local whole = one_of(input.dtype, { "int32", "int64" }) and #shape == 1 and shape[1] >= options.least
        local next = not encoded and (said or (whole and not input.type)) and taker(input.layer)
        if next then
          report {
            at = said and { data, "kind" } or { input.layer, "dtype" },
            severity = not said and "hint" or nil,
            message = said and ("the inputs are %s, and layer %q takes their numbers for quantities"):format(
                input.type == "tokens" and "tokens" or input.type == "id" and "ids" or "categories", next.name)
              or ("input %q takes rows of %d whole numbers: if they are words, "
                .. "layer %q takes them for quantities"):format(
                input.name, shape[1], next.name),
            help = "put an embedding before the first layer of weights",
            related = { { at = next, message = "weighed here" } },
            once = true,
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
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "text", "batch_shape": [null, 1], "dtype": "string"}},
    {"module": "keras.layers", "class_name": 1️⃣"TextVectorization",
      "config": {"name": "words", "max_tokens": 20000, "output_mode": "int", "output_sequence_length": 100}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "mood", "units": 1, "activation": "sigmoid"}}
  ]}
}
]=],
    },
    {
      -- A hint: whole numbers may be counts.
      bad = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "words", "batch_shape": [null, 100], "dtype": 1️⃣"int32"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "hidden", "units": 64, "activation": "relu"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "mood", "units": 1, "activation": "sigmoid"}}
  ]}
}
]=],
    },
    {
      bad = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 100, kind: 1️⃣tokens}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      bad = [=[
input_features:
  - {name: review, type: text, encoder: {type: 1️⃣passthrough}}
output_features:
  - {name: stars, type: category}
]=],
    },
    {
      good = [=[
{
  "module": "keras", "class_name": "Sequential",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer",
      "config": {"name": "words", "batch_shape": [null, 100], "dtype": "int32"}},
    {"module": "keras.layers", "class_name": "Embedding",
      "config": {"name": "vectors", "input_dim": 20000, "output_dim": 32}},
    {"module": "keras.layers", "class_name": "GlobalAveragePooling1D", "config": {"name": "mean"}},
    {"module": "keras.layers", "class_name": "Dense",
      "config": {"name": "mood", "units": 1, "activation": "sigmoid"}}
  ]}
}
]=],
    },
    {
      -- A bag of words, and a few counts.
      good = [=[
{
  "module": "keras", "class_name": "Functional",
  "config": {"name": "net", "layers": [
    {"module": "keras.layers", "class_name": "InputLayer", "name": "text",
      "config": {"name": "text", "batch_shape": [null, 1], "dtype": "string"}, "inbound_nodes": []},
    {"module": "keras.layers", "class_name": "InputLayer", "name": "counts",
      "config": {"name": "counts", "batch_shape": [null, 4], "dtype": "int32"}, "inbound_nodes": []},
    {"module": "keras.layers", "class_name": "TextVectorization", "name": "bag",
      "config": {"name": "bag", "max_tokens": 5000, "output_mode": "multi_hot", "pad_to_max_tokens": true},
      "inbound_nodes": [[["text", 0, 0, {}]]]},
    {"module": "keras.layers", "class_name": "Concatenate", "name": "all",
      "config": {"name": "all", "axis": -1}, "inbound_nodes": [[["bag", 0, 0, {}], ["counts", 0, 0, {}]]]},
    {"module": "keras.layers", "class_name": "Dense", "name": "mood",
      "config": {"name": "mood", "units": 1, "activation": "sigmoid"}, "inbound_nodes": [[["all", 0, 0, {}]]]}
  ], "input_layers": [["text", 0, 0], ["counts", 0, 0]], "output_layers": [["mood", 0, 0]]}
}
]=],
    },
    {
      good = [=[
epochzero: 1
task: binary
model:
  layers:
    - {kind: dense, units: 64, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
data: {inputs: {features: 100, kind: tokens, encoding: multi_hot}}
training: {loss: binary_crossentropy}
]=],
    },
    {
      -- A time series has no words.
      good = [=[
input_features:
  - {name: load, type: timeseries, encoder: {type: passthrough}}
  - {name: review, type: text}
output_features:
  - {name: stars, type: category}
]=],
    },
  },
}
