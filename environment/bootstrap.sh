# Finds what the commands need, makes .venv, and goes on in it: . bootstrap.sh COMMAND ARGUMENT...
# Kept to bash 3.2, which macOS has.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
missing=""
unset PYTHONPATH PYTHONHOME # They would lead .venv's Python astray.
export JUPYTER_PREFER_ENV_PATH=1 # Our kernels come before those in the user's home.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]*) ;;
  *) export LC_ALL=C.UTF-8 ;; # Java cannot open a path with other letters in the locale C.
esac
for name in JOURNEY_DATA JOURNEY_WORK; do # Kernels and tools run in other folders than this one.
  case ${!name:-} in
    "" | /* | [Ss]tand-[Ii]n) ;;
    *) export "$name=$PWD/${!name}" ;;
  esac
done

at_least() { # OLDEST VERSION
  [ -n "$2" ] && printf '%s\n' "$1" "$2" | sort -V -C
}

need() { # WHAT OLDEST VERSION DEBIAN FEDORA MACOS
  at_least "$2" "$3" || missing="$missing  $1, $2 or newer (found: ${3:-none})
      Debian/Ubuntu   sudo apt install $4
      Fedora          sudo dnf install $5
      macOS           brew install $6
"
}

oldest() { # PROPERTY of the pom
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$home/pom.xml"
}

find_python() { # sets python
  local version="" code='import ensurepip, platform; print(platform.python_version())'
  for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    version=$("$python" -c "$code" 2> /dev/null || echo "$version")
    if at_least 3.10 "$version"; then return; fi
  done
  need "Python with venv and ensurepip" 3.10 "$version" "python3 python3-venv" python3 python
}

find_jdk_and_maven() { # exports JAVA_HOME
  local settings java maven
  if [ -z "${JAVA_HOME:-}" ] && [ "$(uname -s)" = Darwin ]; then
    JAVA_HOME=$(/usr/libexec/java_home 2> /dev/null || true)
  fi
  settings=$("${JAVA_HOME:+$JAVA_HOME/bin/}javac" -J-XshowSettings:properties -version 2>&1 || true)
  java=$(sed -n 's/^ *java.specification.version = //p' <<< "$settings")
  need "A JDK, with the compiler javac${JAVA_HOME:+, in JAVA_HOME=$JAVA_HOME}" \
    "$(oldest maven.compiler.release)" "$java" \
    "openjdk-17-jdk-headless     (Debian 13: openjdk-21-jdk-headless)" java-21-openjdk-devel "--cask temurin@21
      If another one is installed: export JAVA_HOME=/path/to/that/jdk"
  # Without a JDK, Maven cannot tell its version.
  if [ -z "$java" ] && command -v mvn > /dev/null; then return; fi
  JAVA_HOME=$(sed -n 's/^ *java.home = //p' <<< "$settings")
  export JAVA_HOME
  maven=$(mvn --version 2> /dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' || true)
  need Maven "$(oldest maven.oldest)" "$maven" maven maven maven
}

find_home() { # exports HOME
  export HOME=${HOME:-~}
  if [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    echo "Your home folder, $HOME, cannot be written. Let HOME name one that can, as in:" \
      "export HOME=/tmp/home" >&2
    exit 2
  fi
}

interrupted() {
  kill $(jobs -p) 2> /dev/null || true
  printf '\nInterrupted. The next call goes on from here.\n' >&2
  exit 130
}

attended() { # COMMAND...: in the background, so that a signal is heard at once
  "$@" &
  wait $! || exit
}

lock() { # the file that is open as 9; who has it keeps it, even when we are killed
  "$python" - << 'PYTHON'
import fcntl
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another set-up of this checkout is at work; waiting for it ...", flush=True)
    fcntl.flock(9, fcntl.LOCK_EX)
except OSError:
    pass  # A file system without locks; the set-up of the rest says so.
PYTHON
}

pip_install() { # PYTHON ARGUMENT...: of pip's settings only those that reach packages hold in .venv
  local python=$1 name value
  shift
  # The section [install] comes before [global]; "user" would hide the other settings.
  while read -r name value; do
    name=PIP_$(tr a-z- A-Z_ <<< "$name")
    if [ -z "${!name:-}" ]; then export "$name=${value//\\n/ }"; fi
  done < <(PIP_USER=0 "$python" -m pip config list | sort -r |
    sed -nE "s/^(install|global)\.([a-z-]+)='(.*)'$/\2 \3/p")
  for name in ${!PIP_@}; do
    case ${name#PIP_} in
      INDEX_URL | EXTRA_INDEX_URL | FIND_LINKS | NO_INDEX | TRUSTED_HOST | PROXY | CERT | CLIENT_CERT) ;;
      KEYRING_PROVIDER | DEFAULT_TIMEOUT | TIMEOUT | RETRIES | CACHE_DIR) ;;
      *) unset "$name" ;;
    esac
  done
  export PIP_CONFIG_FILE=/dev/null
  exec "$python" -m pip install --no-input --disable-pip-version-check "$@"
}

is_venv() { # FOLDER
  [ "$(readlink "$home/.venv")" = "$1" ] && [ -x "$1/bin/python" ]
}

make_venv() { # beside the one in use, whose place it takes when it is complete
  local new quiet="" requirements=$home/environment/requirements.txt
  # What it is made from stands in its name; .venv is a link to it.
  new=$home/.venvs/$({
    "$python" -c 'import sys; print(sys.version, sys.base_prefix)'
    echo "$home"
    cat "$requirements"
  } | cksum | tr ' ' -)
  if is_venv "$new"; then return; fi
  if [ ! -w "$home" ]; then
    echo "$home is not set up for this user, who cannot write it: let its owner run" \
      "environment/setup." >&2
    exit 2
  fi
  mkdir -p "$home/build" "$home/.venvs"
  exec 9> "$home/build/setup.lock"
  lock
  if is_venv "$new"; then return; fi
  trap interrupted INT TERM HUP
  . "$home/environment/downloads.env"
  echo "Installing JupyterLab, the Java kernel and the notebook tools: up to $PYTHON_TOOLS MB to" \
    "fetch, about $((PYTHON_TOOLS * 8 / 50 / 60 + 1)) min at 50 Mbit/s ..."
  rm -rf "$new"
  [ -t 1 ] || quiet=--quiet # A terminal sees pip's progress.
  attended "$python" -I -m venv "$new"
  attended pip_install "$new/bin/python" $quiet -r "$requirements"
  trap - INT TERM HUP
  [ -L "$home/.venv" ] || rm -rf "$home/.venv"
  ln -sfn "$new" "$home/.venv"
  find "$home/.venvs" -mindepth 1 -maxdepth 1 ! -name "${new##*/}" -exec rm -rf {} +
}

find_python
case " $* " in
  *" -h "* | *" --help "*) ;;
  *)
    find_home
    find_jdk_and_maven
    if [ -z "$missing" ]; then
      make_venv
      exec 9>&-
      prefix='import sys; print(sys.prefix)' # The active Python's, be it too old for us or not.
      JOURNEY_CALLER_PREFIX=$(python3 -c "$prefix" 2> /dev/null || "$python" -c "$prefix")
      export JOURNEY_CALLER_PREFIX
      python=$home/.venv/bin/python
    fi
    ;;
esac
if [ -n "$missing" ]; then
  printf 'The journey needs what is not here yet:\n\n%s\nThen try again.\n' "$missing" >&2
  exit 2
fi
exec "$python" -E -s "$home/environment" "$@"
