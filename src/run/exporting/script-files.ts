// Owns how an exported script writes the files of blocks, and puts the old ones back.

/** Functions of the script: `rs_write` for the block at an address, `rs_restore` for what was written there. */
export const scriptFiles: string =
  String.raw`# What was written, by the address of its block: where, under which number it is kept, and whether there was an old one.
declare -A rs_kept_path=() rs_kept_at=() rs_kept_old=()
# A file is written as a whole, beside the old one, and put in its place; the old one is kept for the undo.
rs_write() {
  local path new name text mark links='' user='' group='' kept=$rs_dir/kept-$((\${#rs_kept_at[@]} + 1))
  rs_why=''
  path=$(rs_in_bash "printf '%s\n' \"$rs_file\"") || { rs_why='its path cannot be read'; return; }
  case $path in /*) ;; *) path=$(rs_in_bash 'printf "%s\n" "$PWD"')/$path ;; esac
  [ -d "$path" ] && { rs_why="$path is a folder"; return; }
  [ -d "$(dirname -- "$path")" ] || { rs_why="the folder of $path does not exist"; return; }
  [ -L "$path" ] && path=$(readlink -f -- "$path")
  if [ -e "$path" ]; then
    [ -f "$path" ] || { rs_why="$path is neither a file nor a link to one"; return; }
    [ -w "$path" ] || { rs_why="$path is not writable"; return; }
    read -r _ links user group _ < <(LC_ALL=C ls -ldn -- "$path")
    [ "$links" = 1 ] || { rs_why="$path has other names (hard links), which would go on with the old content"; return; }
  fi
  text=$rs_code
  for name in $rs_fills; do
    new=$(rs_in_bash "printf '%s.' \"\$""{$name?}\"") || { rs_why="$name has no value"; return; }
    mark='$'"{$name}"
    text=\${text//"$mark"/"\${new%.}"}
  done
  if [ -f "$path" ] && [ "$(cat -- "$path" && printf .)" = "$text"$'\n.' ] && { [ -z "$rs_mode" ] || [ "$(stat -c %a -- "$path")" = "\${rs_mode#0}" ]; }; then
    rs_is_there=1; return
  fi
  new="$(dirname -- "$path")/.runsheet-$$-$(basename -- "$path")"
  # What nobody else may read is at no moment there for others.
  ( if [ -n "$rs_mode$user" ]; then umask 077; fi; printf '%s\n' "$text" > "$new" ) || { rs_why="$path cannot be written"; rm -f -- "$new"; return; }
  if [ -n "$user" ]; then chown "$user:$group" "$new" || { rs_why="the new $path cannot be given its owner"; rm -f -- "$new"; return; }; fi
  if [ -n "$rs_mode" ]; then chmod "$rs_mode" "$new"; elif [ -n "$user" ]; then chmod --reference="$path" "$new"; fi ||
    { rs_why="the new $path cannot be given its mode"; rm -f -- "$new"; return; }
  if [ -n "$rs_validate" ]; then
    ( rs_env+=("FILE=$new"); rs_in_bash "$rs_validate" ) || { rs_why="$rs_validate refused it"; rm -f -- "$new"; return; }
  fi
  # Nothing is written whose old state is not there to be put back.
  { [ -z "$user" ] || cp -p -- "$path" "$kept"; } && cp -p -- "$new" "$kept.new" || { rs_why="nothing could be kept of the old $path"; rm -f -- "$new"; return; }
  rs_kept_path[$1]=$path rs_kept_at[$1]=$kept rs_kept_old[$1]=$user rs_is_kept=1
  mv -f -- "$new" "$path" || { rs_why="$path cannot be replaced"; rm -f -- "$new"; }
}
rs_restore() {
  local path=\${rs_kept_path[$rs_restores]-} kept=\${rs_kept_at[$rs_restores]-} old=\${rs_kept_old[$rs_restores]-}
  rs_why=''
  # The block has written nothing.
  [ -n "$path" ] || return
  # It is as it was.
  if [ -n "$old" ]; then cmp -s -- "$path" "$kept" && return; elif [ ! -e "$path" ] && [ ! -L "$path" ]; then return; fi
  cmp -s -- "$path" "$kept.new" || { rs_why="$path has changed since"; return; }
  if [ -n "$old" ]; then cp -p -- "$kept" "$path.rs-back" && mv -f -- "$path.rs-back" "$path"; else rm -f -- "$path"; fi || rs_why="$path cannot be put back"
}
`.replaceAll('\\${', '${');
