// Owns how variables are written in an `http` block and how their values are put in.
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { closestName } from '../../text/closest-name.ts';

export type Variables = Readonly<Record<string, string>>;

export interface TemplateProblem {
  readonly message: string;
  readonly help?: string;
}

/** `\$`, `{{NAME}}`, `{{NAME|filter}}`, `${NAME}`, `$NAME`. */
const reference =
  /\\\$|\{\{\s*([A-Za-z_][\w-]*)\s*(?:\|\s*(\w+)\s*)?\}\}|\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;

const filters: Readonly<Record<string, (value: string) => string>> = {
  json: (value) => JSON.stringify(value).slice(1, -1),
  url: (value) => encodeURIComponent(toWellFormed(value)).replace(/[!'()*]/g, percent),
  base64: (value) =>
    btoa(Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join('')),
};

/**
 * Puts values in the places of `$NAME`, `${NAME}` and `{{NAME}}`, exactly as they are; `{{NAME|json}}` (inside a
 * JSON string), `{{NAME|url}}` and `{{NAME|base64}}` encode them. A `$name` that is no variable and is not in
 * capitals stays as it is, for JSON has keys such as `$ref`; `\$` is a dollar sign.
 */
export function fillTemplate(text: string, variables: Variables): Result<string, readonly TemplateProblem[]> {
  const problems: TemplateProblem[] = [];
  const filled = text.replace(
    reference,
    (whole, braced?: string, filter?: string, dollar?: string, bare?: string) => {
      if (whole === '\\$') return '$';
      const name = braced ?? dollar ?? bare ?? '';
      const value = valueNamed(name, variables, braced !== undefined);
      if (value === undefined) {
        if (bare !== undefined && bare !== bare.toUpperCase()) return whole;
        const closest = closestName(name, Object.keys(variables));
        const help = closest === undefined ? undefined : `did you mean \`${closest}\`?`;
        problems.push({ message: `there is no variable \`${name}\``, ...(help !== undefined && { help }) });
        return '';
      }
      if (filter === undefined) return value;
      const apply = namedValue(filters, filter);
      if (apply) return apply(value);
      const known = Object.keys(filters).map((known) => `\`${known}\``);
      problems.push({
        message: `\`${filter}\` is not a way to write a value`,
        help: `there are ${known.join(', ')}`,
      });
      return '';
    },
  );
  return problems.length > 0 ? fail(problems) : ok(filled);
}

/** A placeholder such as `{{ cluster-name }}` is asked for as `CLUSTER_NAME`. */
function valueNamed(name: string, variables: Variables, isBraced: boolean): string | undefined {
  const value = namedValue(variables, name);
  if (value !== undefined) return value;
  const asked = name.replaceAll('-', '_').toUpperCase();
  return isBraced ? namedValue(variables, asked) : undefined;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A lone surrogate cannot be written in UTF-8; `encodeURIComponent` would throw. */
function toWellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
