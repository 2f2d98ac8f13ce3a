import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of an experiment that a native file states into text edits.
///
/// What the model file states is changed there, by its own dialect.
struct NativeEdits {
  private let experiment: Experiment
  private let trees: [SyntaxTree]
  private let document: SyntaxNode?

  /// - Parameters:
  ///   - experiment: An experiment that the native dialect lowered.
  ///   - trees: The trees of its sources, in step.
  init(_ experiment: Experiment, trees: [SyntaxTree]) {
    self.experiment = experiment
    self.trees = trees
    document = trees.first?.documents.first { $0.range == experiment.about.container?.range }
  }

  /// Returns the text edits that make all changes, or nil when one of them cannot be written safely.
  func textEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    guard let document else { return nil }
    let forModel = edits.filter(belongsToModelFile)
    let own = edits.filter { !belongsToModelFile($0) }
    guard let inModel = modelFileEdits(for: forModel) else { return nil }
    var writer = NativeWriter()
    for edit in own where !isClip(edit) {
      guard let place = NativePlace(of: edit, in: experiment, document), writer.state(edit.value, at: place) else {
        return nil
      }
    }
    guard changeClip(own.filter(isClip), document, &writer), let written = writer.textEdits() else { return nil }
    return written.map { SourceEdit(source: 0, edit: $0) } + inModel
  }

  // MARK: - The model file

  /// Whether the model file states the fact, or has the place for it.
  private func belongsToModelFile(_ edit: ExperimentEdit) -> Bool {
    guard trees.count > 1 else { return false }
    if case .stated(let location) = experiment.record(at: edit.record)?[name: edit.key]?.origin {
      return location.source > 0
    }
    switch edit.record.root {
    case .layer: return true
    case .input: return edit.key != InputKeys.normalization.name
    case .output: return edit.record.nested.isEmpty && !NativePlace.outputKeys.contains(edit.key)
    case .about, .data: return false
    case .training: return (experiment.record(at: edit.record)?.container?.source ?? 0) > 0
    }
  }

  private func modelFileEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    guard !edits.isEmpty else { return [] }
    // The dialect gets what it lowered itself; layers and outputs stand in the same order there.
    guard let model = NativeDialect.model(in: trees[1]) else { return nil }
    guard var experiment = model.dialect.lower(model.document, in: LoweringContext()).first else { return nil }
    experiment.derive()
    return model.dialect.textEdits(for: edits, in: experiment, trees: [trees[1]])?.map { edit in
      SourceEdit(source: edit.source + 1, edit: edit.edit)
    }
  }

  // MARK: - Clipping

  /// Whether the edit is one of clipping, which is written as a kind with its threshold.
  private func isClip(_ edit: ExperimentEdit) -> Bool {
    edit.record == RecordPath(.training, nested: [TrainingKeys.clip.name])
      || (edit.record == RecordPath(.training) && edit.key == TrainingKeys.clip.name)
  }

  private func changeClip(_ edits: [ExperimentEdit], _ document: SyntaxNode, _ writer: inout NativeWriter) -> Bool {
    guard !edits.isEmpty else { return true }
    var clip = experiment.training.value(TrainingKeys.clip) ?? Record()
    for edit in edits {
      switch edit.value {
      case .record(let record): clip = record
      case .text where edit.record.nested.isEmpty: clip[name: ClipKeys.kind.name] = Fact(edit.value, .nativeDefault)
      default: clip[name: edit.key] = Fact(edit.value, .nativeDefault)
      }
    }
    guard let kind = clip.value(ClipKeys.kind) else { return false }
    let value: FactValue
    if kind == "off" {
      value = .text("off")
    } else if let threshold = clip[name: ClipKeys.threshold.name]?.value {
      var written = Record()
      written[name: kind] = Fact(threshold, .nativeDefault)
      value = .record(written)
    } else {
      return false
    }
    let training = document["training"]
    let inOptimizer = training?.member("clip") == nil && training?["optimizer"]?.kind == .mapping
    let path = (inOptimizer ? ["training", "optimizer", "clip"] : ["training", "clip"]).map { [$0] }
    return writer.state(value, at: NativePlace(base: document, path: path))
  }
}

/// Where a native file states a fact.
struct NativePlace {
  /// The mapping, or the layer's bare name, that the path starts at.
  let base: SyntaxNode
  /// The keys that lead to the fact, each with its spellings, the one to write first.
  let path: [[String]]

  /// The keys of an output that a native file can state.
  static let outputKeys = [
    "task", "loss", "from_logits", "loss_weight", "classes", "metrics", "class_weights", "target",
  ]

  init(base: SyntaxNode, path: [[String]]) {
    self.base = base
    self.path = path
  }

  /// Finds the place of an edit's fact; nil where the format has none for it.
  init?(of edit: ExperimentEdit, in experiment: Experiment, _ document: SyntaxNode) {
    let keys = edit.record.nested + [edit.key]
    let spellings = keys.map(Self.spellings)
    switch edit.record.root {
    case .about:
      guard edit.record.nested.isEmpty, ["name", "framework", "framework_version", "fine_tuned"].contains(edit.key)
      else {
        return nil
      }
      self.init(base: document, path: spellings)
    case .data: self.init(base: document, path: [["data"]] + spellings)
    case .training: self.init(base: document, path: [["training"]] + spellings)
    case .input:
      guard keys == [InputKeys.normalization.name] else { return nil }
      self.init(base: document, path: [["data"], ["inputs"], ["normalization"]])
    case .layer:
      guard let container = experiment.record(at: RecordPath(edit.record.root))?.container,
        let layer = document["model"]?["layers"]?.elements.first(where: { $0.range == container.range })
      else { return nil }
      self.init(base: layer, path: spellings)
    case .output(let index):
      guard let first = keys.first, Self.outputKeys.contains(first) else { return nil }
      let name = experiment.outputs[index].facts.value(OutputKeys.name)
      let named = name.map { [["outputs"], [$0]] + spellings }
      let shared: [[String]] =
        switch first {
        case "task": spellings
        case "target": [["data"], ["targets"]] + spellings.dropFirst()
        case "classes": [["data"], ["targets"]] + spellings
        default: [["training"]] + spellings
        }
      if let named, Self.leads(named, from: document) || experiment.outputs.count > 1 || first == "loss_weight" {
        self.init(base: document, path: named)
      } else if first == "loss_weight" {
        return nil
      } else {
        self.init(base: document, path: shared)
      }
    }
  }

  private static func leads(_ path: [[String]], from document: SyntaxNode) -> Bool {
    var node: SyntaxNode? = document
    for spellings in path { node = node.flatMap { node in spellings.lazy.compactMap { node[$0] }.first } }
    return node != nil
  }

  private static func spellings(of key: String) -> [String] {
    switch key {
    case "kernel_initializer": ["init", "kernel_initializer"]
    case "recurrent_initializer": ["recurrent_init", "recurrent_initializer"]
    case "bias_initializer": ["bias_init", "bias_initializer"]
    case "kernel_l1": ["l1", "kernel_l1"]
    case "kernel_l2": ["l2", "kernel_l2"]
    case "learning_rate": ["learning_rate", "lr"]
    case "stddev": ["stddev", "std"]
    case "input_scale": ["input_scale", "scale"]
    case "input_offset": ["input_offset", "offset"]
    case "vocabulary_size": ["vocabulary_size", "input_dim"]
    case "stated_output_shape": ["output_shape"]
    default: [key]
    }
  }
}
