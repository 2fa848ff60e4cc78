# Asks readiness and does a dry run: helm test runs this in the cluster, the build's tests against the service itself.
set -eu

fail() {
	echo "FAILED: $1" >&2
	exit 1
}

curl -fsS --retry 10 --retry-all-errors --retry-delay 2 "$MANAGEMENT/actuator/health/readiness" >/dev/null ||
	fail "$MANAGEMENT is not ready"
echo "It is ready."

dry_run() {
	curl -sS ${API_OPTIONS:-} -w '\n%{http_code}' -H 'Content-Type: application/json' "$@" --data "@$(dirname "$0")/request.json" \
		"$API/domains/helm-test/workflows/integrations?dry-run=true"
}

if [ "$SECURED" = true ] && [ -z "${TOKEN:-}" ]; then
	answer=$(dry_run) || fail "$API does not answer"
	[ "${answer##*
}" = 403 ] || fail "a stranger was answered: $answer"
	echo "It refuses strangers. Name a token in tests.tokenSecret to have a dry run done, too."
	exit 0
fi

answer=$(dry_run ${TOKEN:+-H "Authorization: Bearer $TOKEN"}) || fail "$API does not answer"
case $answer in
*'"Violations":[]'*200) echo "It did a dry run: $answer" ;;
*) fail "the dry run's answer is $answer" ;;
esac
