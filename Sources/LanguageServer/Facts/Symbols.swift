import ConfigSyntax
import Experiment
import Linting
import SourceText

/// What a document's outline shows: inputs, layers and outputs.
struct OutlineSymbol: Sendable {
  /// What it is, by the protocol's numbers of symbol kinds.
  enum Kind: Int, Sendable {
    case module = 2
    case field = 8
    case function = 12
    case object = 19
  }

  var name: String
  var detail: String
  var kind: Kind
  /// All of it.
  var range: TextRange
  /// What is shown when it is chosen; lies inside `range`.
  var selection: TextRange
  var children: [OutlineSymbol] = []
}

extension DocumentFacts {
  /// The outline: the experiments, or what is in the only one.
  var symbols: [OutlineSymbol] {
    let outlines = experiments.map { (lowered, index) in
      (name: lowered.experiment.outlineName, symbols: symbols(of: lowered.experiment, index))
    }
    if outlines.count == 1 { return outlines[0].symbols }
    return outlines.compactMap { name, children in
      guard let first = children.first, let last = children.last else { return nil }
      return OutlineSymbol(
        name: name,
        detail: "",
        kind: .module,
        range: TextRange(start: first.range.start, end: max(first.range.end, last.range.end)),
        selection: first.selection,
        children: children
      )
    }
  }

  private func symbols(of experiment: Experiment, _ index: Int) -> [OutlineSymbol] {
    var symbols: [OutlineSymbol] = []
    for input in experiment.inputs {
      guard let name = input.value(InputKeys.name) else { continue }
      let type = input.value(InputKeys.type) ?? input.value(InputKeys.shape)?.description ?? ""
      if let symbol = symbol(name, type, .field, of: input, index) { symbols.append(symbol) }
    }
    for group in experiment.layerGroups(inSource: index) {
      guard let layer = group.layers.first.map({ experiment.layers[$0] }) else { continue }
      let kind = layer.facts.value(LayerKeys.className) ?? layer.kind.rawValue
      let words = [group.layers.count > 1 ? nil : kind, experiment.sizeSummary(of: group)].compactMap(\.self)
      let name = group.layers.count > 1 ? layer.name.sectionName : layer.name
      if let symbol = symbol(name, words.joined(separator: " "), .object, of: layer.facts, index) {
        symbols.append(symbol)
      }
    }
    for output in experiment.outputs {
      guard let name = output.facts.value(OutputKeys.name) else { continue }
      let loss = output.facts.value(OutputKeys.loss) ?? ""
      if let symbol = symbol(name, loss, .function, of: output.facts, index) { symbols.append(symbol) }
    }
    // A feature and the layer that it becomes stand at one place: the first of them is shown.
    var seen: Set<TextRange> = []
    return symbols.filter { seen.insert($0.selection).inserted }.sorted { $0.range < $1.range }
  }

  private func symbol(
    _ name: String,
    _ detail: String,
    _ kind: OutlineSymbol.Kind,
    of record: Record,
    _ index: Int
  ) -> OutlineSymbol? {
    // An output that nothing is written of has the whole document for its place.
    guard let location = record.location ?? record.container, location.source == index,
      !read.file.tree.documents.contains(where: { $0.range == location.range }),
      let selection = present(location.range)
    else { return nil }
    let container = record.container.flatMap { $0.source == index ? present($0.range) : nil } ?? selection
    let range = TextRange(
      start: min(container.start, selection.start),
      end: max(container.end, selection.end)
    )
    return OutlineSymbol(
      name: name.isEmpty ? "?" : name,
      detail: detail,
      kind: kind,
      range: range,
      selection: selection
    )
  }
}

extension Experiment {
  fileprivate var outlineName: String { about.value(ExperimentKeys.name) ?? dialect }
}

extension String {
  /// The part of a layer's name that it shares with the others of its section: `combiner` of `combiner/fc1`.
  fileprivate var sectionName: String {
    lastIndex(of: "/").map { String(self[..<$0]) } ?? self
  }
}
