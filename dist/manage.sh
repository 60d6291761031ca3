#!/bin/sh
# Builds, starts and looks after AI Orchestrator: 'manage.sh help' lists the commands.

self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
dist=$(cd "$(dirname "$self")" && pwd -P) || exit 1
root=$(dirname "$dist")

ORCHESTRATOR_HOME=${ORCHESTRATOR_HOME:-$dist}
export ORCHESTRATOR_HOME
data=$ORCHESTRATOR_HOME/data
log=$data/logs/server.log
pid_file=$data/orchestrator.pid
url_file=$data/orchestrator.url
redis_pid_file=$data/redis.pid
stamp=$dist/lib/.built
shipped=$dist/plugins/.shipped

log_bytes=10000000
start_seconds=${ORCHESTRATOR_START_SECONDS:-90}
stop_seconds=${ORCHESTRATOR_STOP_SECONDS:-30}

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

orchestrator() { "$dist/bin/orchestrator" "$@"; }

# curl to the server itself, never through a proxy
ask() { curl --noproxy '*' --globoff --silent --max-time 10 "$@"; }

# the pid of the server that this script started, if it still runs
running_pid() {
  [ -r "$pid_file" ] || return 1
  read -r pid <"$pid_file" || return 1
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  kill -0 "$pid" 2>/dev/null || return 1
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'ai\.orchestrator\.server\.Main' || return 1
  elif command -v ps >/dev/null 2>&1; then
    ps -p "$pid" -o args= | grep -q 'ai\.orchestrator\.server\.Main' || return 1
  fi
  say "$pid"
}

running_url() { [ -r "$url_file" ] && cat "$url_file"; }

# a setting as the server would read it, from the environment or else config/.env; ends with 1 where it is in neither
setting() {
  eval "given=\${$1+given}"
  # shellcheck disable=SC2154 # set by the line above
  if [ -n "$given" ]; then
    eval "printf '%s\\n' \"\$$1\""
    return 0
  fi
  env_line=$(grep "^$1=" "$ORCHESTRATOR_HOME/config/.env" 2>/dev/null | head -n 1) && [ -n "$env_line" ] || return 1
  printf '%s\n' "${env_line#*=}" | tr -d '\r'
}

# ---- building

have_sources() { [ -f "$root/pom.xml" ] && [ -d "$root/server" ]; }

is_built() {
  [ -f "$stamp" ] && [ -d "$dist/plugins" ] || return 1
  have_sources || return 0
  newer=$(find "$root/pom.xml" "$root/plugin-api" "$root/plugins" "$root/server" "$root/dist/pom.xml" "$root/.mvn" \
    -name target -prune -o \( -type f -o -path '*/src/*' \) -newer "$stamp" -print 2>/dev/null | head -n 1)
  [ -z "$newer" ]
}

build() {
  have_sources || fail "There are no sources to build beside $dist."
  maven --quiet -Dmaven.test.skip=true --projects dist --also-make package || fail "The build failed; the reason is above."
  tree=$dist/target/orchestrator
  rm -rf "${dist:?}/lib"
  # plugins that the operator has added stay
  [ -d "$dist/plugins" ] || rm -f "$dist/plugins"
  mkdir -p "$dist/plugins"
  [ ! -f "$shipped" ] || while IFS= read -r zip; do rm -f "$dist/plugins/$zip"; done <"$shipped"
  ls "$tree/plugins" >"$shipped"
  cp -R "$tree/lib" "$tree/plugins" "$dist/" || fail "The built program could not be put into $dist."
  touch "$stamp"
}

maven() { (cd "$root" && ./mvnw --batch-mode "$@"); }

