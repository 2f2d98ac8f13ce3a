import Synchronization

/// Loaded rule plugins: those that passed their checks, and what was wrong with the others.
package struct RuleSet: Sendable {
  /// Why plugins could not be loaded.
  package let problems: [PluginProblem]
  /// The rules, sorted by id.
  let loaded: [LoadedRule]
  /// The state in which the plugins were loaded, for the first runner: to load them again takes longer than to run them.
  let spare: SpareState
  private let described: MetadataCache

  /// The metadata of the rules, sorted by id.
  package var rules: [RuleMetadata] { described.metadata(of: loaded) }

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
    var rules: [LoadedRule] = []
    rules.reserveCapacity(files.count)
    var problems: [PluginProblem] = []
    var texts = TextLoader()
    // The build sees to it that the rules that the program carries are sorted and have ids of their own.
    var needsLook = false
    for file in files {
      do throws(PluginProblem) {
        if purpose == .running, !needsLook, let carried = file.carried {
          rules.append(.carried(carried))
          continue
        }
        needsLook = true
        let rule: LoadedRule =
          if purpose == .running, let carried = file.carried { .carried(carried) } else {
            .read(ReadRule(try texts.load(file, locatingExamples: purpose == .describing), file))
          }
        let id = rule.metadata.id
        if let other = rules.first(where: { $0.metadata.id == id })?.metadata.path {
          let line = PluginOutline(file.bytes).line(of: "id")
          throw PluginProblem(path: file.path, line: line, message: "the id \"\(id)\" is taken by \(other)")
        }
        rules.append(rule)
      } catch {
        problems.append(error)
      }
    }
    if needsLook {
      let ids = rules.map(\.metadata.id)
      rules = rules.indices.sorted { ids[$0] < ids[$1] }.map { rules[$0] }
    }
    loaded = rules
    spare = SpareState(texts.loaded)
    described = MetadataCache()
    self.problems = problems
  }
}

extension RuleSet {
  /// Returns the rules with these ids as their texts describe them: with docs and examples, which rules that were loaded to be
  /// run may lack.
  package func described(_ ids: Set<String>) -> [RuleMetadata] {
    let files = loaded.filter { ids.contains($0.metadata.id) }.map(\.file)
    return RuleSet(loading: files, for: .describing).rules
  }
}

/// A rule of a set.
enum LoadedRule: Sendable {
  case read(ReadRule)
  case carried(CarriedPlugin)

  /// What it says of itself; made anew each time for a carried rule.
  var metadata: RuleMetadata {
    switch self {
    case .read(let rule): rule.metadata
    case .carried(let plugin): plugin.metadata
    }
  }

  /// The severity that it says itself.
  var severity: Severity {
    switch self {
    case .read(let rule): rule.metadata.severity
    case .carried(let plugin): plugin.row.severity
    }
  }

  /// The plugin.
  var file: PluginFile {
    switch self {
    case .read(let rule): rule.file
    case .carried(let plugin): PluginFile(carried: plugin)
    }
  }
}

/// A rule that was read from its text; a class, since what is said of a rule is large, and rules are passed around by the hundred.
final class ReadRule: Sendable {
  let metadata: RuleMetadata
  let file: PluginFile

  init(_ metadata: RuleMetadata, _ file: PluginFile) {
    self.metadata = metadata
    self.file = file
  }
}

/// What a set's rules say of themselves, made when it is first asked for: a run that finds nothing never asks.
private final class MetadataCache: Sendable {
  private let made = Mutex<[RuleMetadata]?>(nil)

  func metadata(of rules: [LoadedRule]) -> [RuleMetadata] {
    made.withLock { made in
      let metadata = made ?? rules.map(\.metadata)
      made = metadata
      return metadata
    }
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
