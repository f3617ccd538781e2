// Owns the part of an exported script that reads JSON, in bash alone; scripts that read none do without it.

/**
 * `rs_json SEGMENT…` finds what stands at a place of the document in `out`, as the run does: a text by its characters,
 * anything else as it is written, without blanks. A segment is `k:name` or `i:index`. It sets `rs_value`, or fails with
 * `rs_why`.
 */
export const scriptJson: string = String.raw`rs_json_text() {
  local rest code bytes
  [[ $1 == '"'*'"' && \${#1} -ge 2 ]] || return 1
  rest=\${1#?} rest=\${rest%?} rs_text=''
  case $rest in *[$'\001'-$'\037']*) return 1 ;; esac
  while [[ $rest == *\\* ]]; do
    rs_text+=\${rest%%\\*} rest=\${rest#*\\}
    case $rest in
      ['"/\']*) rs_text+=\${rest:0:1} ;;
      b*) rs_text+=$'\b' ;;
      f*) rs_text+=$'\f' ;;
      n*) rs_text+=$'\n' ;;
      r*) rs_text+=$'\r' ;;
      t*) rs_text+=$'\t' ;;
      u*)
        [[ $rest =~ ^u([0-9a-fA-F]{4}) ]] || return 1
        code=$((16#\${BASH_REMATCH[1]})) rest=\${rest:4}
        if ((code >= 55296 && code < 56320)) && [[ \${rest:1} =~ ^\\u([dD][c-fC-F][0-9a-fA-F]{2}) ]]; then
          code=$((65536 + (code - 55296) * 1024 + 16#\${BASH_REMATCH[1]} - 56320)) rest=\${rest:6}
        fi
        ((code >= 55296 && code < 57344)) && code=65533
        if ((code == 0)); then bytes=''
        elif ((code < 128)); then printf -v bytes '\\x%02x' "$code"
        elif ((code < 2048)); then printf -v bytes '\\x%02x' $((192 + code / 64)) $((128 + code % 64))
        elif ((code < 65536)); then printf -v bytes '\\x%02x' $((224 + code / 4096)) $((128 + code / 64 % 64)) $((128 + code % 64))
        else printf -v bytes '\\x%02x' $((240 + code / 262144)) $((128 + code / 4096 % 64)) $((128 + code / 64 % 64)) $((128 + code % 64)); fi
        printf -v bytes "$bytes"
        rs_text+=$bytes ;;
      *) return 1 ;;
    esac
    rest=\${rest:1}
  done
  rs_text+=$rest
}
# Goes behind the value that begins at rs_at; fails where it is none.
rs_json_value() {
  local token=\${rs_tokens[rs_at]-} close
  case $token in
    '{'|'[')
      if [ "$token" = '{' ]; then close='}'; else close=']'; fi
      rs_at=$((rs_at + 1))
      if [ "\${rs_tokens[rs_at]-}" = "$close" ]; then rs_at=$((rs_at + 1)); return 0; fi
      while :; do
        if [ "$close" = '}' ]; then
          rs_json_text "\${rs_tokens[rs_at]-}" && [ "\${rs_tokens[rs_at + 1]-}" = : ] || return 1
          rs_at=$((rs_at + 2))
        fi
        rs_json_value || return 1
        token=\${rs_tokens[rs_at]-} rs_at=$((rs_at + 1))
        [ "$token" = "$close" ] && return 0
        [ "$token" = , ] || return 1
      done ;;
    '"'*) rs_json_text "$token" || return 1 ;;
    true|false|null) ;;
    *) [[ $token =~ ^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$ ]] || return 1 ;;
  esac
  rs_at=$((rs_at + 1))
}
rs_json() {
  local LC_ALL=C IFS='' rs_tokens rs_at=0 rs_text segment start=0 found count type left=$#
  [ \${#out} -le 4194304 ] || { rs_why='its output is too long'; return 1; }
  mapfile -t rs_tokens < <(printf '%s\n' "$out" | grep -aoE '"([^"\\]|\\.)*"|[][{},:]|[^][{},:"'$' \t\r'']+|"')
  rs_json_value && [ "$rs_at" -eq \${#rs_tokens[@]} ] || { rs_why='its output does not parse as JSON'; return 1; }
  rs_why='its output has nothing at that place'
  for segment in "$@"; do
    left=$((left - 1)) found='' count=0 type=\${rs_tokens[start]} rs_at=$((start + 1))
    case $type in '{'|'[') ;; *) return 1 ;; esac
    until [[ \${rs_tokens[rs_at]} == [\]}] ]]; do
      if [ "$type" = '{' ]; then
        rs_json_text "\${rs_tokens[rs_at]}"; rs_at=$((rs_at + 2))
        [ "$segment" = "k:$rs_text" ] && found=$rs_at
      else
        [ "$segment" = "i:$count" ] && found=$rs_at
      fi
      count=$((count + 1))
      rs_json_value
      [ "\${rs_tokens[rs_at]}" = , ] && rs_at=$((rs_at + 1))
    done
    if [ "$type" = '[' ] && [ "$segment" = k:length ] && [ "$left" -eq 0 ]; then rs_why='' rs_value=$count; return 0; fi
    [ -n "$found" ] || return 1
    start=$found
  done
  case \${rs_tokens[start]} in
    null) return 1 ;;
    '"'*) rs_json_text "\${rs_tokens[start]}"; rs_value=$rs_text ;;
    *) rs_at=$start; rs_json_value; rs_value="\${rs_tokens[*]:start:rs_at - start}" ;;
  esac
  rs_why=''
}
`.replaceAll('\\${', '${');
