// Owns what a runbook is once it is understood.

import type { Address, RunId, StepName } from '../basics/address.ts';
import type { ValueRule } from '../languages/value-rule.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Span } from '../text/span.ts';
import type { Asked } from './asked.ts';
import type { Capture } from './capture.ts';
import type { Checklist } from './checklist.ts';
import type { Choice, ChooseRule, InBranch } from './choices/choice.ts';
import type { Doubt } from './doubts/doubt.ts';
import type { DoubtCode } from './doubts/doubt-kinds.ts';
import type { Expectation } from './expectation.ts';
import type { ExpectedOutput } from './expected-output.ts';
import type { FileAttributes } from './file-step.ts';
import type { Concurrency } from './front-matter/concurrency.ts';
import type { Handler } from './front-matter/handler.ts';
import type { EscalationRule, NotifyRule, UpdateRule } from './front-matter/notify-rule.ts';
import type { SecretSource } from './front-matter/secret-source.ts';
import type { EventRules, OfEvent } from './front-matter/triggers/trigger.ts';
import type { Upkeep } from './front-matter/upkeep.ts';
import type { InputRow } from './input-row.ts';
import type { OtherLanguage } from './other-language.ts';

export const sectionKinds = [
  'preconditions',
  'diagnosis',
  'steps',
  'validation',
  'rollback',
  'cleanup',
  'context',
] as const;

export type SectionKind = (typeof sectionKinds)[number];

export const risks = ['read', 'change', 'destructive'] as const;

/** What a block may do to the world: look, change, or change beyond easy repair. */
export type Risk = (typeof risks)[number];

/** A whole runbook: what was written, in the order in which it was written. */
export interface Runbook {
  readonly source: SourceFile;
  /** Front matter's title, else the first top heading, else the file's name without its ending. */
  readonly title: string;
  readonly frontMatter: FrontMatter;
  /** Prose before the first step that belongs to no step. */
  readonly intro: readonly Span[];
  /** Every heading that a section word opened, nested ones included, in document order. */
  readonly sections: readonly Section[];
  /** Top-level steps of every kind, in document order; a step's bound validation and rollback hang below it. */
  readonly steps: readonly Step[];
  /** Of several ways one; in document order, an outer one before those in it. Absent where there are none. */
  readonly choices?: readonly Choice[];
  /** Result and log regions already in the document, in document order. */
  readonly regions: readonly Region[];
  /** From each heading to the next of the same or a higher level, by the anchor that a code host gives it. */
  readonly anchors: ReadonlyMap<string, Span & { readonly title: string }>;
  /** Rows of tables that list inputs, in document order; absent where there are none. */
  readonly inputRows?: readonly InputRow[];
  /** Blocks outside of context in languages that nothing is known to run; absent where there are none. */
  readonly otherLanguages?: readonly OtherLanguage[];
  /** True when the document ends inside a fence or a comment that is never closed: nothing can follow it. */
  readonly endsOpen?: true;
}

export interface Section {
  readonly kind: SectionKind;
  readonly title: string;
  /** 1 to 6. */
  readonly depth: number;
  readonly headingSpan: Span;
  /** From its heading to the next heading of the same or a higher level. */
  readonly span: Span;
  /** The word of the table that matched, for `print`. */
  readonly word: string;
  /** Set when the heading is nested inside a step, which it then validates or undoes. */
  readonly boundTo?: StepName;
}

/** Which rule of FORMAT.md §1 made something a step; `print` shows it. */
export type StepRule =
  | 'step-heading' // "Step N" headings
  | 'numbered-heading'
  | 'sub-heading' // one level down in a section
  | 'list-item' // ordered-list item with code or an instruction
  | 'code-heading' // a heading with code
  | 'code-block' // a code block with the prose before it
  | 'section'; // a section that has content but nothing to divide it by

