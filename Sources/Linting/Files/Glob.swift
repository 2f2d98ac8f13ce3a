/// A pattern for paths: `*` and `?` within a name, `**` across names, `[a-z]` and `{json,yaml}`.
package struct Glob: Hashable, Sendable {
  /// The alternatives that the braces give, each as names.
  private let alternatives: [[String]]

  /// How many alternatives the braces of one pattern may give; more are left out.
  private static let alternativeLimit = 1024

  /// Makes the pattern for normalised paths.
  package init(_ pattern: String) {
    alternatives = Self.expandingBraces(pattern).map { $0.split(separator: "/").map(String.init) }
  }

  /// Returns whether the text has one of the signs that make it a pattern.
  package static func isPattern(_ text: String) -> Bool {
    text.contains { "*?[{".contains($0) }
  }

  /// Returns whether the pattern matches the whole path.
  ///
  /// As in a shell, `*` and `**` do not match a name that starts with a dot.
  package func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/")
    return alternatives.contains { Self.matches($0[...], names[...]) }
  }

  /// Returns the part of a pattern before the first name with a sign: the folder to search from, empty for none.
  package static func literalPrefix(of pattern: String) -> String {
    var names: [Substring] = []
    for name in pattern.split(separator: "/", omittingEmptySubsequences: false) {
      if isPattern(String(name)) { break }
      names.append(name)
    }
    let prefix = names.joined(separator: "/")
    return prefix.isEmpty && FilePath.isAbsolute(pattern) ? "/" : prefix
  }

  // MARK: - Private

  private static func matches(_ patterns: ArraySlice<String>, _ names: ArraySlice<Substring>) -> Bool {
    guard let pattern = patterns.first else { return names.isEmpty }
    if pattern == "**" {
      let rest = patterns.dropFirst()
      if rest.first == "**" { return matches(rest, names) }
      if matches(rest, names) { return true }
      guard let name = names.first, name.first != "." else { return false }
      return matches(patterns, names.dropFirst())
    }
    guard let name = names.first, matches(name: name, pattern) else { return false }
    return matches(patterns.dropFirst(), names.dropFirst())
  }

  /// Matches one name by the classic walk that goes back to the last star only, so it takes no exponential time.
  private static func matches(name: Substring, _ pattern: String) -> Bool {
    let signs = Array(pattern)
    let characters = Array(name)
    if characters.first == ".", signs.first != "." { return false }
    var sign = 0
    var character = 0
    var star: (sign: Int, character: Int)?
    while character < characters.count {
      if sign < signs.count, signs[sign] == "*" {
        star = (sign, character)
        sign += 1
      } else if sign < signs.count, let next = step(over: characters[character], signs, sign) {
        sign = next
        character += 1
      } else if let last = star {
        star = (last.sign, last.character + 1)
        sign = last.sign + 1
        character = last.character + 1
      } else {
        return false
      }
    }
    return signs[sign...].allSatisfy { $0 == "*" }
  }

  /// Returns the index behind the sign that matches the character, or nil when it does not match.
  private static func step(over character: Character, _ signs: [Character], _ sign: Int) -> Int? {
    guard signs[sign] == "[", let end = signs[(sign + 1)...].dropFirst().firstIndex(of: "]") else {
      return signs[sign] == "?" || signs[sign] == character ? sign + 1 : nil
    }
    var members = signs[(sign + 1)..<end]
    let isNegated = members.first == "!" || members.first == "^"
    if isNegated { members.removeFirst() }
    var isMember = false
    while let first = members.first {
      let rest = members.dropFirst()
      if rest.first == "-", let last = rest.dropFirst().first {
        isMember = isMember || (first <= character && character <= last)
        members = rest.dropFirst(2)
      } else {
        isMember = isMember || first == character
        members = rest
      }
    }
    return isMember != isNegated ? end + 1 : nil
  }

  private static func expandingBraces(_ pattern: String) -> [String] {
    var finished: [String] = []
    var open = [pattern]
    while let next = open.popLast(), finished.count + open.count < alternativeLimit {
      guard let (head, choices, tail) = firstBraces(in: next) else {
        finished.append(next)
        continue
      }
      open += choices.map { head + $0 + tail }
    }
    return finished
  }

  private static func firstBraces(in pattern: String) -> (head: String, choices: [String], tail: String)? {
    guard let start = pattern.firstIndex(of: "{") else { return nil }
    var depth = 0
    var choices: [String] = [""]
    var index = start
    while index < pattern.endIndex {
      let character = pattern[index]
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if depth == 0 {
        return (String(pattern[..<start]), choices, String(pattern[pattern.index(after: index)...]))
      }
      if depth == 1, character == "," {
        choices.append("")
      } else if index != start {
        choices[choices.count - 1].append(character)
      }
      index = pattern.index(after: index)
    }
    return nil
  }
}
