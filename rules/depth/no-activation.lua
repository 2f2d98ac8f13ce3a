-- Hidden layers none of which has an activation, in a network that pools, normalises or merges.

local weights = {
  "dense", "einsum_dense", "conv1d", "conv2d", "conv3d", "conv_transpose_1d", "conv_transpose_2d", "conv_transpose_3d",
  "separable_conv1d", "separable_conv2d",
}

-- What bends nothing of its own accord, or too little to do without activations: pooling takes the largest value,
-- normalisation divides by a deviation.
local bystanders = {
  "input", "embedding", "dropout", "spatial_dropout", "alpha_dropout", "gaussian_dropout", "gaussian_noise", "flatten",
  "reshape", "permute", "identity", "normalization", "rescaling", "activity_regularization", "zero_padding", "cropping",
  "up_sampling", "concatenate", "add", "average", "subtract", "max_pooling1d", "max_pooling2d", "max_pooling3d",
  "average_pooling1d", "average_pooling2d", "average_pooling3d", "global_max_pooling", "global_average_pooling",
  "batch_normalization", "layer_normalization", "group_normalization", "category_encoding", "string_lookup",
  "integer_lookup", "depthwise_conv1d", "depthwise_conv2d",
}

-- Of these depth/linear-stack and gradients/linear-convolutions speak, layer by layer.
local linear = {
  "input", "dropout", "spatial_dropout", "alpha_dropout", "gaussian_dropout", "gaussian_noise", "flatten", "reshape",
  "permute", "identity", "normalization", "rescaling", "activity_regularization", "zero_padding", "average_pooling1d",
  "average_pooling2d", "average_pooling3d", "global_average_pooling",
}

return {
  api = 1,
  id = "depth/no-activation",
  summary = "several hidden layers, and an activation on none of them",
  severity = "warning",
  cause = 10,
  needs = { "layers.activation" },

  docs = [[
## What it looks for
Two or more hidden dense or convolution layers without any activation in the whole network but on its output, where
pooling, normalisation, embeddings or sums stand between them. Chains with nothing between are the business of
`depth/linear-stack` and `gradients/linear-convolutions`. Networks with recurrent, attention or multiplying layers, which
bend the signal themselves, and with operations that are not known are not reported.

## Why it is bad
Without activations the layers are one linear map, and pooling or normalisation between them adds little: the network
cannot say what a small one with activations can. Most often the activations were forgotten: Keras' `Dense` and
`Conv2D` have none unless told, and in Ludwig `activation: null` takes the ReLU away.

## Example
`Conv2D(32, 3)`, `MaxPooling2D()`, `Conv2D(64, 3)`, `MaxPooling2D()`, `Flatten()`, `Dense(10, activation="softmax")`.

## Use instead
`relu` on the hidden layers; behind the normalisation where there is one.

## When to ignore it
In studies of linear networks, and where the layers are factors of one matrix.

## References
- Goodfellow, Bengio and Courville (2016): Deep learning, section 6.1.
]],

  check = function(experiment, report)
    if experiment.fine_tuned then return end
    local hidden, first, is_chain = 0, nil, true
    for _, layer in ipairs(experiment.layers) do
      if one_of(layer.kind, weights) then
        if not layer.head then
          -- An activation that is not known may be one; those of layers of their own are looked at below.
          if layer.activation ~= "linear" or layer.pretrained or layer.trainable == false then return end
          hidden = hidden + 1
          first = first or layer
        end
      elseif layer.kind == "activation" then
        if layer.activation ~= "linear" and #layer.consumers > 0 then return end
      else
        is_chain = is_chain and one_of(layer.kind, linear)
        -- What stands before the first hidden layer may be anything: the others still are one linear map.
        if first and not one_of(layer.kind, bystanders) then return end
      end
    end
    if hidden < 2 or is_chain then return end
    report {
      at = { first, "activation" },
      message = ("none of the %d hidden layers from %q on has an activation: but for what pools or normalises between "
        .. "them, they are one linear map"):format(hidden, first.name),
      help = "give the hidden layers an activation such as \"relu\"",
      confirm = true,
    }
  end,

  examples = {
    {
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [28, 28, 1]}
    - {kind: 1️⃣conv2d, filters: 32, kernel_size: 3}
    - max_pooling2d
    - {kind: conv2d, filters: 64, kernel_size: 3}
    - max_pooling2d
    - flatten
    - {kind: dense, units: 10, activation: softmax}
]],
    },
    {
      -- In Ludwig null takes the activation away.
      bad = [[
input_features:
  - {name: town, type: category}
  - {name: area, type: number}
output_features:
  - {name: rent, type: number}
combiner: {type: concat, num_fc_layers: 3, output_size: 128, activation: 1️⃣null}
]],
    },
    {
      -- Normalisation is not an activation.
      bad = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [40]}
    - {kind: 1️⃣dense, units: 64}
    - batch_normalization
    - {kind: dense, units: 64}
    - batch_normalization
    - {kind: dense, units: 1, activation: sigmoid}
]],
    },
    {
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [40]}
    - {kind: dense, units: 64}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 64}
    - batch_normalization
    - {kind: activation, activation: relu}
    - {kind: dense, units: 1, activation: sigmoid}
]],
    },
    {
      -- Factors of ratings: users times films.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, name: user, shape: [100]}
    - {kind: input, name: film, shape: [80]}
    - {kind: dense, name: users, units: 32, from: user}
    - {kind: dense, name: films, units: 32, from: film}
    - {kind: dot, axes: [1, 1], from: [users, films]}
]],
    },
    {
      -- Attention and recurrent layers bend the signal themselves.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [50, 16]}
    - {kind: dense, units: 32}
    - {kind: lstm, units: 64}
    - {kind: dense, units: 32}
    - {kind: dense, units: 1}
]],
    },
    {
      -- A linear model of words says what it is.
      good = [[
epochzero: 1
model:
  layers:
    - {kind: input, shape: [200]}
    - {kind: embedding, vocabulary_size: 20000, output_dim: 16}
    - global_average_pooling
    - {kind: dense, units: 1, activation: sigmoid}
]],
    },
  },
}
