/// The place of a record in an experiment.
package struct RecordPath: Hashable, Sendable {
  /// The part of the experiment that holds the record.
  package enum Root: Hashable, Sendable {
    case about
    case input(Int)
    case layer(Int)
    case output(Int)
    case training
    case data
  }

  package var root: Root
  /// The keys that lead from the root's record to a nested one.
  package var nested: [String]

  package init(_ root: Root, nested: [String] = []) {
    self.root = root
    self.nested = nested
  }

  /// Returns the path of the record under a key of this one.
  package func appending(_ key: String) -> RecordPath {
    RecordPath(root, nested: nested + [key])
  }
}

extension RecordPath: CustomStringConvertible {
  /// The path as rules and `epochzero facts` write it: `layers[3].kernel_initializer`, counted from 1 as in Lua.
  package var description: String {
    let root =
      switch root {
      case .about: "experiment"
      case .input(let index): "inputs[\(index + 1)]"
      case .layer(let index): "layers[\(index + 1)]"
      case .output(let index): "outputs[\(index + 1)]"
      case .training: "training"
      case .data: "data"
      }
    return ([root] + nested).joined(separator: ".")
  }
}

/// A change of one fact: what a fix does, and what a dry run trains as the counterfactual.
package struct ExperimentEdit: Hashable, Sendable {
  package var record: RecordPath
  package var key: String
  package var value: FactValue

  package init(record: RecordPath, key: String, value: FactValue) {
    self.record = record
    self.key = key
    self.value = value
  }
}

extension Experiment {
  /// Returns the record at a path, or nil when there is none.
  package func record(at path: RecordPath) -> Record? {
    let root: Record? =
      switch path.root {
      case .about: about
      case .input(let index): inputs.indices.contains(index) ? inputs[index] : nil
      case .layer(let index): layers.indices.contains(index) ? layers[index].facts : nil
      case .output(let index): outputs.indices.contains(index) ? outputs[index].facts : nil
      case .training: training
      case .data: data
      }
    return path.nested.reduce(root) { record, key in record?[FactKey<Record>(key)]?.value }
  }
}
