#!/usr/bin/env bash
# Builds, starts, stops and looks after one AI Orchestrator in this folder. 'manage.sh help' lists the commands.
set -euo pipefail

dist=$(dirname "$(readlink -f "$0")")
root=$(dirname "$dist")
home=${ORCHESTRATOR_HOME:-$dist}
program=$dist/bin/orchestrator
pid_file=$home/data/orchestrator.pid
log_file=$home/data/logs/server.log
stamp=$dist/lib/.built
start_seconds=120

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

help() {
  cat <<'TEXT'
usage: dist/manage.sh COMMAND
  start        build if needed, obtain the default model, start the server, wait until it answers
  stop         stop the server
  restart      stop, then start
  status       tell whether the server runs (exit 0) or not (exit 1)
  logs [-f]    show the last lines of the log, or follow it
  cache-clear  remove every stored answer
  build        build the runnable tree
  test         run every test
TEXT
}

# the process of the pid file, if it is alive and ours
running_pid() {
  local pid
  [ -r "$pid_file" ] || return 1
  pid=$(<"$pid_file")
  [[ $pid =~ ^[0-9]+$ ]] && kill -0 "$pid" 2>/dev/null || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q 'ai\.orchestrator\.server\.Main' || ps -p "$pid" -o args= 2>/dev/null | grep -q 'ai\.orchestrator\.server\.Main' || return 1
  say "$pid"
}

address() { "$program" config address; }

answers() { curl --silent --fail --max-time 2 --output /dev/null "$1/api/health"; }

is_built() {
  [ -f "$stamp" ] || return 1
  [ -z "$(find "$root/pom.xml" "$root/plugin-api" "$root/plugins" "$root/server" "$dist/pom.xml" \
    -name target -prune -o -type f -newer "$stamp" -print -quit)" ]
}

build() {
  "$dist/bin/find-jdk" >/dev/null || exit 1
  say "building (a first build takes some minutes) ..."
  mkdir -p "$home/data/logs"
  if ! "$root/mvnw" --quiet -DskipTests package >"$home/data/logs/build.log" 2>&1; then
    tail -n 30 "$home/data/logs/build.log" >&2
    fail "the build failed; the whole log is in $home/data/logs/build.log"
  fi
  rm -rf "${dist:?}/lib" "${dist:?}/plugins"
  cp -R "$dist/target/orchestrator/lib" "$dist/target/orchestrator/plugins" "$dist/"
  touch "$stamp"
}

prepare() {
  is_built || build
  # what is there is the operator's
  mkdir -p "$home/config" "$home/models" "$home/data/logs"
  local file
  for file in "$root"/config/* "$root"/config/.env.example; do
    [ -e "$home/config/$(basename "$file")" ] || cp -R "$file" "$home/config/"
  done
}

start() {
  local pid url
  if pid=$(running_pid); then
    url=$(address) || exit 1
    say "the server already runs: process $pid, $url"
    return 0
  fi
  prepare
  url=$(address) || exit 1
  if port_taken "$url"; then
    fail "cannot start: something else listens on $url; stop it, or choose another port with PORT=..."
  fi
  "$program" download || say "going on without the default model: answers that need it will say how to get it"
  nohup "$program" serve >>"$log_file" 2>&1 </dev/null &
  pid=$!
  say "$pid" >"$pid_file"
  wait_until_it_answers "$pid" "$url"
  say "AI Orchestrator runs: process $pid, $url"
  say ""
  say "try:    curl $url/api/chat -d '{\"model\": \"auto\", \"stream\": false, \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}'"
  say "stats:  $url/api/stats"
  say "log:    $log_file"
}

# whether anything at all accepts a connection at a URL's host and port
port_taken() {
  local authority=${1#http://} host port
  host=${authority%:*}
  port=${authority##*:}
  host=${host#[}
  (exec 3<>"/dev/tcp/${host%]}/$port") 2>/dev/null
}

wait_until_it_answers() {
  local pid=$1 url=$2 waited=0
  while ! answers "$url"; do
    if ! kill -0 "$pid" 2>/dev/null; then
      rm -f "$pid_file"
      tail -n 15 "$log_file" >&2
      fail "the server did not start; the lines above are the end of $log_file"
    fi
    if [ "$waited" -ge "$((start_seconds * 5))" ]; then
      tail -n 15 "$log_file" >&2
      fail "the server does not answer on $url after $start_seconds seconds; process $pid goes on"
    fi
    sleep 0.2
    waited=$((waited + 1))
  done
}

stop() {
  local pid waited=0
  if ! pid=$(running_pid); then
    rm -f "$pid_file"
    say "the server does not run"
    return 0
  fi
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    if [ "$waited" -ge 150 ]; then
      say "the server did not stop within 30 seconds and is killed"
      kill -9 "$pid" 2>/dev/null || true
      break
    fi
    sleep 0.2
    waited=$((waited + 1))
  done
  rm -f "$pid_file"
  say "stopped"
}

status() {
  local pid url
  if ! pid=$(running_pid); then
    say "the server does not run"
    return 1
  fi
  url=$(address) || exit 1
  if answers "$url"; then
    say "the server runs: process $pid, $url"
    return 0
  fi
  say "process $pid is there but does not answer on $url"
  return 1
}

logs() {
  [ -f "$log_file" ] || fail "there is no log yet: $log_file"
  tail -n 100 "$@" "$log_file"
}

cache_clear() {
  local url
  running_pid >/dev/null || fail "the server does not run: start it first, it knows where its tiers are"
  url=$(address) || exit 1
  say "removed from all tiers: $(curl --silent --show-error --fail --request DELETE "$url/api/cache")"
}

run_tests() {
  "$dist/bin/find-jdk" >/dev/null || exit 1
  "$root/mvnw" --quiet -DskipTests package
  # the end-to-end tests talk to the default model
  mkdir -p "$dist/models"
  local tree=$dist/target/orchestrator
  ln -sfn "$dist/models" "$tree/models"
  ORCHESTRATOR_HOME=$tree "$tree/bin/orchestrator" download
  "$root/mvnw" verify "$@"
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  start) start ;;
  stop) stop ;;
  restart) stop && start ;;
  status) status ;;
  logs) logs "$@" ;;
  cache-clear) cache_clear ;;
  build) prepare ;;
  test) run_tests "$@" ;;
  help | -h | --help) help ;;
  *)
    help >&2
    exit 2
    ;;
esac
