import Dialects
import Testing

struct FrameworkVersionsTests {
  @Test(arguments: ["0.6", "5", "2.10.0rc1", "0.7.post1", "10.20.30"])
  func `knows a version`(text: String) {
    #expect(FrameworkVersions.isVersion(text))
  }

  @Test(arguments: ["", "v0.6", "0.", ".6", "0..6", "latest", "0.6 ", "1e-4", "0.6+cu", "٣.1"])
  func `knows what is none`(text: String) {
    #expect(!FrameworkVersions.isVersion(text))
  }

  @Test func `a dialect's own version counts more than that of all, and a later layer more than an earlier`() {
    let settings = FrameworkVersions(byDialect: ["ludwig": .init("0.6", from: "the settings")])
    let all = FrameworkVersions(common: .init("5", from: "--framework-version"))
    let own = FrameworkVersions(byDialect: ["keras": .init("3.1", from: "--framework-version")])
    #expect(settings["ludwig"]?.text == "0.6")
    #expect(settings["keras"] == nil)
    #expect(settings.overridden(by: all)["ludwig"]?.text == "5")
    #expect(all.overridden(by: settings)["ludwig"]?.text == "0.6")
    #expect(all.overridden(by: own)["keras"]?.text == "3.1")
    #expect(all.overridden(by: own)["ludwig"]?.text == "5")
  }
}
