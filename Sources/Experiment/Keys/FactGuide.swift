import SourceText

/// What a fact of the IR is, for people.
package struct FactGuide: Hashable, Sendable {
  /// The kinds of records, each with keys of its own.
  package enum Section: String, CaseIterable, Sendable {
    case experiment, input, output, target, training, search, optimizer, clip, schedule, data, layer, initializer
  }

  /// The name that rules and `epochzero facts` use.
  package var name: String
  /// What it is, in a sentence without a capital and a final period.
  package var summary: String
  /// What its number counts or its range, such as "examples" or "share from 0 to 1"; nil where there is none.
  package var unit: String?

  /// Returns the guide of a fact, or nil where a record of the section has none of the name.
  package static func named(_ name: String, in section: Section) -> FactGuide? {
    all(in: section).first { $0.name == name }
  }

  /// Returns the guide of a fact of an experiment, or nil where the record has none of the name.
  package static func of(_ name: String, at record: RecordPath) -> FactGuide? {
    section(of: record).flatMap { named(name, in: $0) }
  }

  /// Returns the guides of all facts that a record of the section may have.
  package static func all(in section: Section) -> [FactGuide] {
    TextTable(section.table).rows(separatedBy: "|").compactMap { cells in
      guard cells.count == 3 else { return nil }
      return FactGuide(name: cells[0], summary: cells[2], unit: cells[1].isEmpty ? nil : cells[1])
    }
  }

  /// The section of a record; nil for a mapping of records by name.
  package static func section(of record: RecordPath) -> Section? {
    switch (record.root, record.nested.first) {
    case (.about, _): .experiment
    case (.input, _): .input
    case (.output, "target"): .target
    case (.output, _): .output
    case (.layer, nil): .layer
    case (.layer, _): .initializer
    case (.training, "optimizer"): .optimizer
    case (.training, "schedule"): .schedule
    case (.training, "clip"): .clip
    case (.training, "search"): .search
    case (.training, _): .training
    case (.data, nil): .data
    case (.data, "columns"): record.nested.count > 1 ? .target : nil
    case (.data, _): .target
    }
  }
}
