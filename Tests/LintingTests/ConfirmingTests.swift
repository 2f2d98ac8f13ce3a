import DryRunMessages
import Experiment
import Linting
import Rules
import SourceText
import TestSupport
import Testing

struct ConfirmingTests {
  // MARK: - Rules and files

  private static let batch = SampleRules.rule(
    "batch-size/sample-large",
    """
    local training = experiment.training
    if training.batch_size > 100 then
      report { at = { training, "batch_size" }, message = "large", trial = set(training, "batch_size", 32) }
    end
    """,
    metadata: "probe = \"steps_to_half\","
  )

  private static let dropout = SampleRules.rule(
    "dropout/sample-confirmed",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.rate > 0.5 then
        report {
          at = { layer, "rate" }, message = "drops much", fix = set(layer, "rate", 1 - layer.rate), confirm = true,
        }
      end
    end
    """
  )

  private static let width = SampleRules.rule(
    "width/sample-useless",
    """
    for _, layer in ipairs(experiment.layers) do
      if layer.units == 16 then report { at = layer, message = "useless", trial = set(layer, "kind", "identity") } end
    end
    """
  )

  private static let files = [
    "net.yaml": """
    epochzero: 1
    data: {sample: rows/a.csv}
    model:
      layers:
        - {kind: input, shape: [16]}
        - {kind: dropout, rate: 0.8}
        - {kind: dense, name: hidden, units: 16}
        - {kind: dropout, rate: 0.9}
        - {kind: dense, units: 1}
    training: {batch_size: 512, loss: mse}
    """
  ]

  private func findings(_ rules: PluginFile..., in files: [String: String] = ConfirmingTests.files) -> [LocatedFinding]
  {
    var session = LintSession(fileSystem: MemoryFileSystem(files), rules: RuleSet(loading: rules))
    session.keepsTrials = true
    return session.check(files.keys.sorted().map { LintInput(name: $0, path: $0, isNamed: true) }).findings
  }

  /// A trainer that answers with one verdict after the other and keeps the jobs.
  private final class Trainer {
    private(set) var jobs: [DryRunJob] = []
    private var verdicts: [Verdict]

    init(_ verdicts: Verdict...) {
      self.verdicts = verdicts
    }

    func train(_ job: DryRunJob, _ progress: (DryRunProgress) -> Void) -> DryRunReport {
      jobs.append(job)
      progress(DryRunProgress(share: 0.5, activity: "seed 1"))
      progress(DryRunProgress(share: 1, activity: "seed 2"))
      return DryRunReport(verdict: verdicts.isEmpty ? .notRunnable("no more") : verdicts.removeFirst())
    }
  }

  private func rates(_ experiment: Experiment?) -> [Double?] {
    experiment?.layers.filter { $0.kind == .dropout }.map { $0.facts.value(LayerKeys.rate) } ?? []
  }

  // MARK: - Jobs

  @Test func `trains the experiment as stated beside what the fix makes of the file`() throws {
    var findings = findings(Self.dropout)
    let trainer = Trainer(.confirmed)
    Confirming(seed: 7).confirm(&findings, train: trainer.train)
    let job = try #require(trainer.jobs.first)
    #expect(trainer.jobs.count == 1)
    #expect(job.seed == 7)
    // Both findings of the rule are put to the test together.
    #expect(rates(job.written) == [0.8, 0.9])
    #expect(rates(job.changed).map { (($0 ?? 0) * 100).rounded() } == [20, 10])
    // Neither is derived, and what was changed was read anew from a text.
    #expect(job.written.layers.allSatisfy { $0.facts[LayerKeys.outputShape] == nil })
    #expect(job.changed?.layers.allSatisfy { $0.facts[LayerKeys.outputShape] == nil } == true)
    let rate = try #require(job.changed?.layers[1].facts[LayerKeys.rate])
    #expect(rate.origin.location != nil)
    #expect(findings.count == 2)
    #expect(findings.allSatisfy { $0.confirmation?.report.verdict == .confirmed })
    #expect(findings[0].confirmation === findings[1].confirmation)
    #expect(findings[0].confirmation?.changes.count == 2)
  }

  @Test func `sets facts where the file cannot say the change`() throws {
    var findings = findings(Self.width)
    let trainer = Trainer(.confirmed)
    Confirming().confirm(&findings, train: trainer.train)
    let job = try #require(trainer.jobs.first)
    #expect(job.changed?.layers.map(\.kind) == [.input, .dropout, .identity, .dropout, .dense])
    #expect(findings[0].confirmation?.changes == ["layers[3].kind = \"identity\""])
  }

  @Test func `changes what stands in a model file, and what does not`() throws {
    let files = [
      "train.yaml": "epochzero: 1\nmodel: model.json\ntraining: {batch_size: 512}\n",
      "model.json": """
      {"class_name": "Sequential", "config": {"name": "net", "layers": [
        {"class_name": "InputLayer", "config": {"batch_shape": [null, 8], "name": "in"}},
        {"class_name": "Dropout", "config": {"rate": 0.8, "name": "drop"}},
        {"class_name": "Dense", "config": {"units": 1, "activation": "linear", "name": "out"}}
      ]}}
      """,
    ]
    var findings = findings(Self.dropout, in: files)
    #expect(findings.map(\.source.name) == ["model.json"])
    let trainer = Trainer(.confirmed)
    Confirming().confirm(&findings, train: trainer.train)
    #expect(rates(trainer.jobs.first?.changed).map { (($0 ?? 0) * 100).rounded() } == [20])
    // The finding is that of the experiment, which knows more than the model by itself.
    #expect(trainer.jobs.first?.written.training.value(TrainingKeys.batchSize) == 512)
    #expect(trainer.jobs.first?.changed?.training.value(TrainingKeys.batchSize) == 512)
  }

  @Test func `takes the rows that the experiment names, or those that it is given`() throws {
    var findings = findings(Self.batch)
    let trainer = Trainer(.confirmed, .confirmed)
    Confirming().confirm(&findings, train: trainer.train)
    Confirming(rows: "mine.npz").confirm(&findings, train: trainer.train)
    #expect(trainer.jobs.map(\.rows) == ["/home/rows/a.csv", "mine.npz"])
    #expect(trainer.jobs.map(\.probe) == [.stepsToHalf, .stepsToHalf])
  }

  // MARK: - Verdicts

  @Test func `a refuted finding drops to a hint and fails no run`() {
    var findings = findings(Self.batch)
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.map(\.failsRun) == [true])
    Confirming().confirm(&findings, train: Trainer(.refuted).train)
    #expect(findings.map(\.severity) == [.hint])
    #expect(findings.map(\.failsRun) == [false])
    #expect(findings[0].confirmation?.loweredFrom == .warning)
  }

  @Test(arguments: [Verdict.confirmed, .inconclusive("the seeds differ"), .notRunnable("no kernel")])
  func `any other verdict leaves a finding as it was`(verdict: Verdict) {
    var findings = findings(Self.batch)
    Confirming().confirm(&findings, train: Trainer(verdict).train)
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.map(\.failsRun) == [true])
    #expect(findings[0].confirmation?.report.verdict == verdict)
    #expect(findings[0].confirmation?.loweredFrom == nil)
  }

  @Test func `a finding without a trial is left alone`() {
    var findings = findings(SampleRules.extra, SampleRules.unsafe)
    let trainer = Trainer()
    Confirming().confirm(&findings, train: trainer.train)
    #expect(trainer.jobs.isEmpty)
    #expect(findings.count == 4)
    #expect(findings.allSatisfy { $0.confirmation == nil && !$0.canConfirm })
  }

  @Test func `a session that keeps no trials confirms nothing`() {
    let session = LintSession(fileSystem: MemoryFileSystem(Self.files), rules: RuleSet(loading: [Self.batch]))
    var findings = session.check([LintInput(name: "net.yaml", path: "net.yaml", isNamed: true)]).findings
    #expect(findings.map(\.canConfirm) == [true])
    Confirming().confirm(&findings, train: Trainer(.refuted).train)
    #expect(findings.map { $0.confirmation == nil } == [true])
  }

  // MARK: - Among others

  @Test func `what is not confirmed alone is tried with the other findings mended`() throws {
    var findings = findings(Self.batch, Self.dropout)
    #expect(
      findings.map(\.rule) == ["dropout/sample-confirmed", "dropout/sample-confirmed", "batch-size/sample-large"]
    )
    let trainer = Trainer(.refuted, .confirmed, .confirmed)
    Confirming().confirm(&findings, train: trainer.train)
    #expect(trainer.jobs.count == 3)
    let second = trainer.jobs[1]
    #expect(second.written.training.value(TrainingKeys.batchSize) == 32)
    #expect(rates(second.written) == [0.8, 0.9])
    #expect(second.changed?.training.value(TrainingKeys.batchSize) == 32)
    #expect(rates(second.changed).map { (($0 ?? 0) * 100).rounded() } == [20, 10])
    #expect(findings.map { $0.confirmation?.report.verdict } == [.confirmed, .confirmed, .confirmed])
    #expect(findings.map { $0.confirmation?.contrast } == [.amongMended, .amongMended, .alone])
  }

  private static let pairs: [(Verdict, Verdict, Verdict)] = [
    (.refuted, .refuted, .refuted),
    (.refuted, .confirmed, .confirmed),
    (.inconclusive("a"), .refuted, .inconclusive("a")),
    (.inconclusive("a"), .inconclusive("b"), .inconclusive("a")),
    (.notRunnable("a"), .refuted, .notRunnable("a")),
    (.notRunnable("a"), .inconclusive("b"), .inconclusive("b")),
    (.notRunnable("a"), .confirmed, .confirmed),
    (
      .refuted, .inconclusive("the seeds differ"),
      .inconclusive("alone it changes too little, and with the other findings mended the seeds differ")
    ),
    (
      .refuted, .notRunnable("no kernel"),
      .inconclusive("alone it changes too little, and with the other findings mended: no kernel")
    ),
  ]

  @Test(arguments: pairs)
  func `either run confirms, and only both refute`(first: Verdict, second: Verdict, together: Verdict) {
    var findings = findings(Self.batch, Self.dropout)
    Confirming().confirm(&findings, at: 2, train: Trainer(first, second).train)
    #expect(findings[2].confirmation?.report.verdict == together)
    #expect(findings[2].severity == (together == .refuted ? .hint : .warning))
  }

  @Test func `of two rules that change one fact each is tried by itself`() throws {
    let other = SampleRules.rule(
      "batch-size/sample-larger",
      """
      local training = experiment.training
      if training.batch_size > 100 then
        report { at = { training, "batch_size" }, message = "larger", trial = set(training, "batch_size", 8) }
      end
      """
    )
    var findings = findings(Self.batch, other)
    let trainer = Trainer(.refuted, .refuted)
    Confirming().confirm(&findings, train: trainer.train)
    #expect(trainer.jobs.map { $0.changed?.training.value(TrainingKeys.batchSize) } == [32, 8])
    #expect(trainer.jobs.allSatisfy { $0.written.training.value(TrainingKeys.batchSize) == 512 })
  }

  // MARK: - One, some, all

  @Test func `confirms one finding, and those that are tested with it`() {
    var findings = findings(Self.batch, Self.dropout)
    let trainer = Trainer(.confirmed)
    Confirming().confirm(&findings, at: 1, train: trainer.train)
    #expect(findings.map { $0.confirmation != nil } == [true, true, false])
    #expect(trainer.jobs.count == 1)
  }

  @Test func `tells how far it is, and never falls back within a test`() {
    var findings = findings(Self.batch, Self.dropout)
    let told = Told()
    Confirming().confirm(&findings, progress: told.add, train: Trainer(.refuted, .refuted, .confirmed).train)
    #expect(told.all.map(\.test) == [1, 1, 1, 1, 2, 2])
    #expect(told.all.map(\.count) == [2, 2, 2, 2, 2, 2])
    #expect(told.all.map(\.run.share) == [0.25, 0.5, 0.75, 1, 0.25, 0.5])
    #expect(told.all.first?.rule == "dropout/sample-confirmed")
  }

  private final class Told {
    private(set) var all: [Confirming.Progress] = []

    func add(_ progress: Confirming.Progress) { all.append(progress) }
  }

  @Test func `what is cancelled leaves the rest as it was`() {
    var findings = findings(Self.batch, Self.dropout)
    let trainer = Trainer(.confirmed, .confirmed)
    Confirming().confirm(&findings, isCancelled: { !trainer.jobs.isEmpty }, train: trainer.train)
    #expect(findings.map { $0.confirmation != nil } == [true, true, false])
  }

  @Test func `reads standard input and buffers anew from their bytes`() throws {
    var session = LintSession(fileSystem: MemoryFileSystem([:]), rules: RuleSet(loading: [Self.batch]))
    session.keepsTrials = true
    let bytes = Array("epochzero: 1\ntraining: {batch_size: 512}\n".utf8)
    let input = LintInput(name: "<stdin>", path: "<stdin>", isNamed: true, content: bytes)
    var findings = session.check([input]).findings
    let trainer = Trainer(.confirmed)
    Confirming().confirm(&findings, train: trainer.train)
    let changed = try #require(trainer.jobs.first?.changed?.training[TrainingKeys.batchSize])
    #expect(changed.value == 32)
    #expect(changed.origin.location != nil)
  }
}
