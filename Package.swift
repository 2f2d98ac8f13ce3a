// swift-tools-version: 6.2

// One section for each floor of ARCHITECTURE.md, lowest first; a target may name only targets of lower floors.
// Dependencies are sorted, one a line. Settings that hold for all Swift targets are in the loop at the end.

import PackageDescription

let package = Package(
  name: "epochzero",
  products: [
    .executable(name: "epochzero", targets: ["epochzero"]),
    // For the package in `fuzz/`, which is built as a part of this one.
    .library(
      name: "EpochZeroModules",
      targets: [
        "ConfigSyntax", "Dialects", "Experiment", "JSONRPC", "LanguageServer", "Linting", "Rules", "SourceText",
      ]
    ),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // MARK: Floor 0: text and system libraries

    .target(name: "SourceText"),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText"]),

    .target(name: "JSONText"),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText"]),

    .target(name: "MonotonicClock"),
    .target(name: "Release"),

    .systemLibrary(name: "CAllocator"),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CLuaHost", linkerSettings: [.linkedLibrary(":liblua5.4.a"), .linkedLibrary("m")]),

    // oneDNN, for the runner of dry runs only: nothing that `epochzero` is built from may depend on it.
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("m")]),

    // MARK: Floor 1: located syntax, archives, the IR, kernels

    .target(name: "Archives", dependencies: ["CZlib"]),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives"]),

    .target(name: "ConfigSyntax", dependencies: ["CYAML", "SourceText"]),
    .testTarget(name: "ConfigSyntaxTests", dependencies: ["ConfigSyntax", "SourceText", "TestSupport"]),

    .target(name: "Experiment", dependencies: ["SourceText"]),
    .testTarget(name: "ExperimentTests", dependencies: ["Experiment", "SourceText"]),

    .target(name: "Kernels", dependencies: ["CKernels"]),
    .executableTarget(name: "benchmark-kernels", dependencies: ["Kernels"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels"], exclude: ["References"]),

    // MARK: Floor 2: dialects, messages, what is said of dry runs

    .executableTarget(name: "embed-dialects"),
    .plugin(name: "EmbedDialects", capability: .buildTool(), dependencies: ["embed-dialects"]),
    .target(
      name: "Dialects",
      dependencies: ["Archives", "ConfigSyntax", "Experiment", "SourceText"],
      plugins: ["EmbedDialects"]
    ),
    .testTarget(
      name: "DialectsTests",
      dependencies: ["ConfigSyntax", "Dialects", "Experiment", "SourceText", "TestSupport"]
    ),

    .target(name: "JSONRPC", dependencies: ["ConfigSyntax", "JSONText", "SourceText"]),
    .testTarget(name: "JSONRPCTests", dependencies: ["JSONRPC", "JSONText"]),

    .target(name: "DryRunMessages", dependencies: ["ConfigSyntax", "Experiment", "JSONText"]),
    .testTarget(
      name: "DryRunMessagesTests",
      dependencies: [
        "BundledRules", "ConfigSyntax", "Dialects", "DryRunMessages", "Experiment", "JSONText", "Linting", "Rules",
        "SourceText",
      ]
    ),

    // MARK: Floor 3: rules, dry runs

    .target(name: "DryRun", dependencies: ["Archives", "DryRunMessages", "Experiment", "Kernels"]),
    .testTarget(
      name: "DryRunTests",
      dependencies: ["DryRun", "DryRunMessages", "Experiment", "Kernels", "Linting", "SourceText", "TestSupport"],
      exclude: ["Data/Fixtures"]
    ),

    .target(
      name: "DryRunClient",
      dependencies: ["DryRunMessages", "JSONRPC", "JSONText", "MonotonicClock", "Release"]
    ),
    .testTarget(name: "DryRunClientTests", dependencies: ["DryRunClient", "DryRunMessages", "Experiment", "JSONText"]),

    .target(name: "Rules", dependencies: ["CLuaHost", "Experiment", "SourceText"]),
    .testTarget(name: "RulesTests", dependencies: ["Experiment", "Rules", "SourceText", "TestSupport"]),

    .executableTarget(name: "embed-rules", dependencies: ["Experiment", "Rules"]),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["embed-rules"]),
    .target(name: "BundledRules", dependencies: ["Experiment", "Rules"], plugins: ["EmbedRules"]),

    // MARK: Floor 4: one run

    .target(
      name: "Linting",
      dependencies: [
        "Archives", "BundledRules", "ConfigSyntax", "Dialects", "DryRunMessages", "Experiment", "Rules", "SourceText",
      ]
    ),
    .testTarget(
      name: "LintingTests",
      dependencies: [
        "ConfigSyntax", "Dialects", "DryRunMessages", "Experiment", "Linting", "Rules", "SourceText", "TestSupport",
      ]
    ),

    .executableTarget(
      name: "train-steps",
      dependencies: ["DryRun", "DryRunMessages", "Experiment", "Kernels", "Linting"]
    ),

    // MARK: Floor 5: findings as text, findings in editors

    .target(
      name: "Reporting",
      dependencies: [
        "ConfigSyntax", "Dialects", "DryRunMessages", "Experiment", "JSONText", "Linting", "Rules", "SourceText",
      ]
    ),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["DryRunMessages", "Experiment", "Linting", "Reporting", "Rules", "SourceText", "TestSupport"]
    ),

    .target(
      name: "LanguageServer",
      dependencies: [
        "ConfigSyntax", "Dialects", "DryRunMessages", "Experiment", "JSONRPC", "JSONText", "Linting", "Rules",
        "SourceText",
      ]
    ),
    .testTarget(
      name: "LanguageServerTests",
      dependencies: [
        "DryRunMessages", "Experiment", "JSONRPC", "JSONText", "LanguageServer", "Linting", "Rules", "SourceText",
        "TestSupport",
      ]
    ),

    // MARK: Floor 6: the commands

    .executableTarget(
      name: "epochzero",
      dependencies: [
        "CAllocator",
        "ConfigSyntax",
        "Dialects",
        "DryRunClient",
        "DryRunMessages",
        "LanguageServer",
        "Linting",
        "Release",
        "Reporting",
        "Rules",
        "SourceText",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["DryRunMessages", "JSONText", "Release", "TestSupport", "epochzero"]
    ),

    .executableTarget(
      name: "epochzero-dryrun",
      dependencies: ["DryRun", "DryRunMessages", "JSONRPC", "JSONText", "Kernels", "MonotonicClock", "Release"]
    ),
    .testTarget(
      name: "RunnerTests",
      dependencies: [
        "ConfigSyntax", "Dialects", "DryRunClient", "DryRunMessages", "Experiment", "JSONRPC", "JSONText", "SourceText",
        "epochzero", "epochzero-dryrun",
      ]
    ),

    // MARK: Test support

    .target(name: "TestSupport", dependencies: ["DryRunMessages", "Linting", "Rules", "SourceText"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)

let upcomingFeatures = [
  "ExistentialAny",
  "InternalImportsByDefault",
  "MemberImportVisibility",
  "NonisolatedNonsendingByDefault",
  "InferIsolatedConformances",
  "ImmutableWeakCaptures",
]

for target in package.targets where [.regular, .executable, .test].contains(target.type) && target.name != "CLuaHost" {
  target.swiftSettings =
    (target.swiftSettings ?? []) + upcomingFeatures.map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]
}
