import SourceText

/// How places move from one text to an equal one that stands elsewhere in the same file, but for one part of another length.
package struct PlaceShift: Sendable {
  /// Places up to this offset move by `distanceBefore`, later ones by `distanceAfter`.
  package var pivot: Int
  package var distanceBefore: Int
  package var distanceAfter: Int

  package init(pivot: Int, distanceBefore: Int, distanceAfter: Int) {
    self.pivot = pivot
    self.distanceBefore = distanceBefore
    self.distanceAfter = distanceAfter
  }

  fileprivate func moved(_ location: SourceLocation) -> SourceLocation {
    let range = TextRange(start: moved(location.range.start), end: moved(location.range.end))
    return SourceLocation(source: location.source, range: range)
  }

  private func moved(_ offset: Int) -> Int {
    offset + (offset <= pivot ? distanceBefore : distanceAfter)
  }
}

extension Record {
  /// Returns the record with every place in it moved: the facts of an equal text that stands elsewhere.
  ///
  /// `room` says for how many facts more there shall be space.
  package func moved(by shift: PlaceShift, room: Int = 0) -> Record {
    var moved = Record(location: location.map(shift.moved), container: container.map(shift.moved))
    moved.entries = entries.withUnsafeBufferPointer { entries in
      Array(unsafeUninitializedCapacity: entries.count + room) { buffer, count in
        // Value and origin each by itself: to take the fact out would copy both before they are moved.
        for index in entries.indices {
          let fact = Fact(entries[index].fact.value.moved(by: shift), entries[index].fact.origin.moved(by: shift))
          buffer.initializeElement(at: index, to: Entry(name: entries[index].name, fact: fact))
        }
        count = entries.count
      }
    }
    return moved
  }
}

extension FactValue {
  fileprivate func moved(by shift: PlaceShift) -> FactValue {
    if case .record(let record) = self { .record(record.moved(by: shift)) } else { self }
  }
}

extension Origin {
  fileprivate func moved(by shift: PlaceShift) -> Origin {
    switch self {
    case .stated(let location): .stated(shift.moved(location))
    case .default: self
    case .inferred(let basis, let location): .inferred(from: basis, at: location.map(shift.moved))
    }
  }
}
