// Owns the examples that help shows below each command.

/** What an example does, and how it is typed; by command. */
export const commandExamples: Readonly<Record<string, readonly (readonly [does: string, typed: string])[]>> =
  {
    run: [
      ['Be led through a runbook', 'runsheet run runbooks/disk-full.md'],
      ['See what would run, and run nothing', 'runsheet run runbooks/disk-full.md --dry-run'],
      ['Keep what the operator saw', 'runsheet run runbooks/disk-full.md --record disk-full.cast'],
      [
        'Run it in a pipeline, with an input',
        'runsheet run deploy.md --yes --set VERSION=1.4.2 --report junit=report.xml',
      ],
    ],
    resume: [
      ['Go on with the run paused here', 'runsheet resume'],
      ['Go on with one run, with the page as it is now', 'runsheet resume 20261128 --changed take'],
    ],
    rollback: [['Undo what the last run of a page did', 'runsheet rollback runbooks/nginx-config-change.md']],
    approve: [
      ['Look at what waits, and approve it', 'runsheet approve 20261128 --comment "seen in staging"'],
    ],
    deny: [['Deny it, and say why', 'runsheet deny 20261128 --comment "not on a Friday"']],
    answer: [
      ['Show what a run asks', 'runsheet answer 20261128'],
      ['Say how a block ended that nobody saw end', 'runsheet answer 20261128 drain run-again'],
      ['Say that a manual step is done', 'runsheet answer 20261128 call-the-dba done --note "she knows"'],
    ],
    check: [
      ['Check all runbooks of a folder', 'runsheet check runbooks/'],
      ['Make a pipeline fail for warnings too', 'runsheet check --strict runbooks/'],
      ['See what it can fix by itself', 'runsheet check --fix --dry-run runbooks/'],
      ['For the code scanning of a code host', 'runsheet check --format sarif . > runsheet.sarif'],
    ],
    explain: [
      ['What a code of `check` means', 'runsheet explain unknown-attribute'],
      ['What an attribute or a key of the front matter does', 'runsheet explain retries'],
    ],
    list: [
      ['All runbooks below this folder', 'runsheet list'],
      ['Those of a team that want its attention', 'runsheet list runbooks --owner team-database --stale'],
    ],
    index: [
      ['Write or renew the table of a folder', 'runsheet index runbooks'],
      ['Find out in a pipeline whether it is up to date', 'runsheet index --check runbooks'],
    ],
    rot: [
      ['What goes bad, every night', 'runsheet rot runbooks --format markdown >> "$GITHUB_STEP_SUMMARY"'],
      ['Where what they look at can be reached', 'runsheet rot runbooks --rehearse'],
    ],
    print: [['What is a step, and why', 'runsheet print runbooks/disk-full.md']],
    new: [
      ['Which templates there are', 'runsheet new'],
      ['Start a runbook for an incident', 'runsheet new incident-response runbooks/db-down.md'],
      [
        'Without being asked',
        'runsheet new routine-task rotate-keys.md --title "Rotate the keys" --owner team-platform',
      ],
    ],
    events: [
      ['What was received lately, and what came of it', 'runsheet events list'],
      ['Why an alert started nothing', 'runsheet events show 17'],
      ['Decide it once more, after the runbook was mended', 'runsheet events replay 17 --library runbooks'],
      ['What an alert would start', 'runsheet events test runbooks/ alert.json'],
      [
        'What would start for a delivery whose kind is in a header',
        'runsheet events test runbooks/ body.json --header "X-GitHub-Event: deployment_status"',
      ],
    ],
    takeover: [['Make a run of another machine one of this one', 'runsheet takeover deploy.run']],
    record: [
      ['Make a page of what you type', 'runsheet record runbooks/update-nginx.md'],
      ['Continue an unfinished session', 'runsheet record --resume'],
      ['Make steps of what was changed in a run', 'runsheet record fix.md --from 20261129'],
    ],
    fleet: [
      ['See who works, what waits, and why', 'runsheet fleet'],
      ['Keep the runs of a year', 'runsheet fleet tidy --older-than 365d'],
    ],
    worker: [
      ['Work on the runs of a fleet', 'runsheet worker --library runbooks --queues default,dmz --slots 4'],
      ['Take runs as long as there are some', 'runsheet worker --library runbooks --until-idle 60s'],
    ],
    serve: [
      ['Serve the runbooks of a folder', 'runsheet serve --library runbooks'],
      [
        'Serve people of other machines behind a proxy',
        'runsheet serve --config serve.yaml --listen 127.0.0.1:8042',
      ],
    ],
    tokens: [
      [
        'Let a pipeline start runs for 90 days',
        'runsheet tokens add pipeline --scope read,start --expires 90d',
      ],
      ['Let a bot approve as one of the people', 'runsheet tokens add bot --scope read,approve --person ann'],
      ['Which there are', 'runsheet tokens list'],
      ['Let nobody in by it any more', 'runsheet tokens remove pipeline'],
    ],
    export: [
      ['A script for a machine without runsheet', 'runsheet export runbooks/disk-full.md -o disk-full.sh'],
    ],
    import: [
      ['What a wiki page needs to be run', 'runsheet import wiki/failover.md'],
      ['Add it', 'runsheet import --write wiki/failover.md'],
    ],
    clear: [['Take all results and ticks out of a page', 'runsheet clear runbooks/disk-full.md']],
    test: [
      ['Run all tests below this folder', 'runsheet test'],
      ['Prove that every step can be undone', 'runsheet test runbooks/nginx-config-change.md --fail-each'],
      ['In a pipeline', 'runsheet test runbooks --report junit=tests.xml --min-coverage 90'],
    ],
    pin: [
      ['Pin linked pages to what they are now', 'runsheet pin runbooks/release.md'],
      ['Check the pins in a pipeline', 'runsheet pin --check runbooks/*.md'],
    ],
    fetch: [
      ['Fetch what a page links to in other repositories', 'runsheet fetch runbooks/release.md'],
      ['In a pipeline: what is locked, and nothing else', 'runsheet fetch --frozen runbooks/*.md'],
      ['Take what their tags and branches are now', 'runsheet fetch --update runbooks/release.md'],
    ],
    lsp: [['What an editor starts', 'runsheet lsp']],
    runs: [['The last five runs of a page', 'runsheet runs runbooks/disk-full.md -n 5']],
    show: [
      ['What happened in the newest run', 'runsheet show'],
      ['Follow it while it goes on', 'runsheet show 20261128 --follow'],
      ['What was different from last time', 'runsheet show 20261121 20261128'],
    ],
    report: [['A page for the postmortem', 'runsheet report 20261128 --format html > report.html']],
    handover: [
      ['What the next shift has to know', 'runsheet handover 20261128'],
      ['Go on with the run on another machine', 'runsheet handover 20261128 --bundle deploy.run'],
    ],
    stats: [
      ['How the runs of the last month ended', 'runsheet stats --since 30d'],
      [
        'A page with charts of one runbook',
        'runsheet stats runbooks/disk-full.md --format html > disk-full.html',
      ],
      ['A badge for its page', 'runsheet stats runbooks/disk-full.md --format badge > disk-full.svg'],
    ],
    verify: [['Whether the record of a run is what was written', 'runsheet verify 20261128']],
    completion: [['Complete commands in bash', 'source <(runsheet completion bash)']],
    help: [['How a command is used', 'runsheet help run']],
  };

/** The examples of a command as help shows them; empty where there are none. */
export function examplesOf(command: string): string {
  const examples = commandExamples[command] ?? [];
  if (examples.length === 0) return '';
  const lines = examples.map(([does, typed]) => `  # ${does}\n  ${typed}`);
  return `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${lines.join('\n\n')}\n`;
}
