// Owns the patterns of what can be read of shell code at once; all are sticky.

/** Each matches where it is set to look, within a line. */
export const shellPatterns = {
  word: /[^\s;&|()<>'"`\\$]+/y,
  /** Text with nothing special in it, by what it is inside of. */
  single: /[^']+/y,
  ansi: /[^'\\]+/y,
  double: /[^"\\$`]+/y,
  parameter: /[^}"'\\$`]+/y,
  body: /[^\\$`]+/y,
  backticks: /[^\\$`]+/y,
  arithmetic: /[^()\]$]+/y,
  blanks: /[^\S\n]+/y,
  operators: /;;&|;;|;&|;|&&|&|\|\||\|&|\|/y,
  redirections: /&>>?|>>|>\||>&|<&|<>|<<<|>|</y,
  documentStart: /<<(-?)[ \t]*((?:\\?[^\s;&|()<>'"\\`$]|'[^'\n]*'|"[^"\n]*")+)/y,
  simpleParameter: /\$(?:([A-Za-z_]\w*)|[0-9@*#?$!-])/y,
  parameterHead: /\$\{(?:([A-Za-z_]\w*)|[0-9@*#?$!-])?(:?[-+=?])?/y,
  /** What zsh takes for a flag of a pattern where it stands right behind `(`. */
  globFlag: /#[a-zA-Z0-9,]+\)/y,
  emptyBrackets: /\([ \t]*\)/y,
} as const;
