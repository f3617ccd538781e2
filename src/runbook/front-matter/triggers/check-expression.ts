// Owns expressions over an event, in CEL: whether one is right, and what it comes to.
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { fail, ok, type Result } from '../../../basics/result.ts';

/** What is wrong with an expression, with its place in it, in UTF-16 code units. */
export interface ExpressionProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string;
}

/** What an expression is for: whether an event counts, or a text. */
export type ExpressionUse = 'condition' | 'text';

/** Why an expression comes to nothing for one event. */
export interface ExpressionFailure {
  /** It asks for something that the event does not have. */
  readonly isMissing: boolean;
  /** The end of a sentence that begins with what the expression is for. */
  readonly reason: string;
}

/** The most that a text may hold that `matches()` is asked of: JavaScript's patterns can take for ever. */
const mostMatched = 1_000;
const mostCode = 10_000;
/** `matches()` under a name of our own: that of the library has no bounds and cannot be replaced. */
const boundedName = 'matchesWithin';

const environment = new Environment({
  unlistedVariablesAreDyn: false,
  limits: { maxAstNodes: 2_000, maxDepth: 60 },
})
  .registerVariable('event', 'map')
  .registerFunction(`string.${boundedName}(string): bool`, (text: string, pattern: string) => {
    if (text.length > mostMatched) throw new Error('matches() takes texts of at most 1,000 characters');
    return new RegExp(pattern, 'u').test(text);
  });

/** Types of which the value can be the text of an input; `dyn` is known when there is an event. */
const textTypes: ReadonlySet<string> = new Set(['string', 'int', 'double', 'bool', 'dyn']);

/** What is wrong with an expression whatever the event is; undefined where nothing is. */
export function checkExpression(code: string, use: ExpressionUse): ExpressionProblem | undefined {
  const whole = { start: 0, end: code.length };
  if (code.length > mostCode) return { message: 'is longer than 10,000 characters', ...whole };
  try {
    const parsed = parseBounded(code);
    const wrong = wrongPattern(parsed.ast);
    if (wrong !== undefined) return wrong;
    const { valid, type = 'dyn', error } = parsed.check();
    if (!valid) return problemOf(error, code);
    if (use === 'condition' ? type === 'bool' || type === 'dyn' : textTypes.has(type)) return undefined;
    return use === 'condition'
      ? { message: `is a ${type}, and has to be true or false`, ...whole }
      : {
          message: `is a ${type}, and has to be a text`,
          ...whole,
          help: 'write `string(…)`, or name a part of it',
        };
  } catch (error) {
    return problemOf(error, code);
  }
}

/** What the expression comes to for the fields of an event; whole numbers of CEL are of type bigint. */
export function evaluateExpression(
  code: string,
  fields: Readonly<Record<string, unknown>>,
): Result<unknown, ExpressionFailure> {
  try {
    return ok(parseBounded(code)({ event: fields }));
  } catch (error) {
    const { message, start, end, help } = problemOf(error, code);
    if (codeOf(error) === 'no_such_key')
      return fail({
        isMissing: true,
        reason: `asks for \`${code.slice(start, end)}\`, which the event does not have`,
      });
    return fail({ isMissing: false, reason: `fails: ${message}${help === undefined ? '' : `; ${help}`}` });
  }
}

function parseBounded(code: string): ReturnType<typeof environment.parse> {
  const parsed = environment.parse(code);
  for (const call of matchesCalls(parsed.ast)) (call.args as unknown[])[0] = boundedName;
  return parsed;
}

/** Calls of `matches`, those in macros too. */
function matchesCalls(ast: unknown): readonly ASTNode[] {
  if (Array.isArray(ast)) return ast.flatMap(matchesCalls);
  if (typeof ast !== 'object' || ast === null || !('op' in ast)) return [];
  const node = ast as ASTNode;
  const own = node.op === 'rcall' && node.args[0] === 'matches' ? [node] : [];
  return [...own, ...matchesCalls(node.args)];
}

/** A pattern that is written there and is none. */
function wrongPattern(ast: unknown): ExpressionProblem | undefined {
  if (Array.isArray(ast)) {
    for (const one of ast) {
      const wrong = wrongPattern(one);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  if (typeof ast !== 'object' || ast === null || !('op' in ast)) return undefined;
  const node = ast as ASTNode;
  const pattern = node.op === 'rcall' && node.args[0] === boundedName ? node.args[2][0] : undefined;
  if (pattern?.op === 'value' && typeof pattern.args === 'string') {
    try {
      new RegExp(pattern.args, 'u');
    } catch {
      return { message: 'holds what is no regular expression', start: pattern.start, end: pattern.end };
    }
  }
  return wrongPattern(node.args);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** The words of the library, as the end of a sentence. */
function problemOf(error: unknown, code: string): ExpressionProblem {
  const known = error as { summary?: string; message?: string; range?: { start: number; end: number } };
  const words = (known.summary ?? known.message ?? String(error)).split('\n')[0] ?? '';
  const message = (words.charAt(0).toLowerCase() + words.slice(1))
    .replaceAll(boundedName, 'matches')
    .slice(0, 300);
  const { start = 0, end = code.length } = known.range ?? {};
  const isMixed = /no such overload: (?:.*double.* int$|int .*double)/.test(message);
  return {
    message,
    start: Math.min(start, code.length),
    end: Math.min(Math.max(end, start), code.length),
    ...(isMixed && { help: 'numbers of an event are doubles: write `1.0`, or `int(…)`' }),
  };
}
