package import ConfigSyntax
package import Experiment
import SourceText

/// Reads the definition of a mapped dialect, and notes what is wrong with it.
struct DefinitionReader {
  private let document: SyntaxNode
  var definition = DialectDefinition()
  var problems: [Problem] = []
  var factTypes = FactTypes()

  /// Returns the bundled dialect of a name, whose keys another one may take over.
  private let bases: (String) -> DialectDefinition?

  init(_ document: SyntaxNode, bases: @escaping (String) -> DialectDefinition? = { _ in nil }) {
    self.document = document
    self.bases = bases
  }

  /// Reads the whole definition.
  mutating func read() {
    guard document.kind == .mapping else {
      return note(.wrongType, "a dialect must be a mapping, not \(document.typeDescription)", at: document)
    }
    var reader = KeyReader(document, source: 0, subject: "the dialect")
    readHead(&reader)
    let base = readBase(&reader)
    if let node = reader.value("recognize") {
      definition.recognition.marks = marks(node)
    } else {
      reader.note(.missingKey, "a dialect needs \"recognize\", or no file is ever known by it", at: document)
    }
    readPlaces(&reader)
    if let keys = mapping(reader.value("keys"), "keys") {
      for member in keys.members { readKey(member) }
    }
    if let facts = mapping(reader.value("facts"), "facts") {
      for member in facts.members { readFact(member) }
    }
    for element in elements(reader.value("layers"), "layers") {
      if let layer = layer(element) { definition.layers.append(layer) }
    }
    for element in elements(reader.value("checks"), "checks") { readCheck(element) }
    definition.complete = paths(reader.value("complete"))
    if let base { definition.takeOver(base) }
    reader.finish(into: &problems)
  }

  private mutating func readBase(_ reader: inout KeyReader) -> DialectDefinition? {
    guard let node = reader.value("extends"), let name = node.text else { return nil }
    let base = bases(name)
    if base == nil { note(.invalidValue, "there is no bundled dialect \"\(name)\"", at: node) }
    definition.sources += base?.sources ?? []
    return base
  }

  // MARK: - Parts

  private mutating func readHead(_ reader: inout KeyReader) {
    if let version = reader.value("dialect") {
      if version.integer != DialectDefinition.formatVersion {
        note(
          .invalidValue,
          "version \(version.text ?? "") of the format of dialects is not known; this is 1",
          at: version
        )
      }
    } else {
      note(.missingKey, "a dialect begins with \"dialect: \(DialectDefinition.formatVersion)\"", at: document)
    }
    if let name = reader.read(String.self, "name") {
      definition.name = name.value
      let isWord = name.value.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
      if !isWord || name.value.isEmpty, let node = reader.value("name") {
        note(.invalidValue, "\"\(name.value)\" is no name of a dialect: letters, digits, \"_\" and \"-\"", at: node)
      }
    } else {
      note(.missingKey, "a dialect needs a \"name\"", at: document)
    }
    definition.title = reader.read(String.self, "title")?.value ?? definition.name
    definition.summary = reader.read(String.self, "summary")?.value
    let formats = words(reader.value("formats")).compactMap { word, node -> ConfigFormat? in
      let format = ConfigFormat(rawValue: word)
      if format == nil { note(.invalidValue, "\"\(word)\" is no format that is read", at: node) }
      return format
    }
    if !formats.isEmpty { definition.recognition.formats = Set(formats) }
    if let sources = mapping(reader.value("sources"), "sources") {
      for member in sources.members { readSource(member) }
    }
  }

