import Rules

/// The keys of settings files, declared once.
///
/// From here come reading, the check for unknown keys and wrong types, the JSON Schema, what `epochzero init` writes, and the
/// tables of `docs/settings.md`.
package enum SettingsKeys {
  /// The keys at the top of the file, in the order in which they are shown.
  package static let all = [
    extends, select, ignore, rules, minimumSeverity, failOn, fixable, unfixable, include, exclude, plugins,
    dialects, frameworkVersions, overrides, ignores, baseline, experiments, dryRun,
  ]

  // MARK: - Top level

  package static let extends = SettingsKey(
    "extends",
    .oneOrMore(.path),
    help: "Settings files that this one builds on: what they say holds first, what this file says after it.",
    example: "../shared/epochzero.yaml"
  )
  package static let select = SettingsKey(
    "select",
    .oneOrMore(.rule),
    standard: "the rules that are on by default",
    help: "Only these rules run. `files/invalid-syntax` runs beside them unless it is ignored by its id.",
    example: "[all]"
  )
  package static let ignore = SettingsKey(
    "ignore",
    .oneOrMore(.rule),
    standard: "none",
    help: "These rules do not run.",
    example: "[batch-size/too-large-for-noise]"
  )
  package static let rules = SettingsKey(
    "rules",
    .rules,
    help: """
      What holds for a rule or a group: `off`, `on`, `hint`, `warning`, `error`, or a mapping with `severity` and `options`. \
      A severity turns the rule on; options alone do not.
      """,
    example: """
      width: hint
      dropout/zero-rate: off
      clipping/hides-learning-rate: {severity: error}
      """
  )
  package static let minimumSeverity = SettingsKey(
    "min-severity",
    .word(severities),
    standard: "`hint`",
    help: "Findings below this severity are left out.",
    example: "warning"
  )
  package static let failOn = SettingsKey(
    "fail-on",
    .word(severities),
    standard: "`warning`",
    help: "Findings of this severity and above end a run with exit code 1.",
    example: "error"
  )
  package static let fixable = SettingsKey(
    "fixable",
    .oneOrMore(.rule),
    standard: "`all`",
    help: "`--fix` and `--diff` make only the fixes of these rules.",
    example: "[files, dropout]"
  )
  package static let unfixable = SettingsKey(
    "unfixable",
    .oneOrMore(.rule),
    standard: "none",
    help: "`--fix` and `--diff` make no fixes of these rules.",
    example: "[final-activation]"
  )
  package static let include = SettingsKey(
    "include",
    .oneOrMore(.glob),
    standard: "`*.json`, `*.yaml`, `*.yml`, `*.keras`, `*.cfg`, `*.ini`, `*.prototxt`, `*.pbtxt`",
    help: "The files that are linted in folders. A file that is named on the command line is linted in any case.",
    example: "[\"experiments/**/*.yaml\", \"*.json\"]"
  )
  package static let exclude = SettingsKey(
    "exclude",
    .oneOrMore(.glob),
    standard: "none",
    help: "Files and folders that are passed over in folders.",
    example: "[archive, \"*.generated.json\"]"
  )
  package static let plugins = SettingsKey(
    "plugins",
    .oneOrMore(.path),
    standard: "none",
    help: "Folders with your own rules, or single `.lua` files, to be loaded beside the bundled ones.",
    example: "[tools/lint-rules]"
  )
  package static let dialects = SettingsKey(
    "dialects",
    .oneOrMore(.path),
    standard: "none",
    help:
      "Files that describe configs of your own, so that they are known beside those of frameworks (`docs/writing-dialects.md`).",
    example: "[tools/house.yaml]"
  )
  package static let frameworkVersions = SettingsKey(
    "framework-versions",
    .versions,
    standard: "not known: a default that depends on the version is none",
    help: """
      The versions of the frameworks that configs are for, by the name of their dialect, where a config does not tell itself. \
      `epochzero facts` says which defaults depend on them.
      """,
    example: "{ludwig: \"0.6\"}"
  )
  package static let overrides = SettingsKey(
    "overrides",
    .records(override),
    standard: "none",
    help: "What holds for some files only. All entries that match a file count, a later one after an earlier one.",
    example: """
      - files: finetune/**
        rules: {learning-rate: hint}
      """
  )
  package static let ignores = SettingsKey(
    "ignores",
    .records(suppression),
    standard: "none",
    help: "Findings to leave out of files that can hold no comments, such as JSON.",
    example: """
      - files: legacy/model.json
        pointer: /config/layers/3
        rules: [dropout/keep-as-drop]
        reason: the paper drops this much
      """
  )
  package static let baseline = SettingsKey(
    "baseline",
    .path,
    standard: "none",
    help: "The file that counts the findings that were there before; `check --write-baseline` writes it.",
    example: BaselineFile.standardName
  )
  package static let experiments = SettingsKey(
    "experiments",
    .records(experiment),
    standard: "each file by itself",
    help: "Files that describe one experiment together.",
    example: """
      - name: robot-arm
        files: [robot/train.yaml, robot/model.json]
      """
  )

  package static let dryRun = SettingsKey(
    "dryrun",
    .record(ofDryRun),
    help: "How `check --confirm` and `dryrun` train, and on what.",
    example: """
      seconds: 10
      data: shared/rows.csv
      """
  )

  // MARK: - An override

  package static let override = [
    overriddenFiles, select, ignore, rules, minimumSeverity, fixable, unfixable, frameworkVersions, dryRun,
  ]

  package static let overriddenFiles = SettingsKey(
    "files",
    .oneOrMore(.glob),
    isRequired: true,
    help: "The files that it holds for.",
    example: "finetune/**"
  )

  // MARK: - An entry of `ignores`

  package static let suppression = [suppressedFiles, pointer, suppressedRules, reason]

  package static let suppressedFiles = SettingsKey(
    "files",
    .oneOrMore(.glob),
    isRequired: true,
    help: "The files that it holds for.",
    example: "legacy/model.json"
  )
  package static let pointer = SettingsKey(
    "pointer",
    .pointer,
    standard: "the whole file",
    help: "The part of the file that it holds for, as a JSON pointer.",
    example: "/config/layers/3"
  )
  package static let suppressedRules = SettingsKey(
    "rules",
    .oneOrMore(.rule),
    isRequired: true,
    help: "The rules whose findings are left out.",
    example: "[dropout/keep-as-drop]"
  )
  package static let reason = SettingsKey(
    "reason",
    .text,
    help: "Why, for the next reader.",
    example: "the paper drops this much"
  )

  // MARK: - An experiment

  package static let experiment = [experimentName, experimentFiles]

  package static let experimentName = SettingsKey(
    "name",
    .text,
    isRequired: true,
    help: "What it is called in messages.",
    example: "robot-arm"
  )
  package static let experimentFiles = SettingsKey(
    "files",
    .oneOrMore(.path),
    isRequired: true,
    help: """
      Its files: one model file at most, and experiment files without `model`, the one that counts first in front.
      """,
    example: "[robot/train.yaml, robot/model.json]"
  )

  // MARK: - Dry runs

  package static let ofDryRun = [launcher, seconds, memory, seeds, threads, data]

  package static let secondsRange = 0.1...3600.0
  package static let seedsRange = 3...9
  package static let threadsRange = 1...256

  package static let launcher = SettingsKey(
    "launcher",
    .oneOrMore(.text),
    standard: "none: the runner is started on this machine",
    help: "The words before the runner's own path that start it elsewhere: text that is split at blanks, or a list.",
    example: "srun -N1 --gres=gpu:1"
  )
  package static let seconds = SettingsKey(
    "seconds",
    .number(secondsRange),
    standard: "5",
    help:
      "The wall-clock time that one finding may take. What does not fit is trained smaller, and the report says how.",
    example: "10"
  )
  package static let memory = SettingsKey(
    "memory",
    .size,
    standard: "2 GiB",
    help: "The memory that one finding may take.",
    example: "4 GB"
  )
  package static let seeds = SettingsKey(
    "seeds",
    .integer(seedsRange),
    standard: "9",
    help: "The most pairs of runs; it ends before where the verdict is clear.",
    example: "5"
  )
  package static let threads = SettingsKey(
    "threads",
    .integer(threadsRange),
    standard: "1",
    help: "The threads that a run computes with.",
    example: "4"
  )
  package static let data = SettingsKey(
    "data",
    .path,
    standard: "`data.sample` of the experiment, else synthetic data",
    help: "Rows to train on: a CSV, NPY or NPZ file.",
    example: "shared/rows.csv"
  )

  // MARK: - What holds for a rule

  package static let ofRule = [ruleSeverity, ruleOptions]

  package static let ruleSeverity = SettingsKey(
    "severity",
    .word(severities),
    standard: "the rule's own",
    help: "How bad the rule's findings are; turns the rule on.",
    example: "hint"
  )
  /// The mapping's keys are the rule's own options, which the rule set checks.
  package static let ruleOptions = SettingsKey(
    "options",
    .rules,
    standard: "the rule's own",
    help: "Values of the rule's options; `epochzero explain` shows which it has.",
    example: "{limit: 0.3}"
  )

  /// What stands for a rule in place of a mapping.
  package static let ruleWords = ["off", "on"] + severities

  private static let severities = Severity.allCases.map(\.rawValue)
}
