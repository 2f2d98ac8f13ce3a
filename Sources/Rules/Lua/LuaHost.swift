import CLuaHost

/// A Lua state behind the shim, not to be shared between tasks.
///
/// A class, since callbacks get its address and a state must be closed once.
final class LuaHost {
  /// What a plugin may use while it loads or runs.
  struct Limits {
    /// Lua instructions, with work inside library functions and allocated bytes counted in; a million takes some 8 ms.
    var steps: Int
    /// Bytes on top of what the state holds already.
    var memory: Int

    /// Enough for the file itself, which only builds a table.
    static let loading = Limits(steps: 100_000, memory: 2 << 20)

    /// Grows with the experiment: a rule may look at every layer often, and at each pair of layers once.
    static func checking(layers: Int) -> Limits {
      let count = min(layers, 1000)
      return Limits(steps: 500_000 + 2_000 * count + 8 * count * count, memory: 2 << 20)
    }

    /// The thread's own time after which a run ends, however few its steps: 40 ms and twice what the steps take.
    fileprivate var raw: ez_lua_limits {
      ez_lua_limits(steps: Int64(steps), nanoseconds: 40_000_000 + 20 * Int64(steps), memory: memory)
    }
  }

  /// A failure inside Lua.
  struct Failure: Error {
    /// The one-based line in the plugin, where Lua tells one.
    var line: Int?
    var message: String
  }

  /// A value that the state keeps, such as a plugin's `check`.
  struct Handle {
    fileprivate let number: Int32
  }

  private let state: OpaquePointer

  /// Makes a state; nil when there is no memory.
  init?() {
    guard let state = ez_lua_create() else { return nil }
    self.state = state
  }

  deinit {
    ez_lua_destroy(state)
  }

  /// A plugin that was loaded: its table, with its `check` where it has one.
  typealias LoadedPlugin = (table: LuaTable, check: Handle?)

  /// Loads a plugin from its text.
  func load(_ source: [UInt8]) throws(Failure) -> LoadedPlugin {
    var rule: Int32 = 0
    let result = source.withUnsafeBufferPointer { source in
      // Lua itself takes no byte-order mark.
      let source = UnsafeBufferPointer(
        rebasing: source.starts(with: [0xEF, 0xBB, 0xBF]) ? source.dropFirst(3) : source[...]
      )
      return ez_lua_load(state, ez_lua_bytes(bytes: source.baseAddress, count: source.count), .loading, &rule)
    }
    return try plugin(result, rule)
  }

  /// Loads a carried plugin from its code and returns its `check`.
  func load(_ plugin: CarriedPlugin) throws(Failure) -> Handle {
    var rule: Int32 = 0
    try check(plugin.withCode { ez_lua_load_compiled(state, ez_lua_bytes($0), .loading, &rule) })
    guard rule != 0 else { throw Failure(line: nil, message: "\"check\" is missing") }
    return Handle(number: rule)
  }

  /// Compiles a plugin's text to the bytes of its code.
  func compile(_ source: [UInt8]) throws(Failure) -> [UInt8] {
    let result = source.withUnsafeBufferPointer { source in
      ez_lua_compile(state, ez_lua_bytes(bytes: source.baseAddress, count: source.count))
    }
    try check(result)
    return Array(UnsafeBufferPointer(start: result.bytes.bytes, count: result.bytes.count))
  }

  /// Keeps a stream's value.
  ///
  /// A graph's stream must not end before its handle is released: its layers are read from it when rules look at them.
  func store(_ stream: borrowing ByteWriter) throws(Failure) -> Handle {
    var handle: Int32 = 0
    let result = stream.withBytes { ez_lua_store(state, $0, &handle) }
    try check(result)
    return Handle(number: handle)
  }

  /// Keeps the options of a carried plugin, which settings say nothing of.
  func storeOptions(of plugin: CarriedPlugin) throws(Failure) -> Handle {
    var handle: Int32 = 0
    try check(plugin.withOptions { ez_lua_store(state, ez_lua_bytes($0), &handle) })
    return Handle(number: handle)
  }

  /// Lets go of a value.
  func release(_ handle: Handle) {
    ez_lua_release(state, handle.number)
  }

