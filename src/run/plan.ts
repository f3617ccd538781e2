// Owns what a run intends to do, item by item, in order.

import type { Address, StepName } from '../basics/address.ts';
import type { ValueRule } from '../languages/value-rule.ts';
import type { Capture } from '../runbook/capture.ts';
import type { ChooseRule } from '../runbook/choices/choice.ts';
import type { Doubt } from '../runbook/doubts/doubt.ts';
import type { Expectation } from '../runbook/expectation.ts';
import type { FileStep } from '../runbook/file-step.ts';
import type {
  ApprovalRequirement,
  InputDeclaration,
  OnFailure,
  Risk,
  SectionKind,
  TimeoutAction,
} from '../runbook/runbook.ts';

/** The phases of a run, in the order in which they come; `rollback` only when asked or told. */
export type Phase = Exclude<SectionKind, 'context'>;

/** What the front matter of a page says of who is concerned, for what of the run is that page's. */
export interface PageRules {
  readonly severity?: string;
  readonly owner?: string;
  /** Which channels are told of what, in which words; absent where none are. */
  readonly notify?: readonly {
    readonly on: readonly string[];
    readonly to: string;
    readonly text?: string;
  }[];
  readonly escalation?: readonly {
    readonly after: string;
    readonly afterMs?: number;
    /** How long it is waited whether somebody sees to it, as written; absent where it is told at once. */
    readonly delay?: string;
    readonly delayMs?: number;
    readonly to: string;
    readonly text?: string;
  }[];
  /** Who is sent the updates that operators write, and how often one is due; absent where nobody is. */
  readonly updates?: { readonly to: readonly string[]; readonly every?: string; readonly everyMs?: number };
}

/**
 * Everything a run needs to know of its runbook. It is plain JSON, stored beside the journal, so that a
 * resumed run is the run that was started even where the runbook or the tool has changed since.
 */
export interface Plan extends PageRules {
  readonly title: string;
  /** The section of the opened runbook that is run, by its anchor or step; absent for all of it. */
  readonly section?: string;
  readonly estimateMs?: number;
  /** How long the same takes a person without the tool. */
  readonly manualEstimateMs?: number;
  /** Who answers; each may refer to variables of the run. */
  readonly responders?: readonly string[];
  /** Default interpreter label of sh-family blocks. */
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where blocks start, from the opened runbook's folder; that folder where absent. */
  readonly cwd?: string;
  /** Extra languages of the runbook: label to argument vector. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** The good run's items in their order, then the rollback items in document order. */
  readonly items: readonly PlanItem[];
  readonly approvalGroups: Readonly<
    Record<
      string,
      {
        people: readonly string[];
        count: number;
        timeoutMs?: number;
        onTimeout: TimeoutAction;
      }
    >
  >;
  /** Document sections that are missing, for the friendly line. */
  readonly missingSections: readonly Phase[];
  /** Every value that the run is given before it starts, those that linked runbooks ask for included. */
  readonly inputs?: readonly InputDeclaration[];
  /** Variables that the runbook declares as its results. */
  readonly outputs?: readonly string[];
  /** The runbooks that links brought in, in the order in which they were met, each once. */
  readonly linked?: readonly LinkedFile[];
}

/** A runbook that is part of a run through a link. */
export interface LinkedFile {
  /** Relative to the opened runbook's folder. */
  readonly file: string;
  /** SHA-256 in hexadecimal of the author's bytes. */
  readonly digest: string;
}

/** One thing that a run does, or a person in it. */
export type PlanItem = BlockItem | ChecklistPlanItem | ManualItem | RunbookItem;

/** A doubt about an item; its `span` is of the item's own runbook. */
export interface PlannedDoubt extends Doubt {
  /** The page says that it knows. */
  readonly accepted?: true;
}

/** A choice that an item stands in, and in which of its branches. */
export interface PlannedBranch {
  /** What `--choose` calls it; unique in the run. */
  readonly choice: string;
  readonly title: string;
  readonly branch: string;
  /** Every branch, in their order. */
  readonly of: readonly { readonly name: string; readonly title: string }[];
  /** What the author says; absent where only the words of the branches say it. */
  readonly rule?: Exclude<ChooseRule, { readonly type: 'all' }>;
  /** The page runs all of them knowingly. */
  readonly accepted?: true;
}