export interface Step {
  readonly name: StepName;
  readonly title: string;
  /** The phase it belongs to. Steps of a walkthrough without section words are `steps`. */
  readonly section: SectionKind;
  readonly rule: StepRule;
  readonly span: Span;
  /** Heading or first line, for showing. */
  readonly headingSpan?: Span;
  /**
   * Prose before the step that belongs to no step: the lead-in of its section, chapters of context behind the step
   * before. Absent where there is none; what stands before all steps and sections is `Runbook.intro`.
   */
  readonly leadIn?: readonly Span[];
  /** Heading level, 0 for steps that are no heading. */
  readonly depth: number;
  readonly attributes: Attributes;
  /** What stands in the step, in document order; result regions are left out. */
  readonly parts: readonly Part[];
  /** The branches that it stands in, the outermost first; absent where it stands in none. */
  readonly branches?: readonly InBranch[];
  /** What is doubtful of all that it holds; absent where nothing is. */
  readonly doubts?: readonly Doubt[];
  /** Work in context, in an example or among problems: no run comes to it unless it is chosen by its name. */
  readonly aside?: true;
  /** Steps of a Validation section nested inside this step. */
  readonly validation: readonly Step[];
  /** Steps of a Rollback section nested inside this step: its own undo. */
  readonly rollback: readonly Step[];
  /** True when nothing in it can be run and it asks for something: the operator says when it is done. */
  readonly manual: boolean;
  /** What lines inside the list item start with, for a manual step that is one: its result stands in it. */
  readonly containerPrefix?: string;
}

export type Part =
  | { readonly type: 'prose'; readonly span: Span; readonly asks?: Asked }
  | { readonly type: 'block'; readonly block: Block }
  | { readonly type: 'checklist'; readonly checklist: Checklist }
  | { readonly type: 'runbook-link'; readonly link: RunbookLink };

/** A fenced or indented code block. */
export interface Block {
  readonly address: Address;
  /** True when the author gave the name; such a name must be unique. */
  readonly named: boolean;
  /** First word of the info string, lower-cased; absent without a label or for an indented block. */
  readonly language?: string;
  /** The info string as written. */
  readonly info: string;
  /** What is inside, container prefixes removed, every line ending `\n`. */
  readonly code: string;
  /** From the opening fence run (or the first code byte of an indented block) to its end. */
  readonly span: Span;
  /** The bytes between the fences, container prefixes included. */
  readonly contentSpan: Span;
  readonly fenced: boolean;
  /** False for a fence that the document never closes; such a block cannot take a result. */
  readonly closed: boolean;
  readonly runnable: boolean;
  /** Why it is shown and not run, although its label can be run: what it is, such as `a table`. */
  readonly shown?: string;
  /** Present when prompted lines were told apart from the output shown below them. */
  readonly console?: {
    readonly commands: string;
    readonly output: string;
    /** Zero-based numbers of the lines of `code` that those of `commands` were taken from. */
    readonly commandLines: readonly number[];
  };
  /** The ```output block (or Innovation Engine's similarity block) that follows this block. */
  readonly expectedOutput?: ExpectedOutput;
  /** It stands in a diagnosis within its step. */
  readonly inDiagnosis?: true;
  /** `risk` as written, else the section's default, `change` where its commands are known to change something. */
  readonly risk: Risk;
  /** Its section only looks, and its risk is what its commands say. */
  readonly isRiskOfCommands?: true;
  readonly attributes: Attributes;
  /** What every line of the block's container starts with; a result region is prefixed by it. */
  readonly containerPrefix: string;
  /** Byte offset at which a result region is inserted. */
  readonly resultOffset: number;
  /** The branches that it stands in and its step does not, the outermost first. */
  readonly branches?: readonly InBranch[];
  /** What is doubtful of it beside what is of its step; absent where nothing is. */
  readonly doubts?: readonly Doubt[];
  /** Placeholders such as `<namespace>` that the code still holds, in order of appearance. */
  readonly placeholders: readonly Placeholder[];
}

export interface Placeholder {
  /** As written, `<namespace>`. */
  readonly text: string;
  /** As an environment variable, `NAMESPACE`. */
  readonly variable: string;
  readonly span: Span;
}

