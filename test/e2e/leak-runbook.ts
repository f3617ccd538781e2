// Owns a runbook that lets its secrets slip in every way that a runbook has; each way is a route, counted by name.

export interface LeakyRunbook {
  readonly text: string;
  /** Blocks that let a secret slip, by what they do. */
  readonly routes: readonly string[];
}

/** How many blocks come after the pause, and after the run. */
export const laterBlocks = 2;

/** The ways of one secret: name of the route, label and attributes of its block, its code. */
function routesOf(name: string): readonly (readonly [route: string, info: string, code: string])[] {
  const onward = 'on-failure=continue';
  return [
    ['stdout', 'sh', `node emit.mjs ${name} stdout`],
    ['stderr', 'sh', `node emit.mjs ${name} stderr`],
    ['split over chunks', 'sh', `node emit.mjs ${name} split`],
    [
      'slowly from the shell',
      'sh',
      `for ((i = 0; i < \${#${name}}; i++)); do printf %s "\${${name}:i:1}"; done`,
    ],
    ['capture', `sh {capture=COPY_${name}}`, `printf 'got %s.' "$${name}"`],
    ['what was captured', 'sh', `echo "$COPY_${name}"; export COPY_${name}="again $COPY_${name}"`],
    ['output file', 'sh', `printf 'OUT_${name}<<EOF\\n%s\\nEOF\\n' "$${name}" >> "$RUNSHEET_OUTPUT"`],
    ['output file, spoilt', 'sh', `printf '%s\\n' "no name $${name}" >> "$RUNSHEET_OUTPUT"`],
    [
      'plain variable',
      'sh',
      `plain_${name}="<$${name}>"; list_${name}=(a "$${name}" b); declare -A map_${name}=(["\${${name}}x"]=1)`,
    ],
    ['exported variable', 'sh', `export EXPORTED_${name}="url://user:$${name}@host/"`],
    [
      'function and alias',
      'sh',
      `eval "fn_${name}() { echo \${${name}@Q}; }"; alias al_${name}="echo \${${name}@Q}"`,
    ],
    [
      'quoting and state',
      'sh',
      `echo "\${${name}@Q}"; printf '%q\\n' "$${name}"; declare -p ${name}; declare -f fn_${name}; alias`,
    ],
    ['trace', 'sh', `set -x; : "$${name}" "with $${name} inside"; set +x`],
    [
      'placeholder',
      `sh {${onward}}`,
      `echo "<${name.toLowerCase()}>" '<${name.toLowerCase()}>' <${name.toLowerCase()}>\ncat <<'E'\n<${name.toLowerCase()}>\nE\n<${name.toLowerCase()}>`,
    ],
    ['unknown command', `sh {${onward}}`, `"$${name}"`],
    ['working directory', `sh {${onward}}`, `cd "/nonexistent/$${name}"`],
    ['unset variable', `sh {${onward}}`, `unset nothing; : "\${nothing:?$${name}}"`],
    ['failing block', `sh {${onward} retries=1 interval=10ms}`, `node emit.mjs ${name} stderr; exit 3`],
    ['end by timeout', `sh {${onward} timeout=150ms}`, `echo "$${name}"; printf %s "$${name}"; sleep 20`],
    ['expected text', `sh {${onward} expect="never"}`, `echo "$${name}"`],
    ['expected number', `sh {${onward} expect-number="<3"}`, `echo "$${name}"`],
    [
      'expected JSON',
      `sh {${onward} expect-json=".a == 1"}`,
      `node -p 'JSON.stringify({ a: process.env.${name} })'`,
    ],
    ['expected output', `sh {${onward} expect=output}`, `echo "$${name}"`],
    ['condition', `sh {when='echo "$${name}"; echo "$${name}" >&2; true'}`, 'true'],
    ['failing condition', `sh {${onward} when='echo "$${name}" >&2; exit 2'}`, 'true'],
    ['probe', `sh {check='echo "$${name}"; false' ${onward}}`, 'true'],
    ['background', 'sh {background}', `node emit.mjs ${name} stdout; sleep 20`],
    [
      'python',
      `python {${onward}}`,
      `import os\nprint(repr(os.environ['${name}']), ascii(os.environ['${name}']))\nraise Exception(os.environ['${name}'])`,
    ],
    ['node', `js {${onward}}`, `console.log([process.env.${name}]);\nthrow new Error(process.env.${name});`],
    [
      'SQL',
      'sqlite',
      `SELECT $${name} AS "a|b", quote($${name}) AS q, json_quote($${name}) AS j, hex($${name}) AS h;`,
    ],
    ['SQL value', `sqlite {capture=ROW_${name}}`, `SELECT $${name}, $${name};`],
    [
      'SQL error',
      `sqlite {${onward}}`,
      `SELECT $${name};\nSELECT json($${name} || '{');\nSELECT abs($${name} || -9223372036854775808);`,
    ],
    [
      'HTTP',
      'http',
      `POST $BASE/echo?q={{${name}|url}}\nX-Key: {{${name}|base64}}\nX-Url: {{${name}|url}}\n\n{"v": "{{${name}|json}}", "raw": "$${name}"}`,
    ],
    ['HTTP header', `http {${onward}}`, `GET $BASE/echo\nX-Key: \${${name}}`],
    ['HTTP failure', `http {${onward}}`, `GET http://127.0.0.1:2/{{${name}|url}}?{{${name}|base64}}`],
    ['HTTP address', `http {${onward}}`, `GET http://$${name}/`],
  ];
}

/** `names` are the variables of the secrets. */
export function leakyRunbook(frontMatter: string, names: readonly string[]): LeakyRunbook {
  const parts = [`---\n${frontMatter}---\n# Leaks\n\n## Steps\n`];
  const routes: string[] = [];
  for (const name of names) {
    for (const [route, info, code] of routesOf(name)) {
      routes.push(`${route} of ${name}`);
      const shown = info.includes('expect=output') ? '\n```output\nsomething\nelse\n```\n' : '';
      parts.push(`\n### ${name}: ${route}\n\n\`\`\`${info}\n${code}\n\`\`\`\n${shown}`);
    }
  }
  const again = names
    .map((name) => `echo "$${name} $COPY_${name} $OUT_${name} $plain_${name} $EXPORTED_${name}"`)
    .join('\n');
  parts.push('\n### By hand\n\nLook at it.\n');
  parts.push(`\n### After the pause\n\n\`\`\`sh\n${again}\ndeclare -p\ndeclare -f\n\`\`\`\n`);
  parts.push(
    `\n## Rollback\n\n### Back\n\n\`\`\`sh\n${names.map((name) => `echo "$${name}"`).join('\n')}\n\`\`\`\n`,
  );
  return { text: parts.join(''), routes };
}