interface ItemBase {
  readonly address: Address;
  readonly step: StepName;
  readonly stepTitle: string;
  readonly phase: Phase;
  /** The step that this item undoes; absent for the document's own rollback section. */
  readonly undoes?: StepName;
  /** The link that brought the item here from another runbook; absent for items of the opened runbook. */
  readonly within?: Address;
  /** For such an item: the section that it stands in there; its `phase` is that of the link. */
  readonly section?: Phase;
  /** For such an item: its runbook, relative to the opened runbook's folder. */
  readonly file?: string;
  /** The step that this item validates. */
  readonly validates?: StepName;
  /** What the `when` of that step's heading rules out: where it has all of it, there is nothing to validate. */
  readonly ruledOutWith?: readonly Address[];
  readonly risk: Risk;
  readonly tags: readonly string[];
  /** Channels that are told when the item, and when its whole step, has ended. */
  readonly notify?: { readonly item: readonly string[]; readonly step: readonly string[] };
  readonly estimateMs?: number;
  /** Troubleshooting that stands after the work, or what says so itself: runs only when chosen by name. */
  readonly onDemand?: true;
  /** One-based line of its runbook, for messages. */
  readonly line: number;
  readonly approve?: ApprovalRequirement;
  readonly confirm?: string;
  readonly onFailure?: OnFailure;
  /** The choices that it stands in, the outermost first; absent where it stands in none. */
  readonly branches?: readonly PlannedBranch[];
  /** What is doubtful of it; absent where nothing is. */
  readonly doubts?: readonly PlannedDoubt[];
  /** It tells whether a prerequisite holds already; that it does not is no failure. */
  readonly probe?: true;
}

/** A variable that a linked runbook gives all its blocks, one after the other: a later one sees those before it. */
export interface VariableBinding {
  readonly name: string;
  readonly value: string;
  /** True when `$NAME` and `${NAME}` in the value stand for other variables, as they are when the block runs. */
  readonly refers?: true;
}

/** A variable that only these blocks set. */
export interface Need {
  readonly name: string;
  /** At least one. */
  readonly from: readonly Address[];
}

/** The list that a block is run for, an item at a time; its items are one of these three. */
export interface Loop {
  /** The variable that is the item. */
  readonly name: string;
  /** As they are written. */
  readonly items?: readonly string[];
  /** A command that prints an item a line; asked when the block is about to run. */
  readonly from?: string;
  /** A variable whose value they are, separated by blanks; looked at when the block is about to run. */
  readonly variable?: string;
}

