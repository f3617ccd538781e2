// Owns what the codes of diagnostics about links to other runbooks mean.

/** In the order of their names, as `explain` shows them. */
export const linkCodes = [
  {
    code: 'link-anchor',
    summary: 'a link names a section that the linked runbook does not have',
    explanation:
      'A link to `x.md#drain` runs the section below that heading, after the preconditions of `x.md`; a rollback section of the whole page is left out, undos of the steps in it are not. The anchor is the one that a code host gives the heading: lower case, `-` for spaces. Where it is misspelt, nothing is run, which is safer than running the whole page.',
  },
  {
    code: 'link-attribute',
    summary: 'an attribute would have no effect on a step that runs another runbook',
    explanation:
      'The heading of a step that is only a link to another runbook may have `name`, `risk`, `confirm`, `approve`, `on-failure`, `estimate`, `tags`, `notify`, `digest=` and `with.NAME=value`; braces right after a link `digest=` and `with.NAME=value`. Everything else is a matter of single blocks, and is written on the blocks of the linked runbook: a guard here would guard nothing.',
  },
  {
    code: 'link-count',
    summary: 'links bring too many runbooks into one run',
    explanation:
      'A linked runbook counts as often as links lead to it, and so do all that it links to: four pages that each link to the next one thirty times are a run of 27,000 pages. A run has 500 linked pages, and 20,000 items of such, at most.',
  },
  {
    code: 'link-cycle',
    summary: 'runbooks link to one another in a circle',
    explanation:
      'A linked runbook is run as a part of the one that links to it, so none can be a part of itself. The message shows the way round. A link in running text is no step, and may lead anywhere.',
  },
  {
    code: 'link-depth',
    summary: 'links lead through too many runbooks',
    explanation: 'Runbooks may run runbooks eight levels deep. More is hard for anybody to follow.',
  },
  {
    code: 'link-input',
    summary: 'a link hands on an input that the linked runbook does not have, or that it cannot take',
    explanation:
      'Inputs are handed on by name, on the heading of the link:\n\n    ### Drain the node {with.NODE=$TARGET with.GRACE=30s}\n\n`$TARGET` and `${TARGET}` stand for a variable of this runbook; `\\$` is a dollar sign. What is not handed on has the value of the input of the same name of this runbook; where there is none, the run asks for it or takes its default.',
  },
  {
    code: 'link-name',
    summary: 'a block has the same name as an item of a linked runbook',
    explanation:
      'Items of a linked runbook are addressed as `link/name`. A block of this runbook with the same address could not be told from them.',
  },
  {
    code: 'link-output',
    summary: 'an output is used that a page of another repository does not have',
    explanation:
      'What a page of another repository hands on is what its front matter declares: `outputs: [NAME]`. `${link.NAME}` in a value of another link, and `link_NAME` in code, name one of these. A page beside this one may hand on more, since its author has both in hand.',
  },
  {
    code: 'module-address',
    summary: 'a link to another repository cannot be read',
    explanation:
      'A page of another repository is named by how git reaches it, a commit, tag or branch, and its path from the top:\n\n    [Drain](git+https://git.example.com/ops/runbooks@v1.4//nodes/drain.md)\n\n`git+https`, `git+ssh` and `git+file` are known. Credentials do not belong into a page: git finds them by its credential helpers, ssh by its agent.\n\nA page that was fetched may lead to other repositories by `git+https` and `git+ssh`, but not by `git+file`: what others write has no say in which repositories of this machine are read.',
  },
  {
    code: 'module-lock',
    summary: 'a page of another repository is not locked, or not here',
    explanation:
      'A run fetches nothing, and takes no other bytes than those that `runsheet.lock` names by commit and digest. `runsheet fetch FILE` fetches what is locked, and locks what is not; look at what it brings, and keep the lock with the page. `runsheet fetch --update FILE` takes what tags and branches lead to now.',
  },
  {
    code: 'link-pin',
    summary: 'a linked runbook is not the one that its link is pinned to',
    explanation:
      'A link can say exactly which page it means:\n\n    [Drain the node](drain.md){digest=sha256:…}\n\n`runsheet pin FILE` writes it for all links of a page, `runsheet pin --check FILE` shows where one is missing or out of date, `runsheet pin --remove FILE` removes all of them. The digest is the one that `--expect-digest` takes for the linked page: it covers what that page links to, and leaves results of runs out. While it does not fit, nothing is run. Pages of other repositories are held to their bytes by `runsheet.lock`, so `pin` writes no pin for them; one that stands on such a link all the same is kept to and renewed like any other.',
  },
  {
    code: 'linked-runbook',
    summary: 'a linked runbook is missing, or cannot be run',
    explanation:
      'A step that is only a link to another Markdown file runs that file. It is read and checked before anything runs, and what is wrong with it stops the run: `runsheet check` on the linked file shows everything. Of a prerequisite only the validation is run, since nothing may change before the preconditions hold.',
  },
] as const;