export interface RunbookLink {
  readonly address: Address;
  /** Relative path as written, without its fragment. */
  readonly target: string;
  /** The section of the linked page that is meant, as the fragment names it; absent for all of it. */
  readonly anchor?: string;
  /** The digest that the linked page is pinned to, 64 hexadecimal digits. */
  readonly digest?: string;
  /** What is wrong with the attributes behind it. */
  readonly problem?: string;
  /** Where its pin stands, with the blank before it, or where it would be written. */
  readonly pinPlace: {
    readonly span: Span;
    readonly how: 'new-group' | 'heading-group' | 'in-group' | 'there' | 'whole-group';
  };
  readonly text: string;
  readonly span: Span;
  /** Inputs passed on, from `with.NAME=value` on the step's heading. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly containerPrefix: string;
  readonly resultOffset: number;
}

export type Region =
  | {
      readonly type: 'result';
      readonly address: Address;
      /** The run that wrote it, and the digest of the code that ran; absent where the region does not say. */
      readonly run?: RunId;
      readonly code?: string;
      readonly span: Span;
    }
  | { readonly type: 'log'; readonly span: Span };

/** Where results go: `summary` keeps in the document only what somebody has to look at again. */
export const logChoices = ['document', 'changes', 'summary', 'copy', 'none'] as const;
export type LogChoice = (typeof logChoices)[number];

export const onFailureChoices = ['ask', 'stop', 'continue', 'rollback'] as const;
export type OnFailure = (typeof onFailureChoices)[number];

/** The attributes of a block or a step, read and typed; absent means not written. Times are milliseconds. */
export interface Attributes extends FileAttributes {
  readonly name?: string;
  /** What the page that a step links to is pinned to, 64 hexadecimal digits. */
  readonly digest?: string;
  readonly run?: boolean;
  /** It runs only where it is chosen by its name. */
  readonly onlyByName?: true;
  /** What runs it whatever its label, the words of a command. */
  readonly interpreter?: readonly string[];
  readonly risk?: Risk;
  /** The question to ask; the empty string asks the default one. */
  readonly confirm?: string;
  readonly approve?: ApprovalRequirement;
  readonly when?: string;
  readonly check?: string;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly intervalMs?: number;
  /** The interval doubles with each failure, up to this. */
  readonly longestIntervalMs?: number;
  readonly exit?: readonly number[];
  /** Whether a shell block ends at its first failing command. */
  readonly errexit?: boolean;
  readonly expect?: readonly Expectation[];
  readonly captures?: readonly Capture[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The account that it runs as. */
  readonly user?: string;
  /** Handlers that follow its step where it has changed something. */
  readonly handlers?: readonly string[];
  readonly hosts?: readonly string[];
  readonly hostsFrom?: string;
  /** The variable that is each item of a list in turn. */
  readonly each?: string;
  /** Its list: items separated by blanks, or `$NAME` for the value of a variable. */
  readonly of?: string;
  /** Its list: a command that prints an item a line. */
  readonly eachFrom?: string;
  readonly parallel?: number;
  /** Of the items of a list: a number, a share such as `80%`, or `all`. */
  readonly mustPass?: string;
  /** A number of hosts, a share such as `80%`, or `all`. */
  readonly hostsMustPass?: string;
  readonly interactive?: boolean;
  readonly background?: boolean;
  readonly onFailure?: OnFailure;
  readonly estimateMs?: number;
  readonly tags?: readonly string[];
  /** Channels that are told when it has ended. */
  readonly notify?: readonly string[];
  /** Channels that its text is sent to: a message, and no code. */
  readonly send?: readonly string[];
  /** A step for a person: the variable that the answer is, and what it can be. */
  readonly ask?: string;
  readonly choices?: readonly string[];
  /** Which of the headings below it are run. */
  readonly choose?: ChooseRule;
  /** `with.NAME=value`, for a step that runs another runbook. */
  readonly with?: Readonly<Record<string, string>>;
}

export type ApprovalRequirement =
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'group'; readonly group: string };

