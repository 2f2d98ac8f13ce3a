-- A number that is none to the reader of the file.
return {
  api = 1,
  id = "files/ambiguous-number",
  summary = "a number that the framework's YAML reader takes for text, or for another number",
  severity = "warning",
  untestable = "a dry run trains what was read of the file, and whether that is what was meant it cannot tell",
  reports = "ambiguous-number",

  docs = [[
## What it looks for
`1e-4` in a YAML file whose framework reads it with a YAML 1.1 reader, as those that use PyYAML as it is do (Ludwig,
and every dialect that says `reader: yaml-1.1`): a number with an exponent needs a point in the mantissa and a sign in
the exponent there, or it is text. And integers that such readers count otherwise: `010` is 8, `1:30` is 90. Frameworks
that teach PyYAML the numbers of YAML 1.2, or read by OmegaConf or ruamel.yaml, take `1e-4` for what it looks like.

## Why it is bad
The framework refuses the config (Ludwig 0.5 to 0.11: the learning rate "is not valid under any of the given schemas"),
stops with a type error far from the place ("'<=' not supported between instances of 'float' and 'str'"), or compares and
prints the text as if nothing were wrong. Other tools, this one and most editors among them, read YAML 1.2, where `1e-4`
is a number: nobody sees the difference.

## Example
```yaml
trainer: {learning_rate: 1e-4}
```

## Use instead
```yaml
trainer: {learning_rate: 1.0e-4}
```

## When to ignore it
Where a program reads the text and makes a number of it, as command lines that parse each value again do.

## References
- YAML 1.1 (2005): the float type (http://yaml.org/type/float.html), the integer type.
- YAML 1.2.2 (2021), section 10.3: the core schema.
- PyYAML 6.0: `yaml/resolver.py`. Ludwig 0.10.4: `load_yaml` in `ludwig/utils/data_utils.py`.
]],

  examples = {
    {
      bad = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 1️⃣1e-4
  learning_rate_scheduler: {decay: cosine, eta_min: 1️⃣1E-6}
  gradient_clipping: {clipglobalnorm: 1️⃣1.5e1}
]==],
      fixed = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer:
  learning_rate: 1.0e-4
  learning_rate_scheduler: {decay: cosine, eta_min: 1.0E-6}
  gradient_clipping: {clipglobalnorm: 1.5e+1}
]==],
    },
    {
      -- Eight epochs.
      bad = [==[
input_features:
  - {name: age, type: number}
output_features:
  - {name: price, type: number}
trainer: {epochs: 1️⃣010}
]==],
    },
    {
      -- What PyYAML takes for a number, and a name that looks like one.
      good = [==[
input_features:
  - {name: 1e5, type: number}
output_features:
  - {name: price, type: number}
trainer: {learning_rate: 1.0e-4, batch_size: 1_024, epochs: 10, should_shuffle: yes}
]==],
    },
    {
      -- Experiment files are read as YAML 1.2.
      good = [==[
epochzero: 1
training:
  optimizer: {name: adam, learning_rate: 1e-4}
]==],
    },
  },
}
