// Owns what to do about a text that is no YAML: its reader says what it cannot take, in words of its grammar.

/** An error of the reader, as it names and words it. */
interface YamlError {
  readonly code: string;
  readonly message: string;
}

const helpByCode: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'put a text that begins with `*` or `&` in quotes',
  BAD_DQ_ESCAPE: 'a backslash has a meaning of its own in double quotes: use single ones',
  BAD_INDENT: 'keys of one mapping begin in the same column',
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put a text with `: ` in it in quotes; keys of one mapping begin in the same column',
  BLOCK_IN_FLOW: 'put a text with `: ` in it in quotes',
  MULTILINE_IMPLICIT_KEY:
    'behind a key stand a colon and a blank, and a list is indented like its neighbours',
  TAB_AS_INDENT: 'indent with blanks',
};

/** What mends it in most cases; undefined where the message says enough. */
export function helpForYaml({ code, message }: YamlError): string | undefined {
  if (code === 'MISSING_CHAR' && message.includes('quote')) return 'a quote before this is never closed';
  if (code === 'UNEXPECTED_TOKEN' && message.includes('block-seq-ind'))
    return 'a list begins in a line of its own, or is written `[a, b]`';
  if (code === 'UNEXPECTED_TOKEN' && message.includes('at node end'))
    return "quotes stand around the whole text; `'` within single ones is written twice";
  if (code === 'BAD_INDENT' && /^flow /i.test(message)) return 'what `[` or `{` opens is closed again';
  return helpByCode[code];
}
