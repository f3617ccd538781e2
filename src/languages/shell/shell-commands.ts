// Owns the words of the single commands in a shell block, roughly.

/** Words that only say how the following command is run. */
const wrappers =
  /^(?:(?:sudo|time|exec|command|env|nohup|then|do|else|!|\{|\()\s+(?:-\S+\s+)*|[A-Za-z_]\w*=\S*\s+)+/;

/**
 * The commands of shell code, one string each, wrappers such as `sudo` and comments taken off. Bodies of
 * here-documents are left out; quotes are not understood beyond that.
 */
export function shellCommands(code: string): readonly string[] {
  const commands: string[] = [];
  let hereDocument: string | undefined;
  for (const line of code.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (hereDocument !== undefined) {
      if (line.trim() === hereDocument) hereDocument = undefined;
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    hereDocument = /<<-?\s*['"]?(\w+)/.exec(line)?.[1];
    const code = line.replace(/\s#\s.*$/, '');
    for (const command of code.split(/\|\||&&|[;|]/)) {
      const trimmed = command.trim().replace(wrappers, '');
      if (trimmed !== '') commands.push(trimmed);
    }
  }
  return commands;
}
