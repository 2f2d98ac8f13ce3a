import CLuaHost
import Experiment

/// Writes the stream of values that the shim turns into read-only Lua tables.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func reserve(_ count: Int) {
    bytes.reserveCapacity(count)
  }

  mutating func put(_ tag: ez_lua_tag) {
    bytes.append(tag.rawValue)
  }

  mutating func put(count: Int) {
    putBytes(of: UInt32(truncatingIfNeeded: count))
  }

  mutating func put(id: Int) {
    putBytes(of: Int64(id))
  }

  /// Puts a string without a tag, as keys are.
  mutating func put(key: String) {
    put(count: key.utf8.count)
    bytes.append(contentsOf: key.utf8)
  }

  mutating func put(_ value: Bool) {
    put(value ? EZ_LUA_TRUE : EZ_LUA_FALSE)
  }

  mutating func put(_ value: Int) {
    put(EZ_LUA_INTEGER)
    putBytes(of: Int64(value))
  }

  mutating func put(_ value: Double) {
    put(EZ_LUA_NUMBER)
    putBytes(of: value)
  }

  mutating func put(_ value: String) {
    put(EZ_LUA_STRING)
    put(key: value)
  }

  /// Puts a count that is not known yet, and returns its place for ``setCount(_:at:)``.
  mutating func putOpenCount() -> Int {
    put(count: 0)
    return bytes.count - MemoryLayout<UInt32>.size
  }

  mutating func setCount(_ count: Int, at place: Int) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: count)) { source in
      for (offset, byte) in source.enumerated() { bytes[place + offset] = byte }
    }
  }

  private mutating func putBytes(of value: some BitwiseCopyable) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}

extension ByteWriter {
  /// Puts a plain value; one that is not known is `false` in a list, since a Lua list cannot hold nil.
  mutating func put(element value: FactValue) {
    switch value {
    case .boolean(let value): put(value)
    case .integer(let value): put(value)
    case .number(let value): put(value)
    case .text(let value): put(value)
    case .list(let elements):
      put(EZ_LUA_LIST)
      put(count: elements.count)
      for element in elements { put(element: element) }
    case .unknown, .deferred, .record: put(false)
    }
  }
}
