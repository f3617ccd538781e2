// Owns the part of an exported script that is the same for every page: how a block runs, is judged and is undone.

import { scriptFiles } from './script-files.ts';

/** What each block runs in, a bash of its own that begins where the block before has ended. */
const blockShell = String.raw`rs_d=$1 rs_strict=$2 rs_cd=$3; shift 3; rs_own=("$@"); set --
shopt -s expand_aliases
. "$rs_d/state"
rs_kept=
for rs_pair in "\${rs_own[@]}"; do
  rs_kept+=$(declare -p "\${rs_pair%%=*}" 2>/dev/null || printf 'unset -v %s' "\${rs_pair%%=*}")$'\n'
  export "\${rs_pair?}"
done
rs_before=$PWD
if [ -n "$rs_cd" ]; then cd -- "$rs_cd" || exit 126; fi
rs_started=$PWD
rs_leave() {
  {
    for rs_name in $(compgen -v); do
      case $rs_name in
        rs_*|BASH*|COMP_*|FUNCNAME|EUID|UID|PPID|SHELLOPTS|PIPESTATUS|RANDOM|SRANDOM|SECONDS|LINENO|EPOCH*|GROUPS|DIRSTACK|HISTCMD|PWD|OLDPWD|_) ;;
        *) declare -p "$rs_name" ;;
      esac
    done
    declare -f; alias -p; umask -p
    printf '%s' "$rs_kept"
    if [ -n "$rs_cd" ] && [ "$PWD" = "$rs_started" ]; then printf 'cd -- %q\n' "$rs_before"; else printf 'cd -- %q\n' "$PWD"; fi
    shopt -p; set +o | grep -v -e errexit -e pipefail -e monitor -e history
  } > "$rs_d/left" 2>/dev/null
}
trap rs_leave EXIT
if [ -n "$rs_strict" ]; then set -eo pipefail; shopt -s inherit_errexit; fi
. "$rs_d/code"
`.replaceAll('\\${', '${');

