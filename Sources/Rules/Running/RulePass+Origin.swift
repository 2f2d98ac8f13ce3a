import CLuaHost
import Experiment
import SourceText

extension RulePass {
  /// Answers `origin(record, key)` with a table; nil for a fact that is unknown.
  func origin(of key: String, record: Int) throws(RuleError) -> ByteWriter? {
    guard let fact = experiment.record(at: try path(record))?[name: key] else { return nil }
    var entries = OriginEntries()
    switch fact.origin {
    case .stated: entries.add("kind", "stated")
    case .default(let source):
      entries.add("kind", "default")
      entries.add("framework", source.framework)
      entries.add("since", source.since)
      entries.add("note", source.note)
    case .inferred(let from, _):
      entries.add("kind", "inferred")
      entries.add("from", from)
    }
    if let location = fact.origin.location, experiment.sources.indices.contains(location.source) {
      let source = experiment.sources[location.source]
      let (line, column) = source.displayPosition(at: location.range.start)
      entries.add("file", source.name)
      entries.add("line", line)
      entries.add("column", column)
    }
    return entries.finish()
  }
}

/// Writes the table that `origin` gives.
private struct OriginEntries: ~Copyable {
  private var writer = ByteWriter()
  private var count = 0
  private let place: Int

  init() {
    writer.put(EZ_LUA_RECORD)
    writer.put(id: -1)
    place = writer.putOpenCount()
  }

  mutating func add(_ key: String, _ text: String?) {
    guard let text else { return }
    writer.put(key: key)
    writer.put(text)
    count += 1
  }

  mutating func add(_ key: String, _ number: Int) {
    writer.put(key: key)
    writer.put(number)
    count += 1
  }

  consuming func finish() -> ByteWriter {
    writer.setCount(count, at: place)
    return writer
  }
}
