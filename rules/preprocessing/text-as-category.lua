-- Free text that is given to the network as a category.

local texts = {}
for _, word in ipairs {
  "text", "sentence", "paragraph", "tweet", "transcript", "essay", "comment", "comments", "review", "reviews",
  "abstract",
} do texts[word] = true end

-- What makes a flag or a kind of it: "has_text".
local flags = { has = true, is = true, peer = true, no = true, language = true }

local function says_text(name)
  local words = words_of(name)
  for _, word in ipairs(words) do
    if flags[word] then return false end
  end
  return texts[words[#words] or ""] == true
end

return {
  api = 1,
  id = "preprocessing/text-as-category",
  summary = "free text that is given to the network as a category",
  severity = "warning",
  cause = 3,
  untestable = "what the column holds is not in the file, and made-up rows would show only what they are made to show",
  needs = { "inputs.type = category|data.columns" },
  options = {
    allow = { type = "list", default = {}, help = "names of features with a handful of fixed texts" },
  },
  docs = [[
## What it looks for

An input feature of a Ludwig config of type `category` whose name is that of free text: `review_text`, `comment`,
`tweet`. A column of an experiment file with `kind: text` that is encoded one-hot, hashed as a whole, or not at all.

## Why it is bad

A category is compared as a whole: two reviews that differ in one letter are two classes that have nothing in common.
With as many classes as examples there is nothing to learn, each embedding is trained by one example, and every text
at prediction time is the same "unknown".

## Example

```yaml
input_features: [{name: review_text, type: category}]
```

## Use instead

`type: text`, with an encoder that reads words. For a few fixed phrases a category is right.

## When to ignore it

When there is a handful of fixed texts: put the name into `allow`.

## References

- Ludwig, `features/category_feature.py`: words that are not in the vocabulary become one unknown symbol.
]],

  check = function(experiment, report, options)
    for _, input in ipairs(experiment.dialect == "ludwig" and experiment.inputs or nil) do
      if input.type == "category" and says_text(input.name) and not one_of(input.name, options.allow) then
        report {
          at = { input, "type" },
          message = ("feature %q is a category, so each text is a class of its own, with nothing in common with others")
            :format(input.name),
          help = 'write "type: text"',
        }
      end
    end
    for name, column in pairs(experiment.data.columns or {}) do
      local whole = one_of(column.encoding, { "none", "one_hot", "hashed", "ordinal" })
      if column.kind == "text" and whole and not one_of(name, options.allow) then
        report {
          at = { column, "encoding" },
          message = ("column %q is text, but %s"):format(
            name, column.encoding == "none" and "nothing encodes it" or "each text is encoded as a thing of its own"),
          help = "take it apart into words: tokens with an embedding, tf_idf, or a pretrained encoder",
        }
      end
    end
  end,

  examples = {
    {
      bad = [=[
input_features:
  - {name: review_text, type: 1️⃣category}
  - {name: comment, type: 2️⃣category}
output_features:
  - {name: stars, type: category}
]=],
    },
    {
      bad = [=[
epochzero: 1
data:
  columns:
    review: {kind: text, encoding: 1️⃣one_hot}
]=],
    },
    {
      good = [=[
input_features:
  - {name: review_text, type: text}
  - {name: content_rating, type: category}
  - {name: title, type: category}
  - {name: text_language, type: category}
  - {name: has_text, type: category}
output_features:
  - {name: review, type: category}
]=],
    },
    {
      good = [=[
epochzero: 1
data:
  columns:
    review: {kind: text, encoding: tf_idf}
    title: {kind: text}
]=],
    },
  },
}
