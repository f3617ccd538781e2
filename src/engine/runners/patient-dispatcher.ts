// Owns that requests of Node's fetch take as long as they take: it has limits of its own, and no option for them.

/** As much of undici's dispatchers as is needed here. */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/** Where undici, which Node's fetch is made of, keeps the dispatcher that everybody uses who names none. */
const globalDispatcher = Symbol.for('undici.globalDispatcher.1');

/**
 * Hands requests on to the dispatcher of the process, without its 300 seconds for the headers of an answer and between
 * two pieces of its body: what has to end them is the signal. Undefined where this fetch is made of something else.
 */
export function patientDispatcher(): Dispatcher | undefined {
  // undici is loaded with the first thing of it that is asked for.
  new Headers();
  const { [globalDispatcher]: everybodys } = globalThis as { readonly [globalDispatcher]?: Dispatcher };
  return (
    everybodys && {
      dispatch: (options, handler) =>
        everybodys.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler),
    }
  );
}
