# What the awscli scripts say of each step: what must come back, or which
# refusal. Sourced; wants ENDPOINT, AWS (the program), PYTHON, CLIENTS (this
# directory's parent) and WORK (a directory for files) in the environment.
set -euo pipefail
trap 'echo "${0##*/}: line $LINENO failed" >&2' ERR
mkdir -p "$WORK"
cd "$WORK"

aws() { "$AWS" --endpoint-url "$ENDPOINT" --output text "$@"; }

# wrong tells what went wrong, with the line of the script, and ends it.
wrong() {
  local i=1
  while [ "${BASH_SOURCE[$i]}" != "$0" ]; do i=$((i + 1)); done
  printf '%s, line %s: %s\n' "${0##*/}" "${BASH_LINENO[$((i - 1))]}" "$*" >&2
  exit 1
}

# is VALUE COMMAND...: the command succeeds and prints exactly this.
is() {
  local want=$1 got
  shift
  got=$("$@") || wrong "failed: $*"
  [ "$got" = "$want" ] || wrong "$*: got '$got', want '$want'"
}

# like PATTERN COMMAND...: the command succeeds and what it prints fits.
like() {
  local want=$1 got
  shift
  got=$("$@") || wrong "failed: $*"
  # shellcheck disable=SC2053 # it is a pattern
  [[ $got == $want ]] || wrong "$*: got '$got', want what fits '$want'"
}

# await PATTERN COMMAND...: the command prints what fits, within 30 seconds;
# until then it may fail.
await() {
  local want=$1 got deadline=$((SECONDS + 30))
  shift
  while :; do
    got=$("$@" 2>&1) || true
    # shellcheck disable=SC2053 # it is a pattern
    if [[ $got == $want ]]; then return; fi
    [ $SECONDS -lt $deadline ] || wrong "$*: still '$got', want what fits '$want'"
  done
}

# refused CODE COMMAND...: the service refuses with this code.
refused() {
  local code=$1 got
  shift
  got=$("$@" 2>&1) && wrong "$*: got '$got', want $code"
  [[ $got == *"An error occurred ($code) "* ]] || wrong "$*: got '$got', want $code"
}

# status URL [CURL OPTIONS...] prints the status; the body is in ./body.
status() { curl -sS -o body -w '%{http_code}' "$@"; }

# size FILE prints a picture's width and height.
size() { "$PYTHON" "$CLIENTS/picture.py" "$1"; }

# archive ZIP FILE... makes a zip file.
archive() { "$PYTHON" -m zipfile -c "$@"; }

# metric NAMESPACE NAME DIMENSION VALUE prints the metric's sum of today.
metric() {
  aws cloudwatch get-metric-data --query 'sum(MetricDataResults[0].Values)' --output json \
    --start-time "$(date -u -d '-1 day' +%FT%TZ)" --end-time "$(date -u -d '+1 day' +%FT%TZ)" --metric-data-queries \
    '[{"Id": "sum", "MetricStat": {"Period": 86400, "Stat": "Sum", "Metric": {"Namespace": "'"$1"'", "MetricName": "'"$2"'", "Dimensions": [{"Name": "'"$3"'", "Value": "'"$4"'"}]}}}]'
}