  private mutating func readSource(_ member: SyntaxNode.Member) {
    var reader = KeyReader(member.value, source: 0, subject: "source \"\(member.name)\"")
    let package = reader.read(String.self, "package")?.value
    let version = reader.value("version")?.text
    let repository = reader.read(String.self, "repository")?.value
    let commit = reader.value("commit")?.text
    reader.finish(into: &problems)
    switch (package, repository) {
    case (let package?, _): definition.sources.append(.init(name: member.name, text: "\(package) \(version ?? "")"))
    case (_, let repository?):
      definition.sources.append(.init(name: member.name, text: "\(repository) at \(commit?.prefix(8) ?? "")"))
    default: note(.missingKey, "source \"\(member.name)\" needs \"package\" or \"repository\"", at: member.key)
    }
  }

  private mutating func readPlaces(_ reader: inout KeyReader) {
    if let node = reader.value("experiments") {
      if node.kind == .mapping {
        var experiments = KeyReader(node, source: 0, subject: "\"experiments\"")
        definition.experiments = paths(experiments.value("at"))
        definition.excepted = Set(words(experiments.value("except")).map(\.word))
        experiments.finish(into: &problems)
      } else {
        definition.experiments = paths(node)
      }
    }
    for element in elements(reader.value("inherits"), "inherits") {
      var inheritance = KeyReader(element, source: 0, subject: "\"inherits\"")
      if let place = inheritance.value("place"), let path = path(place) {
        definition.inherits.append(.place(path))
      } else if let file = inheritance.value("file"), let path = path(file) {
        definition.inherits.append(.file(path))
      } else {
        note(.missingKey, "\"inherits\" takes mappings with \"place\" or \"file\"", at: element)
      }
      inheritance.finish(into: &problems)
    }
    for (word, node) in words(reader.value("interpolation")) {
      guard let interpolation = DialectDefinition.Interpolation(rawValue: word) else {
        note(.invalidValue, "\"\(word)\" is no way to refer to a value: \"dollar\" and \"ref\" are", at: node)
        continue
      }
      definition.interpolations.insert(interpolation)
    }
    if let fact = reader.read(String.self, "reader"), let node = reader.value("reader") {
      definition.readsYAML11 = fact.value == "yaml-1.1"
      if !["yaml-1.1", "yaml-1.2"].contains(fact.value) {
        note(.invalidValue, "\"reader\" is \"yaml-1.1\" or \"yaml-1.2\"", at: node)
      }
    }
    definition.version = reader.value("version").flatMap { path($0) }
  }

  /// Reads the marks by which documents are known.
  mutating func marks(_ node: SyntaxNode) -> [MappedRecognition.Mark] {
    elements(node, "recognize").map { element in
      var reader = KeyReader(element, source: 0, subject: "a mark of \"recognize\"")
      var mark = MappedRecognition.Mark()
      mark.all = paths(reader.value("all"))
      mark.any = paths(reader.value("any"))
      mark.none = paths(reader.value("none"))
      for member in mapping(reader.value("equal"), "equal")?.members ?? [] {
        guard let path = path(member.key) else { continue }
        mark.equal.append((path, values(member.value)))
      }
      for member in mapping(reader.value("kinds"), "kinds")?.members ?? [] {
        guard let path = path(member.key) else { continue }
        if let type = member.value.text.flatMap(MappedRecognition.NodeType.init) {
          mark.kinds.append((path, type))
        } else {
          noteWord(member.value, MappedRecognition.NodeType.allCases.map(\.rawValue))
        }
      }
      mark.files = words(reader.value("files")).map(\.word)
      switch reader.read(String.self, "sure")?.value {
      case nil, "certain"?: break
      case "likely"?: mark.certainty = .likely
      default: if let node = reader.value("sure") { noteWord(node, ["certain", "likely"]) }
      }
      reader.finish(into: &problems)
      return mark
    }
  }

  // MARK: - Small parts

  /// Returns the elements of a list of mappings; a single mapping is a list of one.
  mutating func elements(_ node: SyntaxNode?, _ name: String) -> [SyntaxNode] {
    guard let node else { return [] }
    let elements = node.kind == .sequence ? node.elements : [node]
    return elements.filter { element in
      if element.kind != .mapping {
        note(.wrongType, "\"\(name)\" holds mappings, not \(element.typeDescription)", at: element)
      }
      return element.kind == .mapping
    }
  }

