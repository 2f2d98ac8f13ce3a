import DryRunMessages
import Linting
import Rules
import Testing

/// What settings say of dry runs.
struct DryRunSettingsTests {
  @Test func `takes the standard budget where nothing is said`() {
    let settings = settings("select: [all]", for: "a.yaml")
    #expect(settings.budget == DryRunBudget())
    #expect(settings.launcher == nil)
    #expect(settings.data == nil)
  }

  @Test func `reads every key`() {
    let settings = settings(
      """
      dryrun:
        launcher: srun  -N1 --exclusive
        seconds: 10.5
        memory: 1.5 GB
        seeds: 5
        threads: 4
        data: rows.csv
      """,
      for: "a.yaml"
    )
    #expect(settings.budget == DryRunBudget(seconds: 10.5, memory: 1_500_000_000, seeds: 3...5, threads: 4))
    #expect(settings.launcher == ["srun", "-N1", "--exclusive"])
    #expect(settings.data == "/home/rows.csv")
  }

  @Test func `takes a launcher's words as they stand in a list`() {
    #expect(
      settings("dryrun: {launcher: [/opt/my runner, -v]}", for: "a.yaml").launcher == ["/opt/my runner", "-v"]
    )
  }

  @Test func `lets an override say it for some files, key by key`() {
    let text = "dryrun: {seconds: 2, data: all.csv}\noverrides: [{files: b.yaml, dryrun: {data: b.csv}}]"
    #expect(settings(text, for: "a.yaml").data == "/home/all.csv")
    let other = settings(text, for: "b.yaml")
    #expect(other.data == "/home/b.csv")
    #expect(other.seconds == 2)
  }

  @Test func `lets the command line come last`() {
    var layer = SettingsLayer()
    layer.dryRun.seconds = 1
    let settings = settings("dryrun: {seconds: 2, threads: 3}", for: "a.yaml", commandLine: layer)
    #expect(settings.seconds == 1)
    #expect(settings.threads == 3)
  }

  @Test func `takes no launcher from a folder that is not trusted`() {
    let text = "dryrun: {launcher: evil, seconds: 2}\noverrides: [{files: a.yaml, dryrun: {launcher: worse}}]"
    let settings = settings(text, for: "a.yaml", trustsPlugins: false)
    #expect(settings.launcher == nil)
    #expect(settings.seconds == 2)
  }

  @Test(arguments: [
    ("2 GB", 2_000_000_000), ("2GB", 2_000_000_000), ("0.5 GiB", 1 << 29), ("64 MiB", 64 << 20),
    ("1 TB", 1_000_000_000_000),
    ("1 KB", nil), ("GB", nil), ("-2 GB", nil), ("2 gb", nil), ("2", nil), ("1e3 GB", nil), ("2  GB", nil),
    ("99999999 TB", nil),
  ])
  func `reads sizes`(text: String, bytes: Int?) {
    #expect(MemorySize.bytes(text) == bytes)
  }

  private func settings(
    _ text: String,
    for name: String,
    commandLine: SettingsLayer = SettingsLayer(),
    trustsPlugins: Bool = true
  ) -> DryRunSettings {
    let files = MemoryFileSystem(["epochzero.yaml": text])
    let resolver = SettingsResolver(
      fileSystem: files,
      rules: RuleSet(loading: []),
      commandLine: commandLine,
      trustsPlugins: trustsPlugins
    )
    return resolver.settings(for: name).dryRun
  }
}
