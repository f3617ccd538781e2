// Owns the kinds of doubt that a page can leave: what each code says, how a page settles it, and why it matters.

/** A kind of doubt; `--accept` and `accept:` take its code. */
export interface DoubtKind {
  /** Lower case, words joined by hyphens. */
  readonly code: string;
  /** One line, lower case, for lists. */
  readonly summary: string;
  /** What is said at a place of which nothing more particular is known; a sentence without its stop. */
  readonly text: string;
  /** How a page settles it. */
  readonly help: string;
  /** Why it matters and what to do; Markdown, with examples where they help. */
  readonly explanation: string;
}

/** Every kind, by code. */
export const doubtKinds = [
  {
    code: 'alternative',
    summary: 'neighbouring headings read like alternatives, only one of which should run',
    text: 'this reads like one of several alternatives',
    help: 'write `{choose}` after the heading right above them if one of them is to be run, `{choose=all}` if all of them are',
    explanation:
      'Headings such as "Option A" and "Option B", "On Debian" and "On Red Hat", or "Alternatively" seldom mean that all of them are to be done. A person picks one; a run without a person would do both.\n\nThey are a choice: a guided run asks once which way to take, all of them in their order among the answers, and `--choose install=by-package` answers beforehand. The ways that are not taken are skipped, and only what was taken is undone. The heading right above them says that they are a choice, or that all of them belong to the run, or which input or variable names the way:\n\n    ## Install {choose}\n    ## Install {choose=all}\n    ## Install {choose=SYSTEM}',
  },
  {
    code: 'condition',
    summary: 'the words before a block say that it is an example, run only sometimes, or shown and not run',
    text: 'the words before it say that it is an example, or run only sometimes',
    help: 'write the condition as `when="…"`, or say `run` if it is always run and `run=false` if it never is',
    explanation:
      '"If you use a proxy, run:" and "Optionally, …" leave it to the reader whether the block is run, and so does a note such as "skip this step if …" for all that stands below it. So does a heading: "If the node does not join", "On failure", "Restart it (if needed)", "Abort the upgrade". So do words that show and do not tell to run ("Do not run:", "A common mistake:", "In older versions:", "For reference, the job does:"), notes in quotes and in containers of a site (`:::note`), what the site leaves out (`{% comment %}`), and what is folded away below "If it fails" or "Troubleshooting". A run without a person cannot ask.\n\nA condition that a command can answer stands on the block, or on the heading, and so does the word that there is none:\n\n    ### If the node does not join {when="! test -e joined"}\n\n    ```sh {when="test -n \\"$HTTP_PROXY\\""}\n    ```sh {run}',
  },
  {
    code: 'lookalike',
    summary: 'shell code holds characters that look like those of the shell and are others',
    text: 'it holds a character that looks like one of the shell and is another',
    help: 'type it anew as the shell knows it, or say `run` where the block is right as it is',
    explanation:
      'Editors of texts, wikis and chats put other characters in the place of those that were typed: quotes that are curly, dashes for hyphens, blanks that do not break, characters that nobody sees, `&amp;` for `&`. The page looks right, and the shell reads something else: `find . —name x -delete` deletes everything, and `systemctl list-units —type=service` lists nothing and succeeds. A person sees what is meant; a run would do what is written.\n\nCopied from where it runs, or typed anew, the block is right:\n\n    find . -name x -delete\n\nText in quotes, comments and here-documents is for people, and may hold any of them but those that nobody sees.',
  },
  {
    code: 'not-included',
    summary: 'a site puts another file into the page there, and a run would leave that out',
    text: 'a site puts another file into the page here, which is not read',
    help: 'link to it on a line of its own, `[Check first](common/check.md)`, which a run follows; or say `run` on the block that it stands beside',
    explanation:
      'Sites put other files into a page: `--8<-- "common/check.md"`, `{% include check.md %}`, `[!INCLUDE [check](check.md)]`, a component that is imported from another page. A run reads the page as it is in its repository. What the other file holds would be left out, steps and checks among it, and the run would still say that it has succeeded.\n\nA link on a line of its own is followed, and what it leads to is part of the run:\n\n    [Check first](common/check.md)\n\nWhere nothing of the other file is to be run, the block beside it says so with `run`.',
  },
  {
    code: 'other-procedure',
    summary: 'a page holds several procedures, and a run would do one after the other',
    text: 'this reads like a procedure of its own',
    help: 'run one of them with `--section NAME`; say `run=false` on what is only for reading, or `{run}` after a heading that belongs to every run',
    explanation:
      'A page of answers, problems, or all that can be done to a thing ("Add a user", "Rename a user", "Restore a user") is looked up, and one part of it is followed. A run without a person would do all of them, one after the other.\n\n`runsheet run page.md#rename-a-user`, or `--section rename-a-user`, runs the one that is meant, and a guided run asks which one first. A heading that belongs to every run says so, and so does one that no run should do:\n\n    ## Renew the certificate {run}\n\n    ## Renew it by hand {run=false}\n\nA heading that opens a section (`sections:` in front matter adds words for them) is not asked about.',
  },
  {
    code: 'output-as-code',
    summary:
      'a block that its label makes commands reads like output, the content of a file, or a piece of either',
    text: 'it may not be commands',
    help: 'say `run` where it is commands, or label it `text` or `output` where it is not',
    explanation:
      'Where none of the lines of a block can be a command, or the words before it say what it is, it is shown and not run. Some pages leave it open: commands and their output in one block without a prompt, `...` for lines that are left out, a console without a prompt, commands below "Example output:". A run without a person would feed the output to a shell.\n\nWhere it is commands, the block says so:\n\n    ```sh {run}\n\nPrompts (`$ `) tell commands from their output; what is only shown is labelled `text` or `output`.',
  },
  {
    code: 'session',
    summary:
      'commands follow one that opens a session, or words that name another machine, and would run here',
    text: 'it is meant for a session that is opened before it',
    help: 'say `host=` where it is for another machine, `user=` where it is for another account, `interactive` where a person types it, or `run` where it is for this one',
    explanation:
      'After `ssh web1`, `sudo -i`, `docker exec -it web sh` or a bare `mysql`, in a block or in the words before one, a page goes on with what is typed there. A run has one shell: the session would end at once, and what is meant for it would run here, as another user, on another machine. Prompts that name a machine (`root@db1:~# `) say the same, and so do words and headings: "Run this on each node:", "Inside the container:", "On the primary" where the page goes on "On the replica". Commands that reach the machine by themselves (`ssh db1 …`, `kubectl`, `psql -h db1`) are not in doubt.\n\nA block that belongs on another machine says so, and one that a person has to work in is handed the terminal:\n\n    ```sh {host=web1}\n\n    ```sh {interactive}\n\n`run` on a block says that it runs here as it stands. `exit` ends a session.',
  },
  {
    code: 'teardown',
    summary: 'something undoes or removes what the page itself has done',
    text: 'this removes what the page makes',
    help: 'call its heading `Rollback` where it goes back after a failure; say `{run}` after the heading where it belongs to every run, `run=false` where it is only for reading',
    explanation:
      'Many pages end with how to get rid of what they have built: "Delete the cluster", "Uninstall", "Clean up resources". Others hold what goes back: "Put the old version back", on a page that upgrades "Restore from the backup". Prose leads to it too: "To undo this, run:". A person who needs the cluster stops before it; a run without a person would delete what it has just made.\n\nIn a page that is about removing something, and where what is removed was there before ("Delete the stuck pod"), it is a step like any other. Where it belongs to every run, the heading says so:\n\n    ## Delete the cluster {run}\n\nA heading such as `Rollback` makes it the way back that is offered after a failure.',
  },
  {
    code: 'to-replace',
    summary: 'a word of a block stands for a value: the prose says to replace it, or it reads like that',
    text: 'the page says to replace a word in it',
    help: 'write it as `<my-cluster>`, which a run asks for, or say `run` where the block is right as it is',
    explanation:
      '"Replace `my-cluster` with the name of your cluster" and "where `web-1` is the name of your instance" leave the command to be edited before it is run. So does what no machine has (`/dev/sdX`, `10.0.x.x`, `YYYY-MM-DD`, `TOKEN=xxxxxxxx`), and a word in capitals where a command expects a name (`kubectl delete pod POD_NAME`). A person edits it; a run without a person would send the example.\n\nWritten in angle brackets it is a placeholder: a run asks for its value, and hands it over quoted:\n\n    kubectl config use-context <my-cluster>',
  },
  {
    code: 'unlabelled',
    summary: 'a block without a label looks like commands',
    text: 'it looks like commands and has no label',
    help: 'label it `sh` to have it run, or `text` where it is only shown',
    explanation:
      'A block without a language can be commands or what they print. One that looks like commands is asked about: left out in silence, a run would go on without a step of its page, and say that it has succeeded.\n\nA label settles it: with `sh` it runs, with `text` it is shown.',
  },
  {
    code: 'unmarked',
    summary: 'nothing on a page says which of its headings with code are steps',
    text: 'nothing says that this heading with code is a step',
    help: 'put the steps below a heading `Steps`, number them, or say `{run}` after the headings that belong to every run',
    explanation:
      'A page without a section of steps and without numbers can be a walk-through, and can be a manual: one heading with code is the next thing to do, another an example, an option, or a procedure of its own. Of real pages, little more than half belong to a run from top to bottom. A person sees which; a run without a person would do all of them.\n\nA heading `Steps` (or another word of [the table](format.md#1-sections)) above them says that they are one procedure, and so do numbers:\n\n    ## Steps\n\n    ### Build it\n\n    ### 2. Push it\n\nSmall pages, of one or two such headings and no more that are only to be read, and pages whose blocks or headings have attributes, are taken as they are.',
  },
] as const satisfies readonly DoubtKind[];

/** What names a kind of doubt. */
export type DoubtCode = (typeof doubtKinds)[number]['code'];

/** Every code, for what takes some of them. */
export const doubtCodes: readonly DoubtCode[] = doubtKinds.map(({ code }) => code);