  mutating func mapping(_ node: SyntaxNode?, _ name: String) -> SyntaxNode? {
    guard let node else { return nil }
    if node.kind != .mapping {
      note(.wrongType, "\"\(name)\" must be a mapping, not \(node.typeDescription)", at: node)
    }
    return node.kind == .mapping ? node : nil
  }

  /// Returns a path, and notes one that is none.
  mutating func path(_ node: SyntaxNode) -> MappedPath? {
    guard let text = node.text else {
      note(.wrongType, "a path is a text such as \"training.lr\", not \(node.typeDescription)", at: node)
      return nil
    }
    let path = MappedPath(text)
    if path == nil {
      note(.invalidValue, "\"\(text)\" is no path: keys with points between them, as in \"training.lr\"", at: node)
    }
    return path
  }

  mutating func paths(_ node: SyntaxNode?) -> [MappedPath] {
    guard let node else { return [] }
    return (node.kind == .sequence ? node.elements : [node]).compactMap { path($0) }
  }

  /// Returns the texts of a list; a single one is a list of one.
  func words(_ node: SyntaxNode?) -> [(word: String, node: SyntaxNode)] {
    guard let node else { return [] }
    return (node.kind == .sequence ? node.elements : [node]).compactMap { node in node.text.map { ($0, node) } }
  }

  /// Returns the values of a list; a single one is a list of one.
  func values(_ node: SyntaxNode) -> [FactValue] {
    (node.kind == .sequence ? node.elements : [node]).map { FactValue($0, source: 0) }
  }

  mutating func note(_ kind: Problem.Kind, _ message: String, at node: SyntaxNode, help: String? = nil) {
    problems.append(Problem(kind: kind, message: message, location: node.location(source: 0), help: help))
  }

  mutating func noteWord(_ node: SyntaxNode, _ allowed: [String]) {
    let written = node.text ?? node.typeDescription
    let nearest = Spelling.nearest(to: written, among: allowed).map { "did you mean \"\($0)\"?" }
    let list = allowed.map { "\"\($0)\"" }.joined(separator: ", ")
    note(.invalidValue, "\"\(written)\" is not known here", at: node, help: nearest ?? "one of \(list)")
  }
}

extension DialectDefinition {
  /// Reads a definition.
  ///
  /// - Returns: What could be read, and what is wrong with the rest; places are in the document's source.
  package static func read(_ document: SyntaxNode) -> (definition: DialectDefinition, problems: [Problem]) {
    var reader = DefinitionReader(document) { name in
      // A dialect that extends itself, or one that extends it, would never be read.
      MappedDialect.bundled.first { $0.name == name && document.tree.source.name != MappedDialect.file(of: name) }?
        .definition
    }
    reader.read()
    return (reader.definition, reader.problems)
  }

  /// Adds the keys and facts of another dialect that this one does not say itself.
  mutating func takeOver(_ base: DialectDefinition) {
    for key in base.keys where keyPositions[key.path] == nil {
      for path in [key.path] + key.aliases where keyPositions[path] == nil { keyPositions[path] = keys.count }
      keys.append(key)
    }
    for fact in base.facts where !facts.contains(where: { $0.target == fact.target }) { facts.append(fact) }
  }

  /// Reads the marks of a definition alone, which is all that is needed of a dialect that does not know a document.
  static func recognition(_ document: SyntaxNode) -> MappedRecognition {
    var reader = DefinitionReader(document)
    var recognition = MappedRecognition()
    if let node = document["recognize"] { recognition.marks = reader.marks(node) }
    let formats = reader.words(document["formats"]).compactMap { ConfigFormat(rawValue: $0.word) }
    if !formats.isEmpty { recognition.formats = Set(formats) }
    return recognition
  }
}
