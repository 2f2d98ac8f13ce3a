import Experiment
import Linting
import Rules
import SourceText
import TestSupport
import Testing

/// Dialects that settings name.
struct OwnDialectTests {
  private static let house = """
    dialect: 1
    name: house
    title: our trainer
    recognize: [{all: [opt.lr]}]
    keys:
      opt.lr: training.optimizer.learning_rate
      opt.clip: {fact: training.clip.threshold, sets: {training.clip.kind: norm}, needs: {opt.truncate: true}}
      opt.truncate: {type: boolean, default: false}
      minibatch: training.batch_size
    """
  private static let run = "opt: {lr: 0.25, clip: 1.0}\nminibatch: 64\n"

  @Test func `a config is known by the definition that the settings name`() throws {
    let files = [
      "epochzero.yaml": "dialects: tools/house.yaml\n", "tools/house.yaml": Self.house, "runs/a.yaml": Self.run,
    ]
    let read = try read("runs/a.yaml", files)
    let experiment = try #require(read.experiments.first?.experiment)
    #expect(experiment.dialect == "house")
    #expect(experiment.training.value(TrainingKeys.batchSize) == 64)
    #expect(experiment.problems.map(\.kind) == [.ignoredClipping])
    #expect(experiment.problems.map(\.fact) == ["training.clip.threshold"])
    #expect(try self.read("runs/a.yaml", files.merging(["epochzero.yaml": ""]) { $1 }).experiments.isEmpty)
  }

  @Test func `a definition's path starts from the folder of the file that names it`() throws {
    let files = [
      "team/base.yaml": "dialects: [house.yaml]\n", "team/house.yaml": Self.house,
      "work/epochzero.yaml": "extends: ../team/base.yaml\n", "work/a.yaml": Self.run,
    ]
    #expect(try read("work/a.yaml", files).isRecognized)
  }

  @Test func `a joined experiment may have a part in a dialect of one's own`() throws {
    let files = [
      "epochzero.yaml": "dialects: [house.yaml]\nexperiments: [{name: both, files: [run.yaml, more.yaml]}]\n",
      "house.yaml": Self.house, "run.yaml": Self.run, "more.yaml": "epochzero: 1\ndata: {samples: 4711}\n",
    ]
    let experiment = try #require(try read("run.yaml", files).experiments.first?.experiment)
    #expect(experiment.data.value(DataKeys.samples) == 4711)
    #expect(experiment.training.value(TrainingKeys.batchSize) == 64)
  }

  @Test(arguments: [
    (
      "dialect: 1\nname: house\nrecognize: [{all: [opt]}]\n1️⃣kyes: {opt.lr: training.optimizer.learning_rate}\n",
      "unknown key \"kyes\""
    ),
    (
      "dialect: 1\nname: house\nrecognize: [{all: [opt]}]\nkeys: {opt.lr: 1️⃣training.optimizer.learning_rte}\n",
      "there is no fact \"training.optimizer.learning_rte\": did you mean \"learning_rate\"?"
    ),
    ("1️⃣- 1\n", "a dialect must be a mapping"),
    (
      "dialect: 1\nname: 1️⃣ludwig\nrecognize: [{all: [opt]}]\n",
      "there is a bundled dialect \"ludwig\": give yours another name"
    ),
    ("1️⃣", "a dialect must be a mapping, and this is empty"),
  ])
  func `says what is wrong with a definition, there`(text: String, message: String) throws {
    let marked = MarkedText(text)
    let problems = problems(["epochzero.yaml": "dialects: [house.yaml]\n", "house.yaml": marked.text])
    let problem = try #require(problems.first)
    #expect(problems.count == 1, "\(problems.map(\.message))")
    #expect(problem.source?.name == "house.yaml")
    #expect(problem.message.hasPrefix(message), "\(problem.message)")
    #expect([problem.range.start] == marked.marks.map(\.offset))
  }

  @Test func `says that a definition is not there, or there twice`() {
    #expect(
      problems(["epochzero.yaml": "dialects: [a.yaml]\n"]).map(\.message) == [
        "dialects: \"a.yaml\": no such file or folder"
      ]
    )
    let twice = problems(["epochzero.yaml": "dialects: [a.yaml, b.yaml]\n", "a.yaml": Self.house, "b.yaml": Self.house])
    #expect(
      twice.map(\.message) == ["two dialects are called \"house\": that of \"a.yaml\" and that of \"b.yaml\""]
    )
    #expect(problems(["epochzero.yaml": "dialects: [a.yaml, ./a.yaml]\n", "a.yaml": Self.house]).isEmpty)
  }

  private func read(_ name: String, _ texts: [String: String]) throws -> ReadFile {
    let files = MemoryFileSystem(texts)
    let resolver = SettingsResolver(fileSystem: files, rules: RuleSet(loading: []), trustsPlugins: false)
    let input = LintInput(name: name, path: name, isNamed: true)
    let read = try ConfigReader(files).experiments(in: input, under: resolver.reading(of: name))
    #expect(resolver.problems(for: [input]).map(\.message) == [])
    return read
  }

  private func problems(_ texts: [String: String]) -> [SettingsProblem] {
    let resolver = SettingsResolver(fileSystem: MemoryFileSystem(texts), rules: RuleSet(loading: []))
    return resolver.problems(for: [LintInput(name: "a.yaml", path: "a.yaml", isNamed: true)])
  }
}
