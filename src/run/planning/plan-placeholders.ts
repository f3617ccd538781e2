// Owns how the placeholders of a runbook's code become inputs of its run.
import { type Address, address } from '../../basics/address.ts';
import { saysSecret } from '../../basics/says-secret.ts';
import type { FoundPlaceholder } from '../../languages/found-placeholder.ts';
import { type CodeLanguage, fillPlaceholders } from '../../languages/placeholders/fill-placeholders.ts';
import { referencesIn } from '../../languages/placeholders/fill-text.ts';
import { findPlaceholders, syntaxOf } from '../../languages/placeholders/find-placeholders.ts';
import { mayHoldPlaceholder } from '../../languages/placeholders/may-hold-placeholder.ts';
import type { ValueRule } from '../../languages/value-rule.ts';
import type { Block, InputDeclaration, Runbook, Step } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import type { BlockItem, Plan, PlanItem } from '../plan.ts';

/** A placeholder that cannot be handed over, in a block that a run may not choose. */
export interface Unfillable {
  readonly address: Address;
  readonly diagnostic: Diagnostic;
}

/** What a `<tls-secret>` asks for is the name of a thing, as a rule. */
const namesSecret = /(?<!CLIENT_)SECRET$/;

/** Stands before the names of placeholders that are no inputs: no program has a use for such a variable. */
const prefix = 'PLACEHOLDER_';

/**
 * The plan with an input for each placeholder that nothing else gives a value: no input, no variable of the front
 * matter, nothing that a block captures or hands on. Those that have one are handed over as that.
 */
export function planPlaceholders(
  plan: Plan,
  runbook: Runbook,
): { readonly plan: Plan; readonly unfillable: readonly Unfillable[] } {
  const planner = new PlaceholderPlanner(plan, runbook);
  const items = plan.items.map((item) => planner.plan(item));
  return { plan: { ...plan, items, inputs: planner.inputs() }, unfillable: planner.unfillable };
}

/** The same of a linked runbook, as the opened one has it: behind the link, and at its place. */
export function unfillableBehind(
  link: { readonly prefix: string; readonly file: string; readonly place: Span },
  unfillable: readonly Unfillable[],
): readonly Unfillable[] {
  return unfillable.map(({ address: own, diagnostic }) => ({
    address: address(`${link.prefix}${own}`),
    diagnostic: { ...diagnostic, message: `\`${link.file}\`: ${diagnostic.message}`, span: link.place },
  }));
}

class PlaceholderPlanner {
  readonly unfillable: Unfillable[] = [];
  readonly #plan: Plan;
  readonly #runbook: Runbook;
  readonly #known: ReadonlySet<string>;
  readonly #blocks: ReadonlyMap<Address, Block>;
  readonly #asked = new Map<string, InputDeclaration>();
  readonly #rules = new Map<string, Set<ValueRule>>();

  constructor(plan: Plan, runbook: Runbook) {
    this.#plan = plan;
    this.#runbook = runbook;
    this.#known = knownNames(plan, runbook);
    this.#blocks = blocksOf(runbook);
  }

