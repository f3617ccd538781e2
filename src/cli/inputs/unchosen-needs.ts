// Owns refusing a selection that leaves out what its own blocks need of others.
import type { BlockItem, PlanItem } from '../../run/plan.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';

/**
 * An error for each variable that a chosen block reads, that only blocks set which are not chosen, and that the
 * environment does not have. Undo items are left out: whether they run is known later, and they are told then.
 */
export function unchosenNeeds(
  chosen: readonly PlanItem[],
  environment: Readonly<Record<string, string | undefined>>,
  source: SourceFile,
): readonly Diagnostic[] {
  const isChosen = new Set(chosen.map(({ address }) => address));
  const blocks = chosen.filter(
    (item): item is BlockItem => item.kind === 'block' && item.phase !== 'rollback',
  );
  return blocks.flatMap((item) =>
    (item.needs ?? []).flatMap(({ name, from }): Diagnostic[] => {
      if (environment[name] !== undefined || from.some((address) => isChosen.has(address))) return [];
      const start = source.lines.startOfLine(item.line);
      const end = start + source.lines.textOfLine(item.line).trimEnd().length;
      return [
        {
          code: 'unset-output',
          severity: 'error',
          message: `\`${item.address}\` needs \`$${name}\`, which only \`${from[0]}\` sets; that is not part of this run`,
          ...(item.file === undefined && { span: { start, end } }),
          help: `choose \`${from[0]}\` as well, or set it in the environment: ${name}=…`,
        },
      ];
    }),
  );
}
