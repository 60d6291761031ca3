#!/bin/sh
# Shows on public outcomes what routing saves: 'routing-study.sh --help' says which files it wants and where they are.
# The product is built first. Takes about half an hour; 'docs/routing.md' has what came of it.

dist=$(cd "$(dirname "$0")" && pwd -P) || exit 1
root=$(dirname "$dist")

jdk=$("$dist/bin/find-jdk" --compiler) || exit 1
(cd "$root" && ./mvnw --batch-mode --quiet -pl dist,dist/bench -am -Dmaven.test.skip=true package) || {
  echo "The build failed; the reason is above." >&2
  exit 1
}
exec "$jdk/bin/java" -cp "$dist/bench/target/classes:$dist/bench/target/lib/*" ai.orchestrator.bench.routing.RoutingStudy \
  --tree="$dist/target/orchestrator" "$@"
