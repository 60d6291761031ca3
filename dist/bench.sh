#!/bin/sh
# Measures the product against what it stands on: 'bench.sh --help' lists what can be said.
# What it measures is built first, and everything is started on free ports and stopped again.
#
#   ORCHESTRATOR_HOME  the folder whose models and engine are used (default: this one)

dist=$(cd "$(dirname "$0")" && pwd -P) || exit 1
root=$(dirname "$dist")
home=${ORCHESTRATOR_HOME:-$dist}

jdk=$("$dist/bin/find-jdk" --compiler) || exit 1
(cd "$root" && ./mvnw --batch-mode --quiet -pl dist,dist/bench -am -Dmaven.test.skip=true package) || {
  echo "The build failed; the reason is above." >&2
  exit 1
}

model=$home/models/SmolLM2-135M-Instruct.Q4_1.gguf
if [ ! -f "$model" ]; then
  # on a fresh checkout, there is no configuration yet that says where from
  [ -f "$home/config/orchestrator.yaml" ] || ORCHESTRATOR_HOME=$home "$dist/manage.sh" build || exit 1
  ORCHESTRATOR_HOME=$home "$dist/target/orchestrator/bin/orchestrator" download || exit 1
fi
engine=$home/engine/bin/llama-server
[ -x "$engine" ] || engine=
# options that are given come later, and win
exec "$jdk/bin/java" -cp "$dist/bench/target/classes:$dist/bench/target/lib/*" ai.orchestrator.bench.Bench \
  --tree="$dist/target/orchestrator" --model="$model" ${engine:+"--engine=$engine"} "$@"