  /// Frees what earlier runs left, when it is much.
  func collect() {
    ez_lua_collect(state)
  }

  /// Calls a plugin's `check`; `receiver` gets what it reports and asks.
  func run(
    _ rule: Handle,
    experiment: Handle,
    options: Handle,
    limits: Limits,
    receiver: any LuaReceiver
  ) throws(Failure) {
    let box = ReceiverBox(receiver)
    let result = withExtendedLifetime(box) {
      var callbacks = ez_lua_callbacks(
        context: Unmanaged.passUnretained(box).toOpaque(),
        report: { host, context, report in
          ReceiverBox.answer(host, context) { receiver throws(RuleError) in
            var reader = LuaValueReader(UnsafeRawBufferPointer(start: report.bytes, count: report.count))
            try receiver.report(reader.value())
            return nil
          }
        },
        origin: { host, context, record, key in
          ReceiverBox.answer(host, context) { receiver throws(RuleError) in
            let key = String(decoding: UnsafeBufferPointer(start: key.bytes, count: key.count), as: UTF8.self)
            return try receiver.origin(of: key, record: Int(record))
          }
        }
      )
      return ez_lua_check(state, rule.number, experiment.number, options.number, limits.raw, &callbacks)
    }
    try check(result)
  }

  // MARK: - Private

  private func plugin(_ result: ez_lua_result, _ rule: Int32) throws(Failure) -> LoadedPlugin {
    guard case .table(let table) = try value(of: result) else {
      throw Failure(line: nil, message: "a rule file must return a table")
    }
    return (table, rule == 0 ? nil : Handle(number: rule))
  }

  private func check(_ result: ez_lua_result) throws(Failure) {
    guard !result.ok else { return }
    let text = String(
      decoding: UnsafeBufferPointer(start: result.bytes.bytes, count: result.bytes.count),
      as: UTF8.self
    )
    throw Failure(
      line: result.line > 0 ? Int(result.line) : nil,
      message: PlainText.line(text, limit: PlainText.messageLimit)
    )
  }

  private func value(of result: ez_lua_result) throws(Failure) -> LuaValue {
    try check(result)
    var reader = LuaValueReader(UnsafeRawBufferPointer(start: result.bytes.bytes, count: result.bytes.count))
    return reader.value()
  }
}

/// A mistake in what a rule gives, raised as a Lua error at the line that gave it.
struct RuleError: Error {
  var message: String

  init(_ message: String) {
    self.message = message
  }
}

/// What a running check talks to.
protocol LuaReceiver: AnyObject {
  /// Takes the argument of `report`.
  func report(_ value: LuaValue) throws(RuleError)
  /// Answers `origin(record, key)`; nil when nothing is known.
  func origin(of key: String, record: Int) throws(RuleError) -> ByteWriter?
}

/// Carries a receiver through C.
private final class ReceiverBox {
  let receiver: any LuaReceiver

  init(_ receiver: any LuaReceiver) {
    self.receiver = receiver
  }

  /// Runs a callback: its stream, or its error's text, becomes the reply.
  ///
  /// No Lua runs until it has returned.
  static func answer(
    _ host: OpaquePointer,
    _ context: UnsafeMutableRawPointer?,
    _ body: (any LuaReceiver) throws(RuleError) -> ByteWriter?
  ) -> Bool {
    guard let context else { return false }
    let receiver = Unmanaged<ReceiverBox>.fromOpaque(context).takeUnretainedValue().receiver
    do throws(RuleError) {
      if let reply = try body(receiver) {
        reply.withBytes { ez_lua_reply(host, $0) }
      } else {
        withUnsafePointer(to: EZ_LUA_NIL.rawValue) { ez_lua_reply(host, ez_lua_bytes(bytes: $0, count: 1)) }
      }
      return true
    } catch {
      var message = error.message
      message.withUTF8 { ez_lua_reply(host, ez_lua_bytes(bytes: $0.baseAddress, count: $0.count)) }
      return false
    }
  }
}

extension ez_lua_bytes {
  fileprivate init(_ bytes: UnsafeRawBufferPointer) {
    self.init(bytes: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
  }
}

extension ez_lua_limits {
  fileprivate static var loading: ez_lua_limits { LuaHost.Limits.loading.raw }
}
