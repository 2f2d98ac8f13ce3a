import Experiment
import Reporting
import Rules
import Testing

struct RulePagesTests {
  @Test func `a page shows a rule with its options and examples, marks left out`() {
    #expect(
      RulePages.page(of: Self.sample) == """
        <!-- Written by scripts/generate-docs from what the rules say of themselves. -->

        # depth/odd

        Odd | deep networks.

        - Severity: warning
        - Cause 10 of 11: network too deep
        - Fix: `--fix` or `--diff` mends it where the right value is certain
        - Off: runs only when it is selected
        - Source: [rules/depth/odd.lua](../../../rules/depth/odd.lua)

        ## Why it is bad

        It is odd.

        ## Options

        | option | type | default | what it is |
        | --- | --- | --- | --- |
        | `limit` | integer | `3` | one \\| another |

        ## What it reports

        ```yaml
        epochzero: 1
        ```

        Fixed:

        ```yaml
        epochzero: 2
        ```

        ## What it leaves alone

        ```json
        {}
        ```

        """
    )
  }

  @Test func `the table has a heading for every cause, then for the groups without one`() {
    var own = Self.sample
    own.id = "team/odd"
    own.cause = nil
    var file = own
    file.id = "files/odd"
    let headings = RulePages.table(of: [Self.sample, file, own]).split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(headings.count == 13)
    #expect(headings.first == "## 1 data not normalised")
    #expect(headings.suffix(3) == ["## 11 wrong hidden width", "## files", "## team"])
    #expect(
      RulePages.table(of: [Self.sample]).contains(
        "| [depth/odd](rules/depth/odd.md) (off) | odd \\| deep networks | warning | fix | native |\n"
      )
    )
  }

  @Test func `people get the rules cause by cause`() {
    let text = RuleTable.render([Self.sample], style: TextStyle(isColored: false))
    #expect(text.hasPrefix("1 data not normalised\n  no rule yet\n\n2 results never looked at\n"))
    #expect(text.contains("\n10 network too deep\n  depth/odd  warning  odd | deep networks (fixable, off)\n\n11 "))
  }

  private static let sample = RuleMetadata(
    id: "depth/odd",
    summary: "odd | deep networks",
    severity: .warning,
    cause: 10,
    options: [RuleOption(name: "limit", kind: .integer, defaultValue: .integer(3), help: "one | another")],
    docs: "\n## Why it is bad\n\nIt is odd.\n",
    examples: [
      RuleExample(isGood: false, text: "\n\(RuleExample.mark)epochzero: 1\n", fixed: "epochzero: 2\n"),
      RuleExample(isGood: true, text: "{}\n"),
    ],
    isOnByDefault: false,
    path: "rules/depth/odd.lua"
  )
}
