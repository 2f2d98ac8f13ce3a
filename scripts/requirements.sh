# Sourced by the other scripts: installs what building needs and checks the toolchain.

# Prints one line and ends the script with status 2, as `epochzero` does when it could not do its job.
die() {
  echo "$(basename "$0"): $*" >&2
  exit 2
}

# Installs Debian packages that are missing; needs root or sudo only then. After --lean, without what they merely recommend.
install_packages() {
  local missing=() options=(-qq -y)
  if [ "$1" = --lean ]; then
    options+=(--no-install-recommends)
    shift
  fi
  local package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null 2>&1 || die "please install: ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || die "please install as root: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  echo "Installing ${missing[*]} ..." >&2
  "${root[@]}" apt-get update -qq >&2 || die "apt-get update failed"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "${missing[@]}" >&2 ||
    die "apt-get could not install ${missing[*]}"
}

# Ends the script unless there is a Swift toolchain of 6.3 or later; installs what it needs and the libraries that the
# linter is built from, which are linked statically, and oneDNN, which only the runner of dry runs links.
require_toolchain() {
  local advice="get it from https://www.swift.org/install/linux/ and put its usr/bin on PATH"
  command -v swift >/dev/null 2>&1 || die "Swift 6.3 is missing: $advice"
  # What swift.org lists for the toolchain itself, then ours.
  install_packages binutils g++ git libcurl4-openssl-dev libncurses-dev libsqlite3-dev libxml2-dev \
    libyaml-dev liblua5.4-dev zlib1g-dev libdnnl-dev
  local version major minor
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1 || true)
  major=${version% *} minor=${version#* }
  if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
    die "Swift 6.3 or later is needed, this is ${version:-one that does not run}: $advice"
  fi
}

# Builds the release binary and prints its path; --keep-symbols leaves them in, and --scratch-path FOLDER builds in another folder.
#
# It is fully static: that halves the time to start, and it runs on any Linux of the same processor. Without symbols it is half
# as large, and starts a little sooner. The functions of a usual run stand side by side, in the order that scripts/order-functions
# wrote: then the kernel maps fewer blocks of the file. Only lld puts single functions in order, and only those with a section of
# their own.
build_release() {
  local order=$PWD/packaging/function-order.txt
  local flags=(-c release --static-swift-stdlib -Xswiftc -static-executable -Xswiftc -Xfrontend -Xswiftc -function-sections
    -Xswiftc -use-ld=lld -Xlinker "--symbol-ordering-file=$order" -Xlinker --no-warn-symbol-ordering)
  local strip=(-Xlinker -s)
  while [ $# -gt 0 ]; do
    case $1 in
      --keep-symbols) strip=() && shift ;;
      --scratch-path) flags+=("$1" "$2") && shift 2 ;;
      *) die "build_release knows no $1" ;;
    esac
  done
  flags+=(${strip[@]+"${strip[@]}"})
  # The linker warns of getpwnam and the like, which need the C library's files at run time and are not called here.
  swift build "${flags[@]}" --product epochzero >&2 || die "the build failed"
  echo "$(swift build "${flags[@]}" --show-bin-path)/epochzero"
}
