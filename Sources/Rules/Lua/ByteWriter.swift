import CLuaHost
import Experiment

/// Writes the stream of values that the shim turns into read-only Lua tables.
///
/// The bytes have one owner and no header: a large model has some hundred thousand values, each a few bytes.
struct ByteWriter: ~Copyable {
  private(set) var count = 0
  private var storage: UnsafeMutableRawPointer
  private var capacity: Int

  /// Makes a writer with room for some bytes, which grows.
  init(capacity: Int = 256) {
    storage = .allocate(byteCount: capacity, alignment: 8)
    self.capacity = capacity
  }

  deinit {
    storage.deallocate()
  }

  mutating func put(_ tag: ez_lua_tag) {
    putBytes(of: tag.rawValue)
  }

  mutating func put(count: Int) {
    putBytes(of: UInt32(truncatingIfNeeded: count))
  }

  mutating func put(id: Int) {
    putBytes(of: Int64(id))
  }

  /// Puts a string without a tag, as keys are.
  mutating func put(key: String) {
    var key = key
    key.withUTF8 { text in
      put(count: text.count)
      reserve(text.count)
      if let start = text.baseAddress { (storage + count).copyMemory(from: start, byteCount: text.count) }
      count += text.count
    }
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
    return count - MemoryLayout<UInt32>.size
  }

  mutating func setCount(_ count: Int, at place: Int) {
    storage.storeBytes(of: UInt32(truncatingIfNeeded: count), toByteOffset: place, as: UInt32.self)
  }

  /// Sets the count at a place to the number of bytes that were put behind it.
  mutating func setSize(at place: Int) {
    setCount(count - place - MemoryLayout<UInt32>.size, at: place)
  }

  /// Calls the closure with what was written.
  borrowing func withBytes<Result, Failure>(_ body: (ez_lua_bytes) throws(Failure) -> Result) throws(Failure) -> Result
  {
    try body(ez_lua_bytes(bytes: storage.assumingMemoryBound(to: UInt8.self), count: count))
  }

  // MARK: - Private

  @inline(__always)
  private mutating func putBytes(of value: some BitwiseCopyable) {
    let size = MemoryLayout.size(ofValue: value)
    reserve(size)
    storage.storeBytes(of: value, toByteOffset: count, as: type(of: value))
    count += size
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if more > capacity - count { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = 2 * capacity + more
    let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    grown.copyMemory(from: storage, byteCount: count)
    storage.deallocate()
    storage = grown
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
