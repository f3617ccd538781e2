// Owns the form of the file `$RUNSHEET_OUTPUT`.
import { namedValues } from '../../basics/named-values.ts';

export interface OutputVariables {
  readonly variables: Readonly<Record<string, string>>;
  /** One for each line that could not be read. */
  readonly warnings: readonly string[];
}

const name = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads `NAME=value` lines and, for values of several lines, heredocs as GitHub Actions writes them:
 * `NAME<<EOF`, the lines of the value, `EOF`. Everything after the first `=` is the value, blanks included.
 * Empty lines are passed over; any other line is reported and changes nothing.
 */
export function parseOutputVariables(text: string): OutputVariables {
  const variables = namedValues<string>();
  const warnings: string[] = [];
  const lines = text.replaceAll('\0', '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? '').replace(/\r$/, '');
    if (line === '') continue;
    const place = `line ${index + 1} of $RUNSHEET_OUTPUT`;
    const heredoc = /^([^=<]*)<<(.+)$/.exec(line);
    if (heredoc !== null) {
      const [, key = '', delimiter = ''] = heredoc;
      const end = lines.findIndex((other, at) => at > index && other.replace(/\r$/, '') === delimiter);
      if (end === -1) {
        warnings.push(`${place}: \`${delimiter}\`, which would end the value of \`${key}\`, does not follow`);
        break;
      }
      const value = lines.slice(index + 1, end).join('\n');
      index = end;
      if (name.test(key)) variables[key] = value;
      else warnings.push(`${place}: \`${shorten(key)}\` is not the name of a variable`);
      continue;
    }
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0));
    if (equals === -1) warnings.push(`${place} is not NAME=value: \`${shorten(line)}\``);
    else if (name.test(key)) variables[key] = line.slice(equals + 1);
    else warnings.push(`${place}: \`${shorten(key)}\` is not the name of a variable`);
  }
  return { variables, warnings };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
