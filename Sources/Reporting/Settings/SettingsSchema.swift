import Dialects
import JSONText
import Linting
package import Rules

/// The JSON Schema of settings files, for editors and validators.
///
/// Draft 7, which YAML editors know best.
package enum SettingsSchema {
  /// Returns the schema as JSON text that ends with a line end.
  package static func render(_ rules: [RuleMetadata]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("$schema", "http://json-schema.org/draft-07/schema#")
      writer.member("title", "Settings of epochzero")
      writer.member("description", "The settings file epochzero.yaml, or .epochzero.yaml. Every key may be left out.")
      writer.key("type")
      // A file in which all is commented out is null.
      writer.array(of: ["object", "null"]) { $0.value($1) }
      writer.properties(SettingsKeys.all)
      writer.key("definitions")
      writer.object { writer in
        writer.key("rule")
        writer.ruleName(rules)
        writer.key("rule-word")
        writer.object { writer in
          writer.key("enum")
          writer.array { writer in
            for word in SettingsKeys.ruleWords { writer.value(word) }
            // What tools that write YAML 1.1 make of `on` and `off`.
            writer.value(true)
            writer.value(false)
          }
        }
        writer.key("entry")
        writer.object { $0.entry(options: nil) }
        writer.key("entry-without-options")
        writer.object { $0.entry(options: []) }
        writer.key("rules")
        writer.ruleEntries(rules)
      }
    }
    return writer.text + "\n"
  }
}

extension JSONWriter {
  /// Writes what a mapping with these keys, and no others, holds.
  fileprivate mutating func properties(_ keys: [SettingsKey]) {
    key("properties")
    object { writer in
      for key in keys {
        writer.key(key.name)
        writer.object { writer in
          writer.member("description", key.help + (key.standard.map { " Default: \($0)." } ?? ""))
          writer.type(key.type)
        }
      }
    }
    let required = keys.filter(\.isRequired)
    if !required.isEmpty {
      key("required")
      array(of: required) { $0.value($1.name) }
    }
    member("additionalProperties", false)
  }

  /// Writes the members that say what a value must be.
  private mutating func type(_ type: SettingsType) {
    switch type {
    case .text, .path, .glob:
      member("type", "string")
      member("minLength", 1)
    case .pointer:
      member("type", "string")
      member("pattern", "^(/([^/~]|~[01])*)+$")
    case .number(let range):
      member("type", "number")
      key("minimum")
      value(range.lowerBound)
      key("maximum")
      value(range.upperBound)
    case .integer(let range):
      member("type", "integer")
      member("minimum", range.lowerBound)
      member("maximum", range.upperBound)
    case .size:
      member("type", "string")
      member("pattern", MemorySize.pattern)
    case .rule: reference("rule")
    case .word(let words):
      key("enum")
      array(of: words) { $0.value($1) }
    case .oneOrMore(let element):
      key("anyOf")
      array { writer in
        writer.element(element)
        writer.object { writer in
          writer.member("type", "array")
          writer.key("items")
          writer.element(element)
        }
      }
    case .records(let keys):
      member("type", "array")
      key("items")
      object { writer in
        writer.member("type", "object")
        writer.properties(keys)
      }
    case .record(let keys):
      member("type", "object")
      properties(keys)
    case .rules: reference("rules")
    case .versions:
      member("type", "object")
      key("additionalProperties")
      object { writer in
        writer.key("anyOf")
        writer.array { writer in
          writer.object { writer in
            writer.member("type", "string")
            writer.member("pattern", FrameworkVersions.pattern)
          }
          // `0.6` without quotes.
          writer.object { writer in
            writer.member("type", "number")
            writer.member("minimum", 0)
          }
        }
      }
    }
  }

  /// Writes what one of several values must be.
  private mutating func element(_ type: SettingsType) {
    object { writer in
      if case .rule = type { writer.member("$ref", "#/definitions/rule") } else { writer.type(type) }
    }
  }

  /// Writes a reference in a way that lets a description stand beside it: draft 7 heeds nothing beside `$ref`.
  private mutating func reference(_ name: String) {
    key("allOf")
    array { writer in writer.object { $0.member("$ref", "#/definitions/\(name)") } }
  }

  /// Writes what a rule may be called; users' own rules are not known here.
  fileprivate mutating func ruleName(_ rules: [RuleMetadata]) {
    object { writer in
      writer.key("anyOf")
      writer.array { writer in
        writer.object { writer in
          writer.key("enum")
          writer.array(of: Self.groups(of: rules) + rules.map(\.id)) { $0.value($1) }
        }
        writer.object { writer in
          writer.member("type", "string")
          writer.member("pattern", Self.namePattern)
        }
      }
    }
  }

  /// Writes what may stand for each rule and group.
  fileprivate mutating func ruleEntries(_ rules: [RuleMetadata]) {
    object { writer in
      writer.member("type", "object")
      writer.key("properties")
      writer.object { writer in
        for group in Self.groups(of: rules) {
          writer.key(group)
          writer.plainEntry(group == "all" ? "all rules" : "all rules of the group \"\(group)\"")
        }
        for rule in rules {
          writer.key(rule.id)
          let description = "\(rule.summary) (\(rule.severity.rawValue))"
          if rule.options.isEmpty {
            writer.plainEntry(description)
          } else {
            writer.object { writer in
              writer.member("description", description)
              writer.entry(options: rule.options)
            }
          }
        }
      }
      writer.key("propertyNames")
      writer.object { $0.member("pattern", Self.namePattern) }
      writer.key("additionalProperties")
      writer.object { $0.member("$ref", "#/definitions/entry") }
    }
  }

  /// Writes the entry of what has no options.
  private mutating func plainEntry(_ description: String) {
    object { writer in
      writer.member("description", description)
      writer.reference("entry-without-options")
    }
  }

  /// Writes the members of a rule's or a group's entry; nil stands for the options of a rule that is not known here.
  fileprivate mutating func entry(options: [RuleOption]?) {
    key("anyOf")
    array { writer in
      writer.object { $0.member("$ref", "#/definitions/rule-word") }
      writer.object { writer in
        writer.member("type", "object")
        writer.key("properties")
        writer.object { writer in
          writer.key(SettingsKeys.ruleSeverity.name)
          writer.object { writer in
            writer.member("description", SettingsKeys.ruleSeverity.help)
            writer.type(SettingsKeys.ruleSeverity.type)
          }
          if options?.isEmpty != true {
            writer.key(SettingsKeys.ruleOptions.name)
            writer.options(options)
          }
        }
        writer.member("additionalProperties", false)
      }
    }
  }

  private mutating func options(_ options: [RuleOption]?) {
    object { writer in
      writer.member("type", "object")
      guard let options else { return }
      writer.key("properties")
      writer.object { writer in
        for option in options {
          writer.key(option.name)
          writer.object { writer in
            writer.member("description", option.help)
            writer.member("type", Self.type(of: option.kind))
            writer.key("default")
            writer.value(option.defaultValue)
          }
        }
      }
      writer.member("additionalProperties", false)
    }
  }

  private static let namePattern = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"

  private static func groups(of rules: [RuleMetadata]) -> [String] {
    ["all"] + Set(rules.map(\.group)).sorted()
  }

  private static func type(of kind: RuleOption.Kind) -> String {
    switch kind {
    case .list: "array"
    case .number, .integer, .boolean, .string: kind.rawValue
    }
  }
}
