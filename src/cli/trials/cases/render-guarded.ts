// Owns the scripts that keep programs which write files within the folders of a test.
import { shellQuote } from '../../../languages/shell/shell-quote.ts';

/** A script that runs a program which writes files, where all that it is to write lies in one of the folders. */
export function renderGuarded(
  name: string,
  program: string,
  {
    bash,
    readlink,
    roots,
    refused,
  }: { bash: string; readlink: string; roots: readonly string[]; refused: string },
): string {
  // Whose a file is, a test cannot say: not everybody may give files away.
  const isOfOwner = /^ch(?:own|grp)$/.test(name);
  const isLast = /^(?:cp|ln|install)$/.test(name);
  return `#!${bash}
inside() {
  local path=$1 folder rest root
  [[ $path == /* ]] || path=$PWD/$path
  case $path in /dev/null|/dev/stdout|/dev/stderr|/dev/tty) return 0;; esac
  if [[ -L $path && ! ${shellQuote(name)} =~ ^(rm|mv|ln)$ ]]; then
    rest=$(${shellQuote(readlink)} "$path")
    [[ $rest == /* ]] || rest=\${path%/*}/$rest
    path=$rest
  fi
  folder=$path
  [[ -L $folder ]] && folder=\${folder%/*}
  until [[ -d $folder ]]; do
    folder=\${folder%/*}
    [[ $folder ]] || folder=/
  done
  rest=\${path#"$folder"}
  [[ /$rest/ == */../* ]] && return 1
  folder=$(cd -P -- "$folder" && pwd -P) || return 1
  for root in ${roots.map(shellQuote).join(' ')}; do
    [[ $folder/ == "$root"/* ]] && return 0
  done
  return 1
}
words=() behind=''
for word in "$@"; do
  if [[ ! $behind && $word == -- ]]; then behind=yes
  elif [[ ! $behind && $word == --*=/* ]]; then words+=("\${word#*=}")
  elif [[ ! $behind && $word =~ ^-[a-zA-Z]*t(/.*)$ ]]; then words+=("\${BASH_REMATCH[1]}")
  elif [[ ! $behind && $word =~ ^-[a-zA-Z]*t$ || $word == --target-directory ]]; then all=yes
  elif [[ $behind || $word != -* ]]; then words+=("$word"); fi
done
${isLast ? `[[ $all ]] || words=("\${words[@]: -1}")` : ''}
for word in "\${words[@]}"; do
  inside "$word" && continue
  printf '%s\\0' ${shellQuote(name)}" $word, which is outside of its folder" >> ${shellQuote(refused)}
  printf '%s\\n' ${shellQuote(name)}": $word is outside of the folder of the test" >&2
  exit 126
done
${isOfOwner ? 'exit 0' : `exec ${shellQuote(program)} "$@"`}
`;
}
