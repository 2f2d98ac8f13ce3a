import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct BundledDialectTests {
  @Test func `carries the dialects, each known by some mark`() {
    let names = MappedDialect.bundled.map(\.name)
    #expect(names.count > 10)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: MappedDialect.bundled.map(\.name))
  func `reads the definition without a problem`(name: String) throws {
    let dialect = try #require(MappedDialect.bundled.first { $0.name == name })
    #expect(dialect.definition.name == name, "the file is named otherwise")
    #expect(MappedDialect.problems(ofBundled: name) == [])
    #expect(!dialect.definition.title.isEmpty && dialect.definition.summary != nil)
  }
}