  /** The declared inputs, what their placeholders can take added, and one for each placeholder besides. */
  inputs(): readonly InputDeclaration[] {
    return [...(this.#plan.inputs ?? []), ...this.#asked.values()].map((input) => {
      const rules = [...(this.#rules.get(input.name) ?? [])];
      return rules.length === 0 ? input : { ...input, rules };
    });
  }

  plan(item: PlanItem): PlanItem {
    if (item.kind !== 'block') return item;
    const found = [
      ...(item.writes || item.sends
        ? this.#fillText(item)
        : this.#fill(item, item.code, item.language, true)),
      ...[item.when, item.check, item.each?.from].flatMap((code) =>
        code === undefined ? [] : this.#fill(item, code, 'sh', false),
      ),
    ];
    const fills = item.writes ? referencesIn(item.code).filter((name) => this.#known.has(name)) : [];
    const named = fills.length === 0 ? item : { ...item, fills: [...new Set(fills)] };
    if (found.length === 0) return named;
    const placeholders = Object.fromEntries(
      found.map(({ variable }) => [variable, this.#variableOf(variable)]),
    );
    return { ...named, placeholders };
  }

  #fill(item: BlockItem, code: string, label: string, isCode: boolean): readonly FoundPlaceholder[] {
    // Here already, because what fills placeholders in is loaded when it is first asked to.
    if (!mayHoldPlaceholder(code)) return [];
    const { shell, interpreters } = this.#plan;
    const language: CodeLanguage = { label, shell, interpreters };
    const { filled, problems } = fillPlaceholders(code, language, ({ variable }) =>
      this.#variableOf(variable),
    );
    for (const { placeholder, why, help } of problems) {
      this.unfillable.push({
        address: item.address,
        diagnostic: {
          code: 'unfillable-placeholder',
          severity: 'error',
          message: `\`${placeholder.text}\` ${why}`,
          span: this.#spanOf(item, placeholder, isCode),
          help,
        },
      });
    }
    for (const { placeholder, rule } of filled) {
      this.#ask(item, placeholder, isCode);
      if (rule === 'any') continue;
      const { variable } = placeholder;
      this.#rules.set(variable, (this.#rules.get(variable) ?? new Set()).add(rule));
    }
    return filled.map(({ placeholder }) => placeholder);
  }

  /** In the text of a file any value can stand. */
  #fillText(item: BlockItem): readonly FoundPlaceholder[] {
    if (item.restores !== undefined || !mayHoldPlaceholder(item.code)) return [];
    const found = findPlaceholders(item.code, syntaxOf(undefined));
    for (const placeholder of found) this.#ask(item, placeholder, true);
    return found;
  }

  #variableOf(name: string): string {
    return this.#known.has(name) ? name : prefix + name;
  }

  #ask(item: BlockItem, placeholder: FoundPlaceholder, isCode: boolean): void {
    const name = placeholder.variable;
    if (this.#known.has(name) || this.#asked.has(name)) return;
    const row = this.#runbook.inputRows?.find((one) => one.name === name);
    const isSecret = saysSecret(name) && !namesSecret.test(name);
    this.#asked.set(name, {
      name,
      type: 'string',
      required: true,
      description: row?.description ?? `\`${placeholder.text}\` in \`${item.address}\``,
      ...(row?.value !== undefined && !isSecret && { default: row.value }),
      ...(isSecret && { secret: { type: 'prompt' as const } }),
      span: this.#spanOf(item, placeholder, isCode),
      placeholder: { text: placeholder.text, variable: prefix + name },
    });
  }

  /** Where it is written; the block's first line for what stands in an attribute. */
  #spanOf({ address, line }: BlockItem, { text, variable }: FoundPlaceholder, isCode: boolean): Span {
    const block = this.#blocks.get(address);
    const place = isCode
      ? block?.placeholders.find((one) => one.variable === variable && one.text === text)
      : undefined;
    if (place !== undefined) return place.span;
    const start = this.#runbook.source.lines.startOfLine(line);
    return { start, end: start + 1 };
  }
}

/** What has a value without being asked for: declared, set by the runbook, or handed on by a block. */
function knownNames(plan: Plan, { frontMatter }: Runbook): ReadonlySet<string> {
  const known = new Set<string>([
    ...frontMatter.inputs.map(({ name }) => name),
    ...frontMatter.outputs,
    ...Object.keys(frontMatter.env),
  ]);
  for (const item of plan.items) {
    if (item.kind !== 'block') continue;
    for (const { name } of item.captures ?? []) known.add(name);
    for (const name of Object.keys(item.env)) known.add(name);
    if (item.each !== undefined) known.add(item.each.name);
  }
  return known;
}

function blocksOf(runbook: Runbook): ReadonlyMap<Address, Block> {
  const blocks = new Map<Address, Block>();
  const visit = (step: Step): void => {
    for (const part of step.parts) if (part.type === 'block') blocks.set(part.block.address, part.block);
    for (const bound of [...step.validation, ...step.rollback]) visit(bound);
  };
  for (const step of runbook.steps) visit(step);
  return blocks;
}
