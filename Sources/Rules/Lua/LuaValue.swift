import CLuaHost

/// A value that Lua handed over.
enum LuaValue {
  case nothing
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case table(LuaTable)
  case function
  /// A read-only table of the experiment, by the id it was made with.
  case reference(Int)

  /// What a message calls a value of this type.
  var typeName: String {
    switch self {
    case .nothing: "nil"
    case .boolean: "a boolean"
    case .integer, .number: "a number"
    case .string: "a string"
    case .table: "a table"
    case .function: "a function"
    case .reference: "a record"
    }
  }

  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  var table: LuaTable? {
    if case .table(let value) = self { value } else { nil }
  }
}

/// A table that Lua handed over, split into what it holds by name and what by number.
struct LuaTable {
  private(set) var fields: [(name: String, value: LuaValue)] = []
  private(set) var elements: [(index: Int, value: LuaValue)] = []
  /// Whether it has keys that are neither strings nor integers.
  private(set) var hasOtherKeys = false

  /// The value under a name; nil when there is none.
  subscript(name: String) -> LuaValue? {
    fields.first { $0.name == name }?.value
  }

  /// The value under a number.
  subscript(index: Int) -> LuaValue? {
    elements.first { $0.index == index }?.value
  }

  /// The values 1 to n when the table holds nothing else, else nil.
  var list: [LuaValue]? {
    guard fields.isEmpty, !hasOtherKeys else { return nil }
    let sorted = elements.sorted { $0.index < $1.index }
    guard sorted.indices.allSatisfy({ sorted[$0].index == $0 + 1 }) else { return nil }
    return sorted.map(\.value)
  }

  /// The names, sorted: Lua's own order differs from run to run.
  var names: [String] { fields.map(\.name).sorted() }

  fileprivate mutating func insert(_ value: LuaValue, at key: LuaValue) {
    switch key {
    case .string(let name): fields.append((name, value))
    case .integer(let index): elements.append((index, value))
    default: hasOtherKeys = true
    }
  }
}

/// Reads the stream that the shim writes; what is cut off or unknown reads as nothing.
struct LuaValueReader {
  private var rest: Slice<UnsafeRawBufferPointer>

  init(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes[...]
  }

  mutating func value() -> LuaValue {
    guard let tag = rest.popFirst() else { return .nothing }
    switch ez_lua_tag(rawValue: tag) {
    case EZ_LUA_FALSE: return .boolean(false)
    case EZ_LUA_TRUE: return .boolean(true)
    case EZ_LUA_INTEGER: return .integer(Int(take(Int64.self) ?? 0))
    case EZ_LUA_NUMBER: return .number(take(Double.self) ?? 0)
    case EZ_LUA_STRING:
      let count = Int(take(UInt32.self) ?? 0)
      defer { rest = rest.dropFirst(count) }
      return .string(String(decoding: rest.prefix(count), as: UTF8.self))
    case EZ_LUA_FUNCTION: return .function
    case EZ_LUA_REFERENCE: return .reference(Int(take(Int64.self) ?? -1))
    case EZ_LUA_TABLE:
      var table = LuaTable()
      for _ in 0..<(take(UInt32.self) ?? 0) {
        let key = value()
        table.insert(value(), at: key)
      }
      return .table(table)
    default: return .nothing
    }
  }

  private mutating func take<Value: BitwiseCopyable>(_ type: Value.Type) -> Value? {
    let size = MemoryLayout<Value>.size
    guard rest.count >= size else { return nil }
    defer { rest = rest.dropFirst(size) }
    return UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: Value.self)
  }
}
