import Experiment
import Linting
import Rules
import SourceText
import Testing

/// Files that the settings join into one experiment.
struct JoinedExperimentTests {
  private static let model = """
    {"class_name": "Sequential", "config": {"name": "net", "layers": [
      {"class_name": "InputLayer", "config": {"batch_shape": [null, 8], "name": "in"}},
      {"class_name": "Dropout", "config": {"rate": 0.8, "name": "drop"}},
      {"class_name": "Dense", "config": {"units": 1, "activation": "linear", "name": "out"}}
    ]}, "compile_config": {"loss": "mse", "optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.01}}}}
    """
  private static let training =
    "epochzero: 1\ntraining: {batch_size: 32, optimizer: {name: adam, learning_rate: 0.1}}\n"
  private static let settings = "experiments: [{name: arm, files: [train.yaml, model.json]}]"

  @Test(arguments: ["train.yaml", "model.json"])
  func `reads a file together with the others of its experiment`(name: String) throws {
    let read = try read(name, ["train.yaml": Self.training, "model.json": Self.model])
    let experiment = try #require(read.experiments.first).experiment
    #expect(read.experiments.count == 1)
    #expect(experiment.sources.map(\.name) == ["train.yaml", "model.json"])
    #expect(experiment.layers.count == 3)
    #expect(experiment.training.value(TrainingKeys.batchSize) == 32)
    #expect(experiment.about.value(ExperimentKeys.name) == "net")
  }

  @Test func `says where two files contradict one another, and counts the experiment file`() throws {
    let read = try read("model.json", ["train.yaml": Self.training, "model.json": Self.model])
    let experiment = try #require(read.experiments.first).experiment
    let problem = try #require(experiment.problems.first { $0.kind == .contradiction })
    #expect(problem.message == "\"learning_rate\" of \"optimizer\" is 0.1 here, but 0.01 in \"model.json\"")
    #expect(problem.location?.source == 0)
    #expect(problem.related.map(\.location.source) == [1])
    #expect(experiment.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.learningRate) == 0.1)
  }

  @Test func `lays several experiment files over each other, the first on top`() throws {
    let files = [
      "train.yaml": Self.training, "data.yaml": "epochzero: 1\ndata: {samples: 900}\ntraining: {batch_size: 64}\n",
      "model.json": Self.model,
    ]
    let settings = "experiments: [{name: arm, files: [train.yaml, data.yaml, model.json]}]"
    let experiment = try #require(try read("data.yaml", files, settings).experiments.first).experiment
    #expect(experiment.data.value(DataKeys.samples) == 900)
    #expect(experiment.training.value(TrainingKeys.batchSize) == 32)
    #expect(experiment.layers.count == 3)
    #expect(experiment.problems.contains { $0.message.contains("is 32 here, but 64 in \"data.yaml\"") })
  }

  @Test func `adds data to a Ludwig config`() throws {
    let files = [
      "ludwig.yaml": """
      input_features: [{name: a, type: number}]
      output_features: [{name: b, type: number}]
      """, "facts.yaml": "epochzero: 1\ndata: {samples: 900}\n",
    ]
    let settings = "experiments: [{name: flats, files: [ludwig.yaml, facts.yaml]}]"
    let experiment = try #require(try read("ludwig.yaml", files, settings).experiments.first).experiment
    #expect(experiment.data.value(DataKeys.samples) == 900)
    #expect(!experiment.outputs.isEmpty)
    #expect(experiment.sources.map(\.name) == ["facts.yaml", "ludwig.yaml"])
  }

  @Test func `joins a model with nothing but itself, and lints other files as ever`() throws {
    let files = ["train.yaml": Self.training, "model.json": Self.model, "other.yaml": Self.training]
    #expect(try read("other.yaml", files).experiments.first?.experiment.sources.map(\.name) == ["other.yaml"])
    let alone = try read("model.json", files, "experiments: [{name: arm, files: model.json}]")
    #expect(alone.experiments.map { $0.experiment.sources.map(\.name) } == [["model.json"]])
  }

  @Test(arguments: [
    (
      "[model.json, other.json]", Problem.Kind.invalidValue,
      "experiment \"arm\": \"other.json\" and \"model.json\" both describe a model, and an experiment has one",
      "other.json"
    ),
    (
      "[model.json, gone.json]", .missingFile,
      "experiment \"arm\": \"gone.json\" cannot be read: no such file or folder", "gone.json"
    ),
    (
      "[model.json, notes.yaml]", .invalidValue, "experiment \"arm\": \"notes.yaml\" is no config that is known here",
      "notes.yaml"
    ),
    (
      "[model.json, two.yaml]", .invalidValue,
      "experiment \"arm\": \"two.yaml\" holds 2 experiments, which cannot be joined with other files", "two.yaml"
    ),
  ])
  func `says in the settings which files cannot be joined`(
    files: String,
    kind: Problem.Kind,
    message: String,
    place: String
  ) throws {
    let texts = [
      "model.json": Self.model, "other.json": Self.model, "notes.yaml": "just: notes\n",
      "two.yaml": "epochzero: 1\n---\nepochzero: 1\n",
    ]
    let settings = "experiments: [{name: arm, files: \(files)}]"
    let experiment = try #require(try read("model.json", texts, settings).experiments.first).experiment
    let problem = try #require(experiment.problems.first { $0.kind == kind })
    #expect(problem.message == message)
    let location = try #require(problem.location)
    #expect(experiment.sources[location.source].name == "epochzero.yaml")
    #expect(experiment.sources[location.source].text(in: location.range) == place)
    #expect(experiment.layers.count == 3)
  }

  @Test func `lints a file by itself that cannot be joined`() throws {
    let files = ["model.json": Self.model, "other.json": Self.model.replacing("net", with: "other")]
    let read = try read("other.json", files, "experiments: [{name: arm, files: [model.json, other.json]}]")
    #expect(read.experiments.map { $0.experiment.sources[0].name } == ["other.json", "model.json"])
  }

  @Test func `fixes the file that states what is wrong, and reports a finding once`() {
    let files = MemoryFileSystem([
      "epochzero.yaml": Self.settings, "train.yaml": Self.training, "model.json": Self.model,
    ])
    let settings = SettingsResolver(fileSystem: files, rules: RuleSet(loading: [SampleRules.dropout]))
    let session = LintSession(fileSystem: files, settings: settings)
    let inputs = Discovery(["."], in: files, settings: settings).inputs
    #expect(session.check(inputs).findings.map(\.source.name) == ["model.json"])
    let outcome = Fixer(session: session).fix(inputs)
    #expect(outcome.report.findings.isEmpty)
    #expect(outcome.changes.map(\.name) == ["model.json"])
    #expect(
      outcome.changes.map { String(decoding: $0.after, as: UTF8.self) } == [Self.model.replacing("0.8", with: "0.4")]
    )
  }

  private func read(
    _ name: String,
    _ texts: [String: String],
    _ settings: String = settings
  ) throws -> ReadFile {
    let files = MemoryFileSystem(texts.merging(["epochzero.yaml": settings]) { $1 })
    let resolver = SettingsResolver(fileSystem: files, rules: RuleSet(loading: []))
    let input = LintInput(name: name, path: "./\(name)", isNamed: true)
    #expect(resolver.problems(for: [input]).map(\.message) == [])
    return try ConfigReader(files).experiments(in: input, under: resolver.reading(of: input.path))
  }
}
