// Owns the names of what a place in code can take.
/**
 * What a place in code can take: anything; words that mean nothing to any program; a name or a number of a query;
 * a whole number; a JSON literal.
 */
export type ValueRule = 'any' | 'plain' | 'name' | 'number' | 'json';
