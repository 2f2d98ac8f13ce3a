import Synchronization

/// Loaded rule plugins: those that passed their checks, and what was wrong with the others.
package struct RuleSet: Sendable {
  /// The metadata of the rules, sorted by id.
  package let rules: [RuleMetadata]
  /// Why plugins could not be loaded.
  package let problems: [PluginProblem]
  /// The plugins' texts, in step with `rules`.
  let sources: [PluginFile]
  /// The state in which the plugins were loaded, for the first runner: to load them again takes longer than to run them.
  let spare: SpareState

  /// What rules are loaded for.
  package enum Purpose: Sendable {
    /// To be run: rules that the program carries are loaded as the build compiled them, without docs and examples.
    case running
    /// To be described and tested: all is read from the texts, with the lines of the examples.
    case describing
  }

  /// Loads plugins.
  ///
  /// Each stands for itself: a broken one is a problem, the others load.
  package init(loading files: [PluginFile], for purpose: Purpose = .running) {
    var loaded: [(rule: RuleMetadata, source: PluginFile, check: LuaHost.Handle)] = []
    var problems: [PluginProblem] = []
    var paths: [String: String] = [:]
    let host = LuaHost()
    for file in files {
      do throws(PluginProblem) {
        let (rule, check) = try Self.load(file, host, purpose)
        if let other = paths[rule.id] {
          let line = PluginOutline(file.bytes).line(of: "id")
          throw PluginProblem(path: file.path, line: line, message: "the id \"\(rule.id)\" is taken by \(other)")
        }
        paths[rule.id] = file.path
        loaded.append((rule, file, check))
      } catch {
        problems.append(error)
      }
    }
    loaded.sort { $0.rule.id < $1.rule.id }
    rules = loaded.map(\.rule)
    sources = loaded.map(\.source)
    spare = SpareState(host.map { SpareState.Loaded(host: $0, checks: loaded.map(\.check)) })
    self.problems = problems
  }

  /// Loads one plugin into a state and checks what it says of itself.
  private static func load(
    _ file: PluginFile,
    _ host: LuaHost?,
    _ purpose: Purpose
  ) throws(PluginProblem) -> (metadata: RuleMetadata, check: LuaHost.Handle) {
    guard let host else { throw PluginProblem(path: file.path, line: nil, message: "there is no memory for Lua") }
    let compiled = purpose == .running ? file.compiled : nil
    let loaded: LuaHost.LoadedPlugin
    do throws(LuaHost.Failure) {
      loaded = try host.load(file, compiled: compiled)
    } catch {
      throw PluginProblem(path: file.path, line: error.line, message: error.message)
    }
    let reader = MetadataReader(path: file.path, table: loaded.table) { PluginOutline(file.bytes) }
    guard let check = loaded.check else { throw reader.missingCheck }
    let parts: MetadataReader.Parts = compiled != nil ? .settings : purpose == .running ? .all : .allWithLines
    return (try reader.read(parts), check)
  }
}

/// A state with all rules of a set loaded, which one runner may take for its own.
final class SpareState: Sendable {
  /// The state with the rules' checks, in step with ``RuleSet/rules``.
  struct Loaded {
    let host: LuaHost
    let checks: [LuaHost.Handle]
  }

  private let loaded: Mutex<Loaded?>

  init(_ loaded: sending Loaded?) {
    self.loaded = Mutex(loaded)
  }

  /// Returns the state to the first who asks; it belongs to them alone.
  func take() -> sending Loaded? {
    loaded.withLock { loaded in
      let taken = loaded
      loaded = nil
      return taken
    }
  }
}

extension LuaHost {
  /// Loads a plugin, from its compiled form where one is given.
  func load(_ file: PluginFile, compiled: CompiledPlugin?) throws(Failure) -> LoadedPlugin {
    if let compiled { return try load(compiled: compiled) }
    let bytes = file.bytes
    guard bytes.count <= Self.sizeLimit else {
      throw Failure(
        line: nil,
        message: "a rule file may have at most \(Self.sizeLimit) bytes, this one has \(bytes.count)"
      )
    }
    return try load(bytes)
  }

  /// Lua's compiler needs time that grows with the square of a file's size in the worst case.
  private static let sizeLimit = 1 << 16
}
