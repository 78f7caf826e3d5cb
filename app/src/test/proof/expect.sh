# What the scripts of the AWS CLI here ask of its answers; each reads it in.
fail() { echo "$(basename "$0" .sh): FAILED: $*" >&2; exit 1; }
expect() { # expect TEXT COMMAND…
  local wanted=$1 said
  shift
  said=$("$@" 2>&1) || fail "$* said: $said"
  [[ $said == *"$wanted"* ]] || fail "$* should have said '$wanted', said: $said"
}
refused() { # refused TEXT COMMAND…
  local wanted=$1 said
  shift
  if said=$("$@" 2>&1); then fail "$* should have been refused, said: $said"; fi
  [[ $said == *"$wanted"* ]] || fail "$* should have been refused with '$wanted', said: $said"
}
export AWS_PAGER= AWS_MAX_ATTEMPTS=2
