// swift-tools-version: 6.2

// Built by `scripts/fuzz`, which has the compiler instrument the linter's modules too; see README.md.

import PackageDescription

/// The name by which SwiftPM tells the compiler what package the linter's modules belong to: that of their folder.
let linterPackage = String(
  (Context.packageDirectory.split(separator: "/").dropLast().last ?? "")
    .lowercased()
    .map { $0.isLetter || $0.isNumber ? $0 : "_" }
)

let package = Package(
  name: "fuzz",
  dependencies: [
    .package(name: "epochzero", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [.product(name: "EpochZeroModules", package: "epochzero")],
      // What the modules share among themselves is `package`: the targets are compiled as a part of their package.
      packageAccess: false,
      swiftSettings: [.unsafeFlags(["-package-name", linterPackage])]
    )
  ],
  swiftLanguageModes: [.v6]
)
