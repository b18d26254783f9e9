# Shared by the commands in environment/: finds what they need, or says in one message what is
# missing. Sourced, not run; kept to bash 3.2, which macOS has.

journey_home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

# All that is missing, a line each; empty when nothing is.
journey_missing=""

journey_lacks() {
  journey_missing="${journey_missing}$1
"
}

# Whether version $1 is at least version $2, both dotted numbers.
journey_at_least() {
  local have_major have_minor have_patch want_major want_minor want_patch
  IFS=. read -r have_major have_minor have_patch <<EOF
$1
EOF
  IFS=. read -r want_major want_minor want_patch <<EOF
$2
EOF
  have_patch=${have_patch%%[!0-9]*}
  if [ "${have_major:-0}" -ne "$want_major" ]; then
    [ "${have_major:-0}" -gt "$want_major" ]
  elif [ "${have_minor:-0}" -ne "${want_minor:-0}" ]; then
    [ "${have_minor:-0}" -gt "${want_minor:-0}" ]
  else
    [ "${have_patch:-0}" -ge "${want_patch:-0}" ]
  fi
}

# Sets journey_python to a Python 3.10 or newer that can make a virtual environment.
journey_find_python() {
  local name found="" without_venv=""
  journey_python=""
  for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
    command -v "$name" > /dev/null 2>&1 || continue
    found=${found:-$("$name" -c 'import platform; print(platform.python_version())' 2> /dev/null || true)}
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 10))' > /dev/null 2>&1 || continue
    if "$name" -c 'import ensurepip, venv' > /dev/null 2>&1; then
      journey_python=$(command -v "$name")
      return
    fi
    without_venv=${without_venv:-$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])')}
  done
  if [ -n "$without_venv" ]; then
    journey_lacks "  Python's module venv (Python $without_venv is there, but cannot make a virtual environment)
      Debian/Ubuntu   sudo apt install python3-venv
      Fedora          sudo dnf install python3
      macOS           brew install python"
  else
    journey_lacks "  Python 3.10 or newer (found: ${found:-none})
      Debian/Ubuntu   sudo apt install python3 python3-venv
      Fedora          sudo dnf install python3
      macOS           brew install python"
  fi
}

# Exports JAVA_HOME, the home of a JDK 17 or newer, and sets journey_jdk_found.
journey_find_jdk() {
  local java="" settings="" version home problem
  journey_jdk_found=""
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
  elif [ "$(uname -s)" = Darwin ] && home=$(/usr/libexec/java_home -v 17+ 2> /dev/null); then
    java=$home/bin/java
  elif command -v java > /dev/null 2>&1; then
    java=$(command -v java)
  fi
  if [ -n "$java" ]; then
    settings=$("$java" -XshowSettings:properties -version 2>&1 || true)
  fi
  version=$(journey_property java.specification.version)
  home=$(journey_property java.home)
  if [ -n "$home" ] && journey_at_least "$version" 17 && [ -x "$home/bin/javac" ]; then
    export JAVA_HOME="$home"
    journey_jdk_found=yes
    return
  fi
  if [ -z "$version" ]; then
    problem="found: none"
  elif journey_at_least "$version" 17; then
    problem="found: Java $version in $home, which has no compiler javac"
  else
    problem="found: Java $version in $home"
  fi
  if [ -n "${JAVA_HOME:-}" ]; then
    problem="$problem; JAVA_HOME is $JAVA_HOME"
  fi
  journey_lacks "  A JDK, 17 or newer ($problem)
      Debian/Ubuntu   sudo apt install openjdk-17-jdk     (Debian 13: openjdk-21-jdk)
      Fedora          sudo dnf install java-21-openjdk-devel
      macOS           brew install --cask temurin@21
      If another one is installed: export JAVA_HOME=/path/to/that/jdk"
}

# The value of property $1 in the settings that java printed.
journey_property() {
  printf '%s\n' "$settings" | sed -n "s/^ *$1 = //p" | head -n 1
}

# Checks that Maven is there and new enough.
journey_find_maven() {
  local version=""
  if command -v mvn > /dev/null 2>&1; then
    # mvn itself needs a JDK: without one there is nothing to learn but that it is there.
    [ -n "$journey_jdk_found" ] || return 0
    version=$(mvn --version 2> /dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  fi
  if [ -n "$version" ] && journey_at_least "$version" 3.6.3; then
    return
  fi
  journey_lacks "  Maven 3.6.3 or newer (found: ${version:-none})
      Debian/Ubuntu   sudo apt install maven
      Fedora          sudo dnf install maven
      macOS           brew install maven"
}

# Whether one of the arguments asks for help.
journey_asks_for_help() {
  local argument
  for argument in "$@"; do
    case $argument in
      -h | --help) return 0 ;;
    esac
  done
  return 1
}

# Exports the variables that must stand before a JVM starts.
journey_export_process_environment() {
  set -a
  . "$journey_home/environment/process.env"
  set +a
}

# journey_exec MODULE [ARGUMENT...]: checks what is needed, then becomes journey_tools.MODULE.
journey_exec() {
  local module=$1
  shift
  journey_find_python
  if ! journey_asks_for_help "$@"; then
    journey_find_jdk
    journey_find_maven
  fi
  if [ -n "$journey_missing" ]; then
    printf 'The journey needs what is not here yet:\n\n%s\nThen run the command again.\n' \
      "$journey_missing" >&2
    exit 2
  fi
  journey_export_process_environment
  exec "$journey_python" -E -s "$journey_home/environment/command.py" "$module" "$@"
}