# the shipped configuration, where the operator has none yet
configure() {
  [ -d "$root/config" ] || return 0
  mkdir -p "$ORCHESTRATOR_HOME/config" "$ORCHESTRATOR_HOME/models" "$data/documents"
  # a home of the operator's own; the shipped one has them where they are built
  [ "$ORCHESTRATOR_HOME" -ef "$dist" ] || [ -e "$ORCHESTRATOR_HOME/plugins" ] || ln -s "$dist/plugins" "$ORCHESTRATOR_HOME/plugins"
  for file in "$root"/config/* "$root"/config/.env.example; do
    [ -f "$file" ] || continue
    own=$ORCHESTRATOR_HOME/config/$(basename "$file")
    case $file in
      *.schema.json | *.example) cp "$file" "$own" ;;
      *) [ -e "$own" ] || cp "$file" "$own" ;;
    esac
  done
}

prepare() {
  if ! is_built; then
    say "Building ..."
    build
  fi
  configure
}

# ---- commands

cmd_build() {
  build
  configure
  say "Built into $dist."
}

cmd_start() {
  [ $# -eq 0 ] || usage
  if pid=$(running_pid); then
    say "The server already runs: pid $pid at $(running_url)"
    return 0
  fi
  command -v curl >/dev/null 2>&1 || fail "Starting the server needs curl, and it is not on PATH."
  "$dist/bin/find-jdk" >/dev/null || exit 1
  prepare
  url=$(orchestrator config address) || exit 1
  refuse_taken_port "$url"
  orchestrator download ||
    say "The server starts all the same; an answer that needs the model says how to get it." >&2

  mkdir -p "$data/logs"
  touch "$log"
  [ "$(wc -c <"$log")" -lt "$log_bytes" ] || mv "$log" "$log.1"
  touch "$log"
  begin=$(($(wc -l <"$log") + 1))
  detach=
  command -v setsid >/dev/null 2>&1 && detach=setsid
  ORCHESTRATOR_CLASSES=${ORCHESTRATOR_CLASSES-$data/classes.aot} \
    $detach nohup "$dist/bin/orchestrator" serve </dev/null >>"$log" 2>&1 &
  pid=$!
  say "$pid" >"$pid_file"
  say "$url" >"$url_file"
  wait_for_answer "$pid" "$url" "$begin"

  say "The server runs: pid $pid at $url"
  say ""
  say "Ask it something:"
  say "  curl $url/api/chat -d '{\"model\": \"auto\", \"stream\": false, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'"
  say "Statistics: $url/api/stats"
  say "Log:        $log"
}

refuse_taken_port() {
  case $1 in *:0) fail "To start the server in the background, PORT has to name a port: 0 is none." ;; esac
  ask --output /dev/null --max-time 3 "$1/"
  # nobody there, or no such host, of which the server itself says more
  case $? in 6 | 7) return 0 ;; esac
  if ask --max-time 3 "$1/api/health" | grep -q '"model_loaded"'; then
    fail "An AI Orchestrator that this script did not start already answers at $1: stop it, or set PORT to another port."
  fi
  fail "Another program already listens at $1: stop it, or set PORT to another port."
}

wait_for_answer() {
  waited=0
  until ask --fail --output /dev/null --max-time 2 "$2/api/health"; do
    if ! kill -0 "$1" 2>/dev/null; then
      rm -f "$pid_file" "$url_file"
      tail -n "+$3" "$log" | tail -n 20 >&2
      fail "The server did not start: the end of its log is above, the whole is in $log."
    fi
    if [ "$waited" -ge "$((start_seconds * 5))" ]; then
      tail -n "+$3" "$log" | tail -n 20 >&2
      stop_pid "$1"
      fail "The server did not answer within $start_seconds s and was stopped: the end of its log is above."
    fi
    sleep 0.2
    waited=$((waited + 1))
  done
}

stop_pid() {
  kill "$1" 2>/dev/null
  waited=0
  while kill -0 "$1" 2>/dev/null && [ "$waited" -lt "$((stop_seconds * 5))" ]; do
    sleep 0.2
    waited=$((waited + 1))
  done
  killed=
  if kill -0 "$1" 2>/dev/null; then
    kill -9 "$1" 2>/dev/null
    killed=1
  fi
  rm -f "$pid_file" "$url_file"
}

cmd_stop() {
  [ $# -eq 0 ] || usage
  if ! pid=$(running_pid); then
    rm -f "$pid_file" "$url_file"
    say "The server does not run."
    return 0
  fi
  stop_pid "$pid"
  if [ -n "$killed" ]; then
    say "The server (pid $pid) did not end within $stop_seconds s and was killed."
  else
    say "The server (pid $pid) has stopped."
  fi
}

cmd_status() {
  [ $# -eq 0 ] || usage
  pid=$(running_pid) || fail "The server does not run."
  url=$(running_url)
  health=$(ask --fail "$url/api/health") || fail "The server runs (pid $pid), but does not answer at $url."
  say "The server runs: pid $pid at $url"
  say "$health"
}

cmd_logs() {
  [ -f "$log" ] || fail "There is no log yet."
  case ${1-} in
    '') exec tail -n 100 "$log" ;;
    -f) exec tail -n 100 -f "$log" ;;
    *) usage ;;
  esac
}

cmd_cache_clear() {
  [ $# -eq 0 ] || usage
  if running_pid >/dev/null; then
    url=$(running_url)
    answer=$(ask --fail --max-time 120 -X DELETE "$url/api/cache") || fail "The server at $url did not clear its cache."
    say "All cache tiers are cleared: $answer"
    return 0
  fi
  rm -f "$data/cache.sqlite" "$data/cache.sqlite-wal" "$data/cache.sqlite-shm"
  say "The server does not run, so its memory holds nothing; $data/cache.sqlite is removed."
  say "Entries in Redis, or in a file of another name, are still there: start the server and clear again to remove them."
}

cmd_engine() {
  "$dist/bin/find-jdk" >/dev/null || exit 1
  prepare
  orchestrator engine "$@"
}

cmd_redis() {
  case ${1-start} in
    start) [ $# -le 1 ] || usage ;;
    stop) [ $# -eq 1 ] || usage ;;
    *) usage ;;
  esac
  if [ "${1-}" = stop ]; then
    redis_stop
  else
    redis_start
  fi
}

redis_start() {
  if pid=$(redis_pid); then
    say "Redis already runs: pid $pid"
    return 0
  fi
  redis_place
  command -v curl >/dev/null 2>&1 || fail "Starting Redis needs curl, and it is not on PATH."
  if redis_answers; then
    say "A Redis that this script did not start already answers at $redis_host:$redis_port, and is left as it is." \
      "See to it that it has a maxmemory and the maxmemory-policy allkeys-lru."
    return 0
  fi
  redis_refuse_other
  memory=$(setting REDIS_MAX_MEMORY_MB)
  memory=${memory:-2048} # empty counts as absent
  case $memory in
    *[!0-9]* | 0*) fail "REDIS_MAX_MEMORY_MB has to be a number of megabytes, such as 2048." ;;
  esac
  command -v redis-server >/dev/null 2>&1 ||
    fail "There is no redis-server on PATH: install Redis 5 or newer, or take the one of $dist/compose.yaml."

  mkdir -p "$data/logs"
  redis_log=$data/logs/redis.log
  detach=
  command -v setsid >/dev/null 2>&1 && detach=setsid
  # a cache: what it holds need not outlive it
  $detach nohup redis-server --bind "$redis_host" --port "$redis_port" --dir "$data" --save '' --appendonly no \
    --maxmemory "${memory}mb" --maxmemory-policy allkeys-lru </dev/null >"$redis_log" 2>&1 &
  pid=$!
  say "$pid" >"$redis_pid_file"
  waited=0
  until redis_answers; do
    if ! kill -0 "$pid" 2>/dev/null || [ "$waited" -ge 50 ]; then
      kill "$pid" 2>/dev/null
      rm -f "$redis_pid_file"
      tail -n 20 "$redis_log" >&2
      fail "Redis did not start: the end of its log is above, the whole is in $redis_log."
    fi
    sleep 0.2
    waited=$((waited + 1))
  done
  say "Redis runs: pid $pid at $redis_host:$redis_port, with $memory MB and the policy allkeys-lru"
  say "Log: $redis_log"
}

redis_stop() {
  if ! pid=$(redis_pid); then
    rm -f "$redis_pid_file"
    say "No Redis runs that this script started."
    return 0
  fi
  kill "$pid" 2>/dev/null
  waited=0
  while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt 50 ]; do
    sleep 0.2
    waited=$((waited + 1))
  done
  kill -9 "$pid" 2>/dev/null
  rm -f "$redis_pid_file"
  say "Redis (pid $pid) has stopped."
}

# the pid of the Redis that this script started, if it still runs
redis_pid() {
  [ -r "$redis_pid_file" ] || return 1
  read -r pid <"$redis_pid_file" || return 1
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  kill -0 "$pid" 2>/dev/null || return 1
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q redis-server || return 1
  elif command -v ps >/dev/null 2>&1; then
    ps -p "$pid" -o args= | grep -q redis-server || return 1
  fi
  say "$pid"
}

# where REDIS_URL has it, if that is a place of this machine; the URL itself is not shown, it may hold a password
redis_place() {
  place=$(setting REDIS_URL) || place=redis://127.0.0.1:6379
  case $place in
    '') fail "REDIS_URL is empty, which switches Redis off: there is nothing to start one for." ;;
    redis://*@*) fail "REDIS_URL holds a user or password, and a Redis that this script starts has none: start one of your own." ;;
    redis://*) ;;
    *) fail "This script starts a single Redis without TLS only, and REDIS_URL names another kind: start that yourself." ;;
  esac
  place=${place#redis://}
  place=${place%%/*}
  case $place in
    '[::1]' | '[::1]':*) redis_host=::1 redis_port=${place#'[::1]'} ;;
    127.0.0.1 | 127.0.0.1:* | localhost | localhost:*) redis_host=127.0.0.1 redis_port=${place#"${place%%:*}"} ;;
    *) fail "REDIS_URL names a Redis that is not on this machine: this script looks after a local one only." ;;
  esac
  redis_port=${redis_port#:}
  redis_port=${redis_port:-6379}
  case $redis_port in *[!0-9]* | 0*) fail "REDIS_URL has no proper port." ;; esac
}

redis_refuse_other() {
  redis_ask >/dev/null
  # nobody there
  [ $? -eq 7 ] || fail "Another program already listens at $redis_host:$redis_port: stop it, or name another port in REDIS_URL."
}

redis_answers() { redis_ask | grep -q -e '^+PONG' -e '^-NOAUTH'; }

# curl's dict:// sends a line as it stands, which Redis takes for a command
redis_ask() {
  case $redis_host in
    *:*) ask --max-time 2 "dict://[$redis_host]:$redis_port/PING" ;;
    *) ask --max-time 2 "dict://$redis_host:$redis_port/PING" ;;
  esac
}

cmd_test() {
  have_sources || fail "There are no sources to test beside $dist."
  configure
  # the tree that the tests run, not the one that a server may be running now
  maven --quiet --threads 2 -Dmaven.test.skip=true --projects dist --also-make package || fail "The build failed; the reason is above."
  "$dist/target/orchestrator/bin/orchestrator" download || fail "The tests need the default model."
  # two modules at a time, as most tests wait rather than compute; of options given twice Maven takes the first
  cd "$root" && exec ./mvnw --batch-mode verify "-Dorchestrator.models=$ORCHESTRATOR_HOME/models" "$@" --threads 2
}

help() {
  cat <<'TEXT'
Usage: manage.sh COMMAND

  start        builds what is not built, obtains the default model, starts the server and waits until it answers
  stop         stops the server, letting running requests end
  status       tells whether the server runs and answers (ends with 0), or not (1)
  logs [-f]    shows the end of the server's log; -f goes on
  cache-clear  removes all stored answers
  engine       installs a native llama-server, as orchestrator.yaml's section 'engine' says; --force does it anew
  redis        starts a redis-server for the cache, where REDIS_URL has it on this machine, with REDIS_MAX_MEMORY_MB
               (2048) and the policy allkeys-lru; a Redis that runs already is left as it is
  redis stop   stops it
  build        builds the program from its sources
  test         runs every test; further arguments go to Maven
  help         shows this

HOST, PORT and OLLAMA_HOST say where the server listens, as does config/orchestrator.yaml.
TEXT
}

usage() {
  help >&2
  exit 2
}

command=${1-}
[ $# -gt 0 ] && shift
case $command in
  start) cmd_start "$@" ;;
  stop) cmd_stop "$@" ;;
  status) cmd_status "$@" ;;
  logs) cmd_logs "$@" ;;
  cache-clear) cmd_cache_clear "$@" ;;
  engine) cmd_engine "$@" ;;
  redis) cmd_redis "$@" ;;
  build) cmd_build "$@" ;;
  test) cmd_test "$@" ;;
  help | -h | --help) help ;;
  *) usage ;;
esac
