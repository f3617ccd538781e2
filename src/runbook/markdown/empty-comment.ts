// Owns the comments of HTML that hold nothing, `<!-->` and `<!--->`, which micromark reads on to the next `-->`.
import type { Options } from 'mdast-util-from-markdown';

type Extension = Extract<NonNullable<Options['extensions']>[number], { readonly flow?: unknown }>;
type Construct = Extract<NonNullable<NonNullable<Extension['flow']>[string]>, { readonly tokenize: unknown }>;

const [lessThan, exclamation, dash, greaterThan] = [0x3c, 0x21, 0x2d, 0x3e];

/**
 * A block that begins and ends in its line, as CommonMark 4.6 has it: the second kind of HTML block ends with the line
 * that holds `-->`, which the first line does. Comes before micromark's own construct, which it leaves all else to.
 */
const construct: Construct = {
  name: 'emptyComment',
  concrete: true,
  tokenize(effects, ok, nok) {
    let dashes = 0;
    const open = (code: number | null) => {
      if (code !== exclamation) return nok(code);
      effects.consume(code);
      return inside;
    };
    const inside = (code: number | null) => {
      if (code === dash && dashes < 3) {
        dashes += 1;
        effects.consume(code);
        return inside;
      }
      if (code !== greaterThan || dashes < 2) return nok(code);
      effects.consume(code);
      return rest;
    };
    /** Line endings are negative; null is the end of the text. */
    const rest = (code: number | null) => {
      if (code === null || (code < -2 && code > -6)) {
        effects.exit('htmlFlowData');
        effects.exit('htmlFlow');
        return ok(code);
      }
      effects.consume(code);
      return rest;
    };
    return (code) => {
      effects.enter('htmlFlow');
      effects.enter('htmlFlowData');
      effects.consume(code);
      return open;
    };
  },
};

export const emptyComment: Extension = { flow: { [lessThan]: construct } };