/** A command to run. */
export interface BlockItem extends ItemBase {
  readonly kind: 'block';
  /**
   * One-based lines of the runbook that the lines of `code` were taken from; absent where they are those right behind
   * `line`.
   */
  readonly codeLines?: readonly number[];
  /** Label as written, lower-cased. */
  readonly language: string;
  /** What is run: prompts taken off, line ends `\n`. */
  readonly code: string;
  readonly when?: string;
  readonly check?: string;
  readonly timeoutMs?: number;
  readonly retries: number;
  readonly intervalMs: number;
  /** The interval doubles with each failure, up to this; absent where it stays as it is. */
  readonly longestIntervalMs?: number;
  /** Exit codes that count as success. */
  readonly exit: readonly number[];
  readonly expect: readonly Expectation[];
  /** Whether its code and its conditions end at their first failing command, where the runbook says so. */
  readonly errexit?: boolean;
  /** A command that ends non-zero is something found, not a failure: it goes on to its end and the run goes on. */
  readonly looks?: true;
  /** What the following output block shows, for `expect=output`. */
  readonly expectedOutput?: string;
  /** What of its stdout later blocks get as variables; absent for nothing. */
  readonly captures?: readonly Capture[];
  /** It runs nothing: its code is what this file is to hold, or a piece of that. */
  readonly writes?: FileStep;
  /** Variables whose values take the place of `${NAME}` in the text of a file; absent where there are none. */
  readonly fills?: readonly string[];
  /** Handlers that its step ends with where it has changed something; absent where there are none. */
  readonly handlers?: readonly string[];
  /** It is a handler: it runs where one of these blocks has changed something, or an undo of theirs has. */
  readonly follows?: readonly Address[];
  /** It runs nothing: its code is a message that these channels are sent. */
  readonly sends?: readonly string[];
  /** It puts back the file that the block of this address has written, which is `writes`. */
  readonly restores?: Address;
  readonly cwd?: string;
  /** Where the linked runbook that it is of starts, from the opened one's folder; its own folder where absent. */
  readonly startIn?: string;
  readonly env: Readonly<Record<string, string>>;
  /** The variables that its placeholders are handed over as, by their names; absent where it holds none. */
  readonly placeholders?: Readonly<Record<string, string>>;
  /** What it exports that the run is given another value for; absent where that is nothing. */
  readonly overrides?: readonly string[];
  /** Variables that it reads and that only other blocks set; absent where there are none. */
  readonly needs?: readonly Need[];
  /** The links that brought it, the nearest first: its outputs are kept apart by them. */
  readonly scopes?: readonly Address[];
  /** Weaker than `env`; what a link's `with.NAME=` and its runbook's front matter set. */
  readonly bindings?: readonly VariableBinding[];
  readonly interactive: boolean;
  readonly background: boolean;
  /** The account that it runs as; absent for the operator's. */
  readonly user?: string;
  /** Where it runs, groups resolved; empty for this machine, and while `hostsFrom` is to be asked. */
  readonly hosts: readonly string[];
  /** A command that prints a host a line; asked when the block is about to run. */
  readonly hostsFrom?: string;
  /** It is run on this machine once for each item of a list; never where it has hosts. */
  readonly each?: Loop;
  /** All blocks of its step that have turns are done with an item before the next item is begun. */
  readonly hasTurns?: true;
  /** Hosts or items at once. */
  readonly parallel?: number;
  /** How many of its hosts or items: `all`, a number or a share such as `80%`. */
  readonly hostsMustPass?: string;
}

/** What a person does. */
interface PersonItem extends ItemBase {
  /** Asks its `when` and `check` as a block in its place would; absent where it has neither. */
  readonly asking?: BlockItem;
}

/** A checklist that a person ticks off. */
export interface ChecklistPlanItem extends PersonItem {
  readonly kind: 'checklist';
  readonly entries: readonly { readonly text: string; readonly ticked: boolean }[];
}

/** An instruction that a person follows. */
export interface ManualItem extends PersonItem {
  readonly kind: 'manual';
  /** The instruction's first line, for lists. */
  readonly text: string;
  /** All that is said of it, of a step that is nothing else; absent where nothing is, and in earlier versions. */
  readonly instruction?: string;
  readonly ask?: AskedValue;
  /** Of one that asks for a value, as those of a block. */
  readonly scopes?: readonly Address[];
}

/** What a person is asked for: the answer is the value of a variable. */
export interface AskedValue {
  readonly variable: string;
  /** One of these, where there are some. */
  readonly choices?: readonly string[];
  /** A link gives its value, and nobody is asked where that is known: the variables that links give, this one among them. */
  readonly given?: readonly VariableBinding[];
  /** The placeholder that it stands for, as written: it is asked beside the listing before its first use. */
  readonly placeholder?: string;
  /** The block of that first use. */
  readonly usedBy?: Address;
  /** What the places of the placeholder can take. */
  readonly rules?: readonly ValueRule[];
}

/** Whether a person does it. */
export function isForPerson(item: PlanItem): item is ChecklistPlanItem | ManualItem {
  return item.kind === 'manual' || item.kind === 'checklist';
}

/** A link to another runbook; the items that it brings stand right after it and name it in `within`. */
export interface RunbookItem extends ItemBase {
  readonly kind: 'runbook';
  readonly target: string;
  /** It stands under the preconditions: what it runs is skipped where the probes before it hold. */
  readonly prerequisite?: true;
  /** The section of it that is run; absent for all of it. */
  readonly anchor?: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What the linked page says of its part; absent where it says nothing of that. */
  readonly page?: PageRules & { readonly bindings: readonly VariableBinding[] };
}