export interface FrontMatter extends EventRules, Upkeep {
  readonly title?: string;
  readonly description?: string;
  readonly owner?: string;
  /** May refer to variables of the run, as `$NAME`; `responders` as well. */
  readonly severity?: string;
  readonly services?: readonly string[];
  /** Who answers, by name or by role. */
  readonly responders?: readonly string[];
  readonly tags: readonly string[];
  readonly estimateMs?: number;
  /** How long the same takes a person without the tool. */
  readonly manualEstimateMs?: number;
  /** Where the blocks of the page start, from its folder. */
  readonly cwd?: string;
  /** The account that the blocks of the page run as; the operator's where absent. */
  readonly user?: string;
  /** Default interpreter of blocks labelled sh, shell, console: `bash` unless said otherwise. */
  readonly shell?: string;
  /** False: shell blocks go on after a failing command, by the configuration where the front matter says nothing. */
  readonly errexit?: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: readonly InputDeclaration[];
  readonly outputs: readonly string[];
  readonly hosts: Readonly<Record<string, readonly string[]>>;
  readonly handlers?: Readonly<Record<string, Handler>>;
  readonly log?: LogChoice;
  readonly concurrency?: 'forbid' | 'allow' | Concurrency;
  readonly approvals: Readonly<Record<string, ApprovalGroup>>;
  readonly escalation: readonly EscalationRule[];
  readonly notify: readonly NotifyRule[];
  readonly updates?: UpdateRule;
  /** Of a page that others are made from: its sentence, and what is asked for at its named marks. */
  readonly template?: { readonly description?: string; readonly fields: readonly InputDeclaration[] };
  /** Doubts that the author knows of and runs all the same; absent where there are none. */
  readonly accept?: readonly DoubtCode[];
  /** Extra heading words per section, those of the configuration included. */
  readonly sections: Readonly<Partial<Record<SectionKind, readonly string[]>>>;
  /** Extra runnable languages by their label, lower-cased, each with the arguments that run a file of it. */
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
}

export type InputType = 'string' | 'number' | 'boolean' | 'choice' | 'multiple' | 'path' | 'duration';

export interface InputDeclaration extends OfEvent {
  readonly name: string;
  readonly type: InputType;
  readonly description?: string;
  readonly default?: string;
  /** A command whose output is the default. */
  readonly defaultFrom?: string;
  /** A shell condition: where it does not hold, the input is neither asked for nor set. */
  readonly when?: string;
  readonly required: boolean;
  readonly pattern?: string;
  /** What the pattern stands for, in the author's words: `a version like 1.2.3`. */
  readonly message?: string;
  readonly choices?: readonly string[];
  /** A command whose output lines are the choices. */
  readonly choicesFrom?: string;
  readonly secret?: SecretSource;
  /** Declared to be no secret, whatever its name says: `secret: false`. */
  readonly isPublic?: true;
  readonly span?: Span;
  /** The linked runbook that asks for it, relative to the opened one's folder; absent for the opened one. */
  readonly file?: string;
  /** Where its default comes from where no front matter declares it: `variables`, or the file next to the page. */
  readonly from?: string;
  /** Set where nobody declared it: a placeholder in code asks for it. */
  readonly placeholder?: {
    /** As first written, `<namespace>`. */
    readonly text: string;
    /** What it is handed over as; never a variable that the runbook or the system has a use for. */
    readonly variable: string;
  };
  /** Set where nobody declared it: a block exports it, and the value that is given stands in that one's place. */
  readonly over?: { readonly value: string; readonly address: Address };
  /** What the places of its placeholders can take; absent where they take anything. */
  readonly rules?: readonly ValueRule[];
}

export interface ApprovalGroup {
  readonly people: readonly string[];
  /** How many of them must agree. */
  readonly count: number;
  readonly timeoutMs?: number;
  readonly onTimeout: TimeoutAction;
}

/** What becomes of a gate that nobody answers in time; `approve` never reaches what destroys something. */
export type TimeoutAction = 'deny' | 'escalate' | 'approve';
