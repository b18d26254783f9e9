# Finds what the commands need, makes .venv, and goes on in it: . bootstrap.sh COMMAND [ARGUMENT...].
# Kept to bash 3.2, which macOS has.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
logs=$home/build/logs
missing=""
unset PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX # They would lead .venv's Python astray.
export JUPYTER_PREFER_ENV_PATH=1 # Our kernels come before those in the user's home.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]*) ;;
  *) export LC_ALL=C.UTF-8 ;; # Java cannot open a path with other letters in the locale C.
esac

lacks() { # WHAT DEBIAN FEDORA MACOS: it is missing, and installed so
  missing="$missing  $1
      Debian/Ubuntu   sudo apt install $2
      Fedora          sudo dnf install $3
      macOS           brew install $4
"
}

at_least() { # VERSION WANTED
  [ "$(printf '%s\n' "$2" "$1" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)" = "$2" ]
}

wanted() { # PROPERTY of the pom
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$home/pom.xml"
}

find_python() {
  local name version found="none"
  for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
    version=$("$name" -c 'import platform; print(platform.python_version())' 2> /dev/null) || continue
    if ! at_least "$version" 3.10; then
      found=$version
    elif "$name" -c 'import ensurepip, venv' 2> /dev/null; then
      python=$name
      return
    else
      found="$version, which cannot make virtual environments: it has no ensurepip"
    fi
  done
  lacks "Python 3.10 or newer, with venv (found: $found)" "python3 python3-venv" python3 python
}

find_jdk() { # exports JAVA_HOME
  local oldest settings version jdk found="none"
  oldest=$(wanted maven.compiler.release)
  if [ -z "${JAVA_HOME:-}" ] && [ "$(uname -s)" = Darwin ]; then
    JAVA_HOME=$(/usr/libexec/java_home -v "$oldest+" 2> /dev/null || true)
  fi
  settings=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XshowSettings:properties -version 2>&1 || true)
  version=$(sed -n 's/^ *java.specification.version = //p' <<< "$settings")
  jdk=$(sed -n 's/^ *java.home = //p' <<< "$settings")
  if [ -n "$version" ]; then
    found="Java $version in $jdk"
    if [ ! -x "$jdk/bin/javac" ]; then
      found="$found, which has no compiler javac"
    elif at_least "$version" "$oldest"; then
      export JAVA_HOME="$jdk"
      return
    fi
  fi
  lacks "A JDK, $oldest or newer (found: $found${JAVA_HOME:+; JAVA_HOME is $JAVA_HOME})" \
    "openjdk-17-jdk     (Debian 13: openjdk-21-jdk)" java-21-openjdk-devel "--cask temurin@21
      If another one is installed: export JAVA_HOME=/path/to/that/jdk"
}

find_maven() {
  local oldest version
  oldest=$(wanted maven.oldest)
  # Maven itself needs a JDK: without one it tells nothing but that it is there.
  version=$(mvn --version 2> /dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p') || true
  if [ -z "$version" ] && [ -n "$missing" ] && command -v mvn > /dev/null; then return; fi
  at_least "${version:-0}" "$oldest" || lacks "Maven $oldest or newer (found: ${version:-none})" maven maven maven
}

job=""
interrupted() {
  kill $job 2> /dev/null || true
  printf '\nInterrupted. The next call goes on from here.\n' >&2
  exit 130
}

logged() { # WHAT COMMAND...: runs it with its output in a log, whose last line a terminal shows
  local what=$1 log=$logs/pip.log
  shift
  "$@" >> "$log" 2>&1 & # It keeps the lock, should it outlive us.
  job=$!
  while [ -t 1 ] && kill -0 $job 2> /dev/null; do
    printf '\r\033[K%s' "$(tail -n 1 "$log" | cut -c "1-$((${COLUMNS:-80} - 1))")"
    sleep 0.5
  done
  if [ -t 1 ]; then printf '\r\033[K'; fi
  if ! wait $job; then
    printf '%s failed. The end of its log:\n\n%s\n\nThe whole log: %s\n' \
      "$what" "$(tail -n 25 "$log")" "$log" >&2
    exit 1
  fi
  job=""
}

is_current() { # FOLDER: whether .venv is a link to it, and it works
  [ "$(readlink "$home/.venv")" = ".venvs/${1##*/}" ] && [ -x "$1/bin/python" ]
}

make_venv() { # beside the one in use, whose place it takes when it is complete
  local new requirements=$home/environment/requirements.txt
  # What it is made from stands in its name; .venv is a link to it.
  new=$home/.venvs/$("$python" -c 'import hashlib, os, sys
made_from = (sys.version, sys.base_prefix, os.fsencode(sys.argv[1]), open(sys.argv[2], "rb").read())
print(hashlib.sha256(ascii(made_from).encode()).hexdigest()[:12])' "$home" "$requirements")
  if is_current "$new"; then return; fi
  mkdir -p "$logs" "$home/.venvs"
  exec 9> "$home/build/setup.lock"
  "$python" -c 'import fcntl
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another set-up of this checkout is at work; waiting for it ...", flush=True)
    fcntl.flock(9, fcntl.LOCK_EX)
except OSError:
    pass # A file system without locks.'
  if is_current "$new"; then return; fi
  trap interrupted INT TERM HUP
  echo "Installing JupyterLab, the Java kernel and the notebook tools ..."
  rm -rf "$new" "$logs/pip.log"
  logged "Making a virtual environment" "$python" -I -m venv "$new"
  logged "Installing Python packages" "$new/bin/python" -m pip install --no-user --no-input \
    --disable-pip-version-check --progress-bar off -r "$requirements"
  if [ ! -L "$home/.venv" ]; then rm -rf "$home/.venv"; fi
  ln -sfn ".venvs/${new##*/}" "$home/.venv"
  find "$home/.venvs" -mindepth 1 -maxdepth 1 ! -path "$new" -exec rm -rf {} +
  trap - INT TERM HUP
}

find_python
case " $* " in
  *" -h "* | *" --help "*) asks_for_help=yes ;;
  *)
    asks_for_help=""
    find_jdk
    find_maven
    ;;
esac
if [ -n "$missing" ]; then
  printf 'The journey needs what is not here yet:\n\n%s\nThen run the command again.\n' "$missing" >&2
  exit 2
fi
if [ -z "$asks_for_help" ]; then
  JOURNEY_CALLER_PREFIX=$("$python" -c 'import sys; print(sys.prefix)')
  export JOURNEY_CALLER_PREFIX
  make_venv
  exec 9>&-
fi
if [ -x "$home/.venv/bin/python" ]; then python=$home/.venv/bin/python; fi
exec "$python" -E -s "$home/environment" "$@"
