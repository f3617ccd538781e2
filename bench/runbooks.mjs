// Owns the runbooks that are made up for measuring.

/** A runbook of `count` trivial blocks; each needs what the one before it left behind, unless `code` is another. */
export function trivialBlocks(count, code = trivialBlock) {
  const steps = Array.from(
    { length: count },
    (_, index) => `### Count ${index + 1}\n\n\`\`\`sh\n${code(index)}\n\`\`\`\n`,
  );
  return `# Count\n\n## Steps\n\n${steps.join('\n')}`;
}

/** The code of one of them. */
export function trivialBlock(index) {
  return index === 0 ? 'count=1; echo "$count"' : 'count=$((count + 1)); echo "$count"';
}

/** A runbook of one block. */
export function oneBlock(code) {
  return `# One\n\n## Steps\n\n### Go\n\n\`\`\`sh\n${code}\n\`\`\`\n`;
}

/** A runbook of about `bytes` that is one list after the other, each six levels deep. */
export function nestedLists(bytes) {
  const list = Array.from({ length: 6 }, (_, level) => `${'  '.repeat(level)}- level ${level} of the list\n`);
  return `# A\n\n## Steps\n\n${list.join('').repeat(Math.ceil(bytes / list.join('').length))}`;
}

/** A runbook of about `bytes` that is headings and code and nothing else. */
export function headingsAndCode(bytes) {
  const parts = ['# Large\n\n## Steps\n'];
  for (let index = 1, length = 0; length < bytes; index += 1) {
    const part = `### Step ${index}\n\n\`\`\`sh\necho ${index}\nls -l /srv/${index}\n\`\`\`\n`;
    parts.push(part);
    length += part.length + 1;
  }
  return parts.join('\n');
}

/**
 * A runbook of about `bytes` that looks like a real one: of 15,000 public ones, a heading and a code block of two
 * lines come for each 900 bytes or so, and the rest is prose, lists and a table here and there.
 */
export function realisticRunbook(bytes) {
  const parts = [
    '---\ntitle: Large\nowner: team-a\n---\n\n# Large\n\nWhat to do when it is large.\n\n## Steps\n',
  ];
  let length = parts[0].length;
  for (let index = 1; length < bytes; index += 1) {
    const part = realisticStep(index);
    parts.push(part);
    length += part.length;
  }
  return parts.join('\n');
}

function realisticStep(index) {
  const table = '| name | value |\n| --- | --- |\n| zone | `a` |\n| size | 3 |\n';
  return `### Move shard ${index} to its new node

The shard has to be *quiet* before it is moved; see the [overview](overview.md#shard-${index}) for what counts as
quiet, and **never** move two shards of one group at a time. If \`shardctl\` says that the shard is busy, wait for
five minutes and look again, or ask the people who own it whether the load can be taken off it by hand.

\`\`\`sh
shardctl status --shard ${index} --output wide
shardctl move --shard ${index} --to node-${index % 7}
\`\`\`

- The command returns at once; the move itself takes some minutes.
- While it moves, reads are answered by the old node, and writes are held back for less than a second.
  - Held back writes are counted in \`shard_writes_held_total\`.
- A move that fails leaves the shard where it was.

${index % 5 === 0 ? table : 'The dashboard shows the shard on its new node when the move is over, in green.'}
`;
}
