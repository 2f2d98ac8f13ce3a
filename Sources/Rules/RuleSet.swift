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
    var rules: [RuleMetadata] = []
    var sources: [PluginFile] = []
    rules.reserveCapacity(files.count)
    sources.reserveCapacity(files.count)
    var problems: [PluginProblem] = []
    var texts = TextLoader()
    // The build sees to it that the rules that the program carries are sorted and have ids of their own.
    var needsLook = false
    for file in files {
      do throws(PluginProblem) {
        let rule =
          if purpose == .running, let carried = file.carried { carried.metadata } else {
            try texts.load(file, locatingExamples: purpose == .describing)
          }
        needsLook = needsLook || file.carried == nil
        if needsLook, let other = rules.first(where: { $0.id == rule.id })?.path {
          let line = PluginOutline(file.bytes).line(of: "id")
          throw PluginProblem(path: file.path, line: line, message: "the id \"\(rule.id)\" is taken by \(other)")
        }
        rules.append(rule)
        sources.append(file)
      } catch {
        problems.append(error)
      }
    }
    if needsLook {
      let order = rules.indices.sorted { rules[$0].id < rules[$1].id }
      rules = order.map { rules[$0] }
      sources = order.map { sources[$0] }
    }
    self.rules = rules
    self.sources = sources
    spare = SpareState(texts.loaded)
    self.problems = problems
  }
}

extension RuleSet {
  /// Returns the rules with these ids as their texts describe them: with docs and examples, which rules that were loaded to be
  /// run may lack.
  package func described(_ ids: Set<String>) -> [RuleMetadata] {
    let files = zip(rules, sources).compactMap { ids.contains($0.id) ? $1 : nil }
    return RuleSet(loading: files, for: .describing).rules
  }
}

/// Loads plugins from their texts into one state.
private struct TextLoader {
  private(set) var loaded: SpareState.Loaded?

  /// Loads one plugin and checks what it says of itself.
  mutating func load(_ file: PluginFile, locatingExamples: Bool) throws(PluginProblem) -> RuleMetadata {
    if loaded == nil { loaded = LuaHost().map { SpareState.Loaded(host: $0) } }
    guard let host = loaded?.host else {
      throw PluginProblem(path: file.path, line: nil, message: "there is no memory for Lua")
    }
    let plugin: LuaHost.LoadedPlugin
    do throws(LuaHost.Failure) {
      plugin = try host.load(file)
    } catch {
      throw PluginProblem(path: file.path, line: error.line, message: error.message)
    }
    let reader = MetadataReader(path: file.path, table: plugin.table) { PluginOutline(file.bytes) }
    let metadata = try reader.read(hasCheck: plugin.check != nil, locatingExamples: locatingExamples)
    loaded?.checks[file.path] = plugin.check
    return metadata
  }
}

/// A state with the rules of a set that were loaded from their texts, which one runner may take for its own.
final class SpareState: Sendable {
  /// The state with the rules' checks by path.
  struct Loaded {
    let host: LuaHost
    var checks: [String: LuaHost.Handle] = [:]
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
  /// Loads a plugin from its text.
  func load(_ file: PluginFile) throws(Failure) -> LoadedPlugin {
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