/** Functions, and the command line of the script; the page's own part follows. */
export const scriptRuntime: string =
  String.raw`rs_yes='' rs_destroy='' rs_policy=stop rs_manual=pause rs_failed='' rs_begun=() rs_touched=' '
rs_say() { printf '%s\n' "$*" >&2; }
rs_usage() { rs_say "$1"; exit 2; }
rs_given=()
while [ $# -gt 0 ]; do
  case $1 in
    -y|--yes) rs_yes=1 ;;
    --rollback) rs_policy=rollback ;;
    --allow-destructive) rs_destroy=1 ;;
    --manual) shift; rs_manual=\${1-}; case $rs_manual in pause|skip) ;; *) rs_usage '--manual takes pause or skip' ;; esac ;;
    -h|--help) rs_help; exit 0 ;;
    [A-Za-z_]*=*) rs_given+=("$1") ;;
    *) rs_usage "unknown argument: $1 (--help says more)" ;;
  esac
  shift
done
rs_called=$PWD
rs_has_terminal() { [ -z "$rs_yes" ] && { : < /dev/tty; } 2>/dev/null; }
rs_folder=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P) || exit 2
rs_dir=$(umask 077 && mktemp -d) || exit 2
trap 'rm -rf -- "$rs_dir"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
cat > "$rs_dir/shell" <<'RS_SHELL'
${blockShell}RS_SHELL

# The value becomes a variable of every later block.
rs_export() { printf 'declare -x %s=%q\n' "$1" "$2" >> "$rs_dir/state"; }

# An input: name, how it is asked, its default and whether it has one, whether it is required (said: or said to be empty),
# from the environment, of what form, of which choices, what blocks find it in, and what is not checked of it here.
rs_input() {
  local name=$1 kind=$2 default=$3 has_default=$4 required=$5 environment=$6 pattern=$7 choices=$8 variable=$9 unchecked=\${10} pair value='' is_given='' is_typed=''
  for pair in "\${rs_given[@]}"; do
    case $pair in "$name="*) value=\${pair#*=} is_given=1 is_typed=1 ;; esac
  done
  if [ -z "$is_given" ] && [ -n "$environment" ] && [ -n "\${!environment+x}" ]; then value=\${!environment} is_given=1; fi
  if [ -z "$is_given" ] && [ -n "$has_default" ]; then value=$default is_given=1; fi
  if [ -z "$is_given" ] && [ -n "$required" ]; then
    rs_has_terminal || rs_usage "the input $name has no value: $name=VALUE gives it"
    if [ "$kind" = secret ]; then read -rsp "$name: " value < /dev/tty; rs_say; else read -rp "$name: " value < /dev/tty; fi
    is_given=1 is_typed=1
  fi
  [ -n "$is_given" ] || return 0
  [ "$required" = said ] && [ -z "$value" ] && return 0
  [ -n "$required" ] && [ -z "$value" ] && rs_usage "the input $name needs a value"
  [ -z "$unchecked" ] || rs_say "the input $name: not checked here: $unchecked"
  case $kind in
    path)
      # What was typed means what it means where it was typed.
      case $value in '~'|'~/'*) value="$HOME\${value#'~'}" ;; /*|'') ;; *) [ -n "$is_typed" ] && value="$rs_called/$value" ;; esac ;;
    number) [[ $value =~ ^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$ ]] || rs_usage "the input $name: expected a number" ;;
    boolean)
      case $(printf %s "$value" | tr '[:upper:]' '[:lower:]') in
        true|yes|y|on|1) value=true ;;
        false|no|n|off|0) value=false ;;
        *) rs_usage "the input $name: expected yes or no" ;;
      esac ;;
  esac
  if [ -n "$choices" ]; then
    case $choices in *$'\n'"$value"$'\n'*) ;; *) rs_usage "the input $name: expected one of$(printf %s "$choices" | tr '\n' ' ')" ;; esac
  elif [ -n "$pattern" ]; then
    [[ $value =~ $pattern ]] || rs_usage "the input $name: its value is not of the form that the page asks for"
  fi
  rs_export "$variable" "$value"
}
rs_inputs_end() {
  local pair
  for pair in "\${rs_given[@]}"; do
    case $rs_names in *" \${pair%%=*} "*) ;; *) rs_usage "there is no input \${pair%%=*}" ;; esac
  done
}

rs_item() {
  rs_address=$1 rs_step=$2 rs_phase=$3 rs_line=$4
  rs_code='' rs_run=(bash) rs_strict=1 rs_when='' rs_check='' rs_no='' rs_timeout='' rs_retries=0 rs_interval=1 rs_longest=''
  rs_exits=' 0 ' rs_failure='' rs_confirm='' rs_risk=change rs_looks='' rs_cwd='' rs_env=() rs_needs='' rs_capture=() rs_expect=()
  rs_file='' rs_mode='' rs_validate='' rs_fills='' rs_restores='' rs_follows=''
}
rs_start() {
  local limit=()
  [ -n "$rs_timeout" ] && limit=(timeout --kill-after=10 "$rs_timeout")
  rm -f -- "$rs_dir/left"
  "\${limit[@]}" "\${rs_run[@]}" < /dev/null
}
rs_in_bash() {
  printf '%s\n' "$1" > "$rs_dir/code"
  local rs_run=(bash "$rs_dir/shell" "$rs_dir" "$rs_strict" "$rs_cwd" "\${rs_env[@]}")
  rs_start
}
# A condition: 0 is yes, 1 is no, 2 is neither.
rs_holds() {
  local status=0
  ( rs_timeout=''; rs_in_bash "$1" > /dev/null 2> "$rs_dir/said" ) || status=$?
  [ "$status" -eq 0 ] && return 0
  case " 1 $rs_no " in *" $status "*) return 1 ;; esac
  cat "$rs_dir/said" >&2
  return 2
}
# One attempt; rs_why says what was wrong with it.
rs_attempt() {
  local status=0 out err entry
  rs_why=''
  if [ "\${rs_run[0]}" = bash ]; then
    if [ \${#rs_capture[@]} -gt 0 ] || [ \${#rs_expect[@]} -gt 0 ]; then
      rs_in_bash "$rs_code" > "$rs_dir/out" 2> "$rs_dir/err" || status=$?
      cat "$rs_dir/out"; cat "$rs_dir/err" >&2
    else
      rs_in_bash "$rs_code" || status=$?
    fi
  else
    printf '%s\n' "$rs_code" > "$rs_dir/program"
    rs_in_bash "exec \${rs_run[*]} \"\$rs_d/program\"" > "$rs_dir/out" 2> "$rs_dir/err" || status=$?
    rm -f -- "$rs_dir/left"
    cat "$rs_dir/out"; cat "$rs_dir/err" >&2
  fi
  if [ -n "$rs_timeout" ] && { [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; }; then
    rm -f -- "$rs_dir/left"; rs_why="it took longer than $rs_timeout"; return
  fi
  [ -f "$rs_dir/left" ] && mv -f -- "$rs_dir/left" "$rs_dir/state"
  if [ -n "$rs_looks" ]; then return; fi
  case $rs_exits in *" $status "*) ;; *) rs_why="exit $status"; return ;; esac
  # All of it: the ends of its lines count.
  out=$(cat "$rs_dir/out" 2>/dev/null; printf .) err=$(cat "$rs_dir/err" 2>/dev/null; printf .)
  out=\${out%.} err=\${err%.}
  for entry in "\${rs_expect[@]}"; do
    rs_expected "$entry" "$out" "$err" || { rs_why="its output is not as expected: \${entry#*:}"; return; }
  done
  out=$(printf %s "$out")
  for entry in "\${rs_capture[@]}"; do
    case $entry in
      *:json:*) rs_value='' rs_json_at=()
        mapfile -t rs_json_at <<< "\${entry#*:json:}"
        [ -n "\${entry#*:json:}" ] || rs_json_at=()
        rs_json "\${rs_json_at[@]}" || { rs_why="\${entry%%:*}: $rs_why"; return; }
        rs_export "\${entry%%:*}" "$rs_value" ;;
      *=*) [[ $out =~ \${entry#*=} ]] || { rs_why="nothing in its output is \${entry%%=*}"; return; }
        rs_export "\${entry%%=*}" "\${BASH_REMATCH[1]-\${BASH_REMATCH[0]}}" ;;
      *) rs_export "$entry" "$out" ;;
    esac
  done
}
rs_expected() {
  local kind=\${1%%:*} wanted=\${1#*:} text=$2
  case $kind in *err*) text=$3 ;; esac
  # The newline that ends the last line is no part of it, so that an end is behind its text.
  case $kind/$text in *regex*$'\r\n') text=\${text%$'\r\n'} ;; *regex*) text=\${text%$'\n'} ;; esac
  case $kind in
    text*) case $text in *"$wanted"*) return 0 ;; esac ;;
    regex*) [[ $text =~ $wanted ]] && return 0 ;;
    not-text*) case $text in *"$wanted"*) return 1 ;; esac; return 0 ;;
    number) rs_is_number "$text" && rs_n=$rs_n awk "BEGIN { n = ENVIRON[\"rs_n\"] + 0; exit !($wanted) }" && return 0 ;;
    not-regex*) [[ $text =~ $wanted ]] || return 0 ;;
  esac
  return 1
}
# One number, a percent sign aside.
rs_is_number() {
  rs_n=$1
  rs_n=\${rs_n#"\${rs_n%%[![:space:]]*}"} rs_n=\${rs_n%"\${rs_n##*[![:space:]]}"}
  if [ "\${rs_n%\%}" != "$rs_n" ]; then rs_n=\${rs_n%\%} rs_n=\${rs_n%"\${rs_n##*[![:space:]]}"}; fi
  [ \${#rs_n} -le 64 ] && [[ $rs_n =~ ^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$ ]]
}
${scriptFiles}rs_confirmed() {
  local answer
  if [ "$rs_risk" = destructive ]; then
    [ -n "$rs_destroy" ] && return 0
    rs_has_terminal || { rs_say "$rs_address destroys something: --allow-destructive runs it"; exit 5; }
    read -rp "$rs_confirm Type $rs_address to run it: " answer < /dev/tty
    [ "$answer" = "$rs_address" ]; return
  fi
  [ -z "$rs_confirm" ] || [ -n "$rs_yes" ] && return 0
  rs_has_terminal || { rs_say "$rs_address asks: $rs_confirm (--yes answers it)"; exit 5; }
  read -rp "$rs_confirm [y/N] " answer < /dev/tty
  case $answer in y|Y|yes) return 0 ;; esac
  return 1
}
# It has begun: what it has changed is undone, and followed by handlers.
rs_touch() {
  [ "$rs_phase" != rollback ] || return 0
  rs_touched+="$rs_address "
  case $rs_phase/$rs_risk in preconditions/*|*/read) ;; *) rs_begun+=("$rs_step") ;; esac
}
rs_go() {
  local try=0 pause=$rs_interval name status
  [ -n "$rs_failed" ] && [ "$rs_phase" != rollback ] && return
  if [ -n "$rs_when" ]; then
    rs_holds "$rs_when"; status=$?
    [ $status -eq 1 ] && { rs_say "- $rs_address: skipped, its condition does not hold"; return; }
    [ $status -eq 2 ] && { rs_fail 'its condition failed'; return; }
  fi
  if [ -n "$rs_follows" ]; then
    for name in $rs_follows; do case $rs_touched in *" $name "*) status=followed ;; esac; done
    [ "\${status-}" = followed ] || return 0
  elif [ -n "$rs_check" ]; then
    rs_holds "$rs_check"; status=$?
    [ $status -eq 0 ] && { rs_say "- $rs_address: done already"; return; }
    [ $status -eq 2 ] && { rs_fail 'its check failed'; return; }
  fi
  rs_confirmed || { rs_fail 'it was not confirmed'; return; }
  for name in $rs_needs; do
    grep -q "^declare -[^ ]* $name=" "$rs_dir/state" || { rs_fail "$name is not set: the block that sets it has not run"; return; }
  done
  rs_say "> $rs_address"
  rs_is_there='' rs_is_kept=''
  [ -n "$rs_file" ] || rs_touch
  while :; do
    if [ -n "$rs_restores" ]; then rs_restore; elif [ -n "$rs_file" ]; then rs_write "$rs_address"; else rs_attempt; fi
    [ -n "$rs_file" ] && [ -z "$rs_is_there" ] && [ -n "$rs_is_kept" ] && rs_touch
    [ -z "$rs_why" ] && break
    if [ $try -ge "$rs_retries" ]; then rs_fail "$rs_why"; return; fi
    try=$((try + 1))
    rs_say "  $rs_why; again in $pause s"
    sleep "$pause"
    if [ -n "$rs_longest" ]; then pause=$(awk "BEGIN { p = $pause * 2; print p > $rs_longest ? $rs_longest : p }"); fi
  done
  if [ -n "$rs_check" ]; then
    rs_holds "$rs_check" || { rs_fail 'its check does not hold after it'; return; }
  fi
  rs_say "ok $rs_address"
}
rs_fail() {
  rs_say "FAILED $rs_address, line $rs_line: $1"
  case $rs_phase in
    preconditions) exit 4 ;;
    rollback) rs_say 'the rollback is not complete'; exit 6 ;;
  esac
  case \${rs_failure:-$rs_policy} in
    continue) rs_went_on=1 ;;
    rollback) rs_failed=rollback ;;
    *) rs_failed=stop ;;
  esac
}
# What a person does.
rs_person() {
  local answer
  [ -n "$rs_failed" ] && [ "$rs_phase" != rollback ] && return
  rs_say "[ ] $1"
  if rs_has_terminal; then
    read -rp 'Done? [y/N] ' answer < /dev/tty
    case $answer in y|Y|yes) return ;; esac
    rs_fail 'it is not done'
  elif [ "$rs_manual" = skip ] && [ -z "\${2-}" ]; then rs_say '  skipped: it is for a person'
  else rs_say '  this is for a person'; exit 5
  fi
}
rs_end() {
  local at seen=' ' step any=''
  set --
  if [ "$rs_failed" = rollback ]; then
    [ \${#rs_begun[@]} -eq 0 ] || set -- '*'
    for step in "$@" "\${rs_begun[@]}"; do
      case $rs_undoable in *" $step "*) any=1 ;; esac
    done
    [ -n "$any" ] || { rs_say 'there is nothing to roll back with'; exit 1; }
    for ((at = \${#rs_begun[@]} - 1; at >= 0; at--)); do
      step=\${rs_begun[at]}
      case $seen in *" $step "*) continue ;; esac
      seen+="$step "
      rs_undo "$step"
    done
    rs_undo ''
    rs_say 'rolled back'; exit 3
  fi
  [ -n "$rs_failed" ] && exit 1
  [ -n "\${rs_went_on-}" ] && exit 1
  exit 0
}
: > "$rs_dir/state"
`.replaceAll('\\${', '${');
