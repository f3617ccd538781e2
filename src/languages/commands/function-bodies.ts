// Owns which commands of shell code stand in the bodies of functions, and which of those are called.
import { functionDefinitions } from '../shell/function-definitions.ts';
import type { CommandEffect } from './command-effect.ts';
import type { KnownFunctions, ReadCommand, ReadCommands } from './read-command.ts';

/** A command of the code itself, with all that is read of it. */
interface PlacedCommands {
  /** In the code that is read. */
  readonly start: number;
  /** The names of what it runs. */
  readonly calls: readonly string[];
  readonly commands: readonly ReadCommand[];
}

interface Body {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The bodies of the functions that code defines. A function that is not called does nothing. */
export class FunctionBodies {
  readonly #bodies: readonly Body[];
  readonly #earlier: KnownFunctions;

  constructor(code: string, earlier: KnownFunctions) {
    this.#earlier = earlier;
    // Quickly none for most code.
    this.#bodies = /\w\s*\(\s*\)/.test(code) ? bodiesOf(code) : [];
  }

  /** What names mean; functions of this code do nothing themselves, for their bodies are read. */
  names(): KnownFunctions {
    if (this.#bodies.length === 0) return this.#earlier;
    const own = new Map(this.#bodies.map(({ name }) => [name, new Set<CommandEffect>()]));
    return { get: (name) => own.get(name) ?? this.#earlier.get(name) };
  }

  /** Keeps what runs when the code does. */
  settle(found: readonly PlacedCommands[]): ReadCommands {
    if (this.#bodies.length === 0)
      return { commands: found.flatMap(({ commands }) => commands), functions: new Map() };
    const owned = found.map((placed) => ({ ...placed, owner: this.#ownerOf(placed.start) }));
    const reached = (from: readonly (string | undefined)[]) => {
      const names = new Set<string | undefined>(from);
      for (const name of names)
        for (const { owner, calls } of owned)
          if (owner === name) for (const called of calls) if (this.#isOwn(called)) names.add(called);
      return owned.filter(({ owner }) => names.has(owner)).flatMap(({ commands }) => commands);
    };
    const functions = this.#bodies.map(({ name }) => {
      const effects = new Set(reached([name]).flatMap((command) => [...command.effects]));
      if (effects.has('changes')) effects.delete('looks');
      return [name, effects] as const;
    });
    return { commands: reached([undefined]), functions: new Map(functions) };
  }

  #isOwn(name: string): boolean {
    return this.#bodies.some((body) => body.name === name);
  }

  /** The innermost function that it stands in the body of. */
  #ownerOf(start: number): string | undefined {
    return this.#bodies.findLast((body) => body.start < start && start < body.end)?.name;
  }
}

function bodiesOf(code: string): readonly Body[] {
  let from = 0;
  return functionDefinitions(code).flatMap(({ name, text }) => {
    const start = code.indexOf(text, from);
    if (start === -1) return [];
    from = start + 1;
    return [{ name, start, end: start + text.length }];
  });
}
