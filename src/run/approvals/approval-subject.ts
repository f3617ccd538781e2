// Owns the form of what an approval is of, and how two of them differ.

/** What an approval is of. Two of them with the same address that differ in a part are of different things. */
export interface ApprovalSubject {
  /** The code as it is run, placeholders left as names; absent for what is no block. */
  readonly code?: string;
  /** The line of the block from which it is run; absent where all of it is. */
  readonly fromLine?: number;
  /** Where it runs; absent for this machine. */
  readonly hosts?: readonly string[];
  /** What it is given: inputs, and what other blocks hand to it. Never secrets. */
  readonly values: Readonly<Record<string, string>>;
  /** Digest of all else that says what is done: the attributes of a block, the target of a link. */
  readonly how: string;
  /** For a link: digests of what it brings into the run, by address; of all items where it is of the rest of a run. */
  readonly brings?: Readonly<Record<string, string>>;
  /** Digests of the pages as they stood on the disk when it was asked for, by their file. */
  readonly pages: Readonly<Record<string, string>>;
  /** How many shells the operator had opened in the run by then: what is done in them is not known. */
  readonly shells: number;
}

/** What is known of it without a look at the disk. */
export type SubjectInRun = Omit<ApprovalSubject, 'pages'>;

/** What of a subject is another now, in clauses; nothing where it is the same. */
export function changesOf(asked: ApprovalSubject, now: SubjectInRun): readonly string[] {
  const isCode = asked.code !== now.code || asked.fromLine !== now.fromLine;
  const values = changedKeys(asked.values, now.values).map((name) => `the value of \`${name}\` has changed`);
  const brings = changedKeys(asked.brings ?? {}, now.brings ?? {}).map((name) => `\`${name}\` has changed`);
  return [
    ...(isCode ? ['its code has changed'] : []),
    ...(list(asked.hosts) === list(now.hosts) ? [] : [`its hosts are now ${list(now.hosts) || 'none'}`]),
    ...values,
    ...(asked.how === now.how ? [] : ['how it is run has changed']),
    ...brings,
    ...(asked.shells === now.shells ? [] : ['the operator was in a shell of the run']),
  ];
}

/** The pages that are others now than when an approval was asked for, in clauses. */
export function changedPages(
  asked: ApprovalSubject['pages'],
  now: ApprovalSubject['pages'],
): readonly string[] {
  return changedKeys(asked, now).map((file) => `the page \`${file}\` has changed`);
}

function changedKeys(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): readonly string[] {
  const before = new Map(Object.entries(left));
  const after = new Map(Object.entries(right));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
}

const list = (hosts: readonly string[] = []): string => hosts.join(', ');
