/** The documents say what is true: their commands run, their options exist, their links lead somewhere. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/cli/options/hunt-yml/config.js';
import { FORMAT_NAMES, formatNamed } from '../../src/report/formats.js';
import { builtInFolders } from '../../src/rule/catalog/built-in.js';
import { WARNINGS } from '../../src/report/warnings.js';
import { digestChain } from '../support/digests/chain.js';
import { publicKeyList, signingKey } from '../support/digests/keys.js';
import { writeChain } from '../support/digests/write.js';
import { openedGroup } from '../support/hunt-events.js';
import { emptyFolder, hunt, huntProcess, ROOT, SAMPLE } from '../support/run-hunt.js';

const GUIDE_NAMES = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const GUIDES = ['README.md', ...GUIDE_NAMES.map((name) => `docs/${name}`)] as const;
const DOCUMENTS = [...GUIDES, 'CONTRIBUTING.md', 'CHANGELOG.md', 'data/sample/README.md'];

const textOf = (document: string): string => readFileSync(join(ROOT, document), 'utf8');

test('the README is short', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(151);
});

test('the documents count the rules of the pack', () => {
  const count = builtInFolders().length;
  expect(textOf('README.md')).toContain(`The pack has ${count - 1} more rules.`);
  expect(textOf('docs/rules.md')).toContain(`lists the ${count} rules of the pack`);
});

test.each(['README.md', 'docs/reports.md'])(
  'the report in %s is what is printed',
  async (document) => {
    const [, block = ''] = /^```\n(What was changed[^]*?)\n```/m.exec(textOf(document)) ?? [];
    const lines = block.split('\n').filter((line) => line !== '  …');
    expect(lines.length).toBeGreaterThan(20);
    const { stdout } = await hunt(['data/sample'], { cwd: ROOT });
    const printed = new Set(stdout.split('\n'));
    expect(lines.filter((line) => !printed.has(line))).toEqual([]);
  },
);

test('the table of exit codes has every command', async () => {
  const { stdout } = await hunt(['--help']);
  const [, listed = ''] = /^Commands:\n([^]*?)\n\n/m.exec(stdout) ?? [];
  const commands = [...listed.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => `hunt ${name}`);
  expect(commands.length).toBeGreaterThan(15);
  const [, section = ''] =
    /\n## Exit codes\n([^]*?)(?:\n## |$)/.exec(textOf('docs/reports.md')) ?? [];
  const rows = [...section.matchAll(/^\| (`hunt[^|]*) \|/gm)].map(([, names = '']) => names);
  const named = rows.flatMap((names) => names.replaceAll('`', '').split(', '));
  expect(named.toSorted()).toEqual(
    ['hunt', ...commands.filter((name) => name !== 'hunt help')].toSorted(),
  );
});

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

test.each(DOCUMENTS)('the links of %s lead somewhere', (document) => {
  const links = [...textOf(document).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
  for (const [link, path = '', anchor] of links) {
    const target = path === '' ? document : join(dirname(document), path);
    expect(existsSync(join(ROOT, target)), `${document}: ${link}`).toBe(true);
    if (anchor === undefined) continue;
    const headings = [...textOf(target).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);
    expect(headings.map(anchorOf), `${document}: ${link}`).toContain(anchor);
  }
});

test.each(DOCUMENTS)('the files that %s names exist', (document) => {
  const names = [...textOf(document).matchAll(/`((?:src|test|queries|docs|data)\/[\w./*-]*)`/g)];
  const missing = names.filter(([, name = '']) => !existsSync(join(ROOT, name)));
  expect(missing.map(([, name]) => name)).toEqual([]);
});

test('CONTRIBUTING says what each folder is for', () => {
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}`);
  const rows =
    textOf('CONTRIBUTING.md')
      .match(/^\| `.*$/gm)
      ?.join('\n') ?? '';
  expect(folders.filter((folder) => !rows.includes(`\`${folder}\``))).toEqual([]);
});

test('every document of docs/ is linked from the README', () => {
  for (const name of GUIDE_NAMES) expect(textOf('README.md')).toContain(`](docs/${name})`);
});

test('every warning is documented, with what to do', () => {
  const documented = textOf('docs/reports.md').match(/^\| `[A-Z_]+` \|.*$/gm) ?? [];
  const rows = Object.entries(WARNINGS).map(
    ([code, { meaning, whatToDo }]) => `| \`${code}\` | ${meaning} | ${whatToDo} |`,
  );
  expect(documented.toSorted()).toEqual(rows.toSorted());
});

test('every format is documented', () => {
  const documented = textOf('docs/reports.md').match(/^\| `[a-z]+` \| `\..*$/gm);
  const rows = FORMAT_NAMES.map((name) => {
    const { endings, purpose } = formatNamed(name);
    return `| \`${name}\` | ${endings.map((ending) => `\`${ending}\``).join(', ')} | ${purpose} |`;
  });
  expect(documented).toEqual(rows);
});

describe('options', () => {
  const COMMANDS = [
    '',
    'init',
    'accept',
    'tune',
    'diff',
    'view',
    'explain',
    'rules',
    'sql',
    'schema',
    'test',
    'show',
    'what',
    'who',
    'why',
    'prove',
    'verify',
    'report',
    'doctor',
  ];
  /** Those of other programs. */
  const FOREIGN = [
    '--max-items',
    '--large',
    '--changes',
    '--key-id',
    '--query',
    '--bucket',
    '--start-time',
    '--end-time',
  ];
  const namedIn = (text: string): readonly string[] =>
    [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([name]) => name);
  let known: ReadonlySet<string>;
  beforeAll(async () => {
    const helps = await Promise.all(
      COMMANDS.map((command) => hunt([command, '--help'].filter((word) => word !== ''))),
    );
    known = new Set([...FOREIGN, ...helps.flatMap(({ stdout }) => namedIn(stdout))]);
  });

  test.each(GUIDES)('of %s exist', (document) => {
    expect(namedIn(textOf(document)).filter((name) => !known.has(name))).toEqual([]);
  });
});

/** The blocks of YAML in a document. */
const yamlIn = (document: string): readonly string[] =>
  [...textOf(document).matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, yaml = '']) => yaml);

describe('configurations', () => {
  const examples = ['docs/configuration.md', 'docs/tables.md', 'docs/schedules.md'].flatMap(yamlIn);

  test.each(examples)('are understood: %s', (yaml) => {
    const path = join(emptyFolder(), 'hunt.yml');
    writeFileSync(path, yaml);
    expect(readConfig(path)).toBeDefined();
  });
});

/** What can be run here: the commands over logs, and those that need nothing; each once, with the first document that has it. */
const commands = GUIDES.flatMap((document) =>
  [...textOf(document).matchAll(/^ {4}hunt (.*?)(?:\s+#.*)?$/gm)]
    .map(([, words = '']) => [document, words] as const)
    .filter(([, words]) => !/athena|trino|s3:/.test(words)),
).filter(([, words], n, all) => all.findIndex(([, other]) => other === words) === n);

const SIGMA = `title: A Sigma rule
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { eventName: DeleteTrail }
  condition: selection
`;

/** What the documents print again and compare. */
const REPORTS = ['report.json', 'report.html', 'last-week.json', 'today.html'];

/** A folder that has what the commands of the documents name. */
function folderOfExamples([command, ...options]: readonly string[]): string {
  const folder = emptyFolder();
  // The digest in the sample is not a whole one.
  if (options.includes('--verify')) writeDigests(join(folder, 'logs'), join(folder, 'keys.json'));
  else cpSync(SAMPLE, join(folder, 'logs'), { recursive: true });
  mkdirSync(join(folder, 'more'));
  const log =
    readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith('20260112T0920Z_7yrg0qZ9zoumEFpN.json.gz'),
    ) ?? '';
  cpSync(join(SAMPLE, log), join(folder, 'a.json.gz'));
  cpSync(join(SAMPLE, log), join(folder, 'more/b.json.gz'));
  cpSync(join(ROOT, 'docs/templates/jira.json'), join(folder, 'jira.json'));
  writeFileSync(join(folder, 'event.json'), JSON.stringify(openedGroup()));
  writeFileSync(join(folder, 'my-rule.yml'), yamlIn('docs/rules.md')[0] ?? '');
  writeFileSync(join(folder, 'some-sigma-rule.yml'), SIGMA);
  writeFileSync(join(folder, 'exceptions.yml'), yamlIn('docs/exceptions.md')[0] ?? '');
  if (command === 'report')
    writeFileSync(join(folder, 'hunt.yml'), yamlIn('docs/schedules.md')[0] ?? '');
  return folder;
}

function writeDigests(logs: string, keys: string): void {
  writeChain(logs, digestChain({ since: '2026-03-01T10:00:00Z', hours: [1, 1, 1] }));
  writeFileSync(keys, publicKeyList([signingKey('eu-west-1')]));
}

/** What commands find that read reports: the same sample under each name. */
let reports: string;
beforeAll(async () => {
  reports = emptyFolder();
  await hunt([SAMPLE, ...REPORTS.flatMap((name) => ['-o', name])], { cwd: reports });
});

test('there are commands to run', () => expect(commands.length).toBeGreaterThan(15));

// Those of the README as a person runs them.
test.each(commands)('%s: hunt %s', async (document, words) => {
  const run = document === 'README.md' ? huntProcess : hunt;
  const args = [...words.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) =>
    word.replaceAll("'", ''),
  );
  const cwd = folderOfExamples(args);
  if (['view', 'diff', 'tune'].includes(args[0] ?? '')) cpSync(reports, cwd, { recursive: true });
  const { code, stdout, stderr } = await run(args, { cwd });
  // The sample is older than --since, has other accounts than those of the documents, and an event without a time.
  const isExpected =
    /^hunt: exit code 3: .*\[(NO_RECORDS|WINDOW_OUTSIDE_LOGS|NO_ACCOUNT_MATCHES|UNDATED_MATCH)\]$/m;
  expect({ code, stderr }).toMatchObject({ code: isExpected.test(stderr) ? 3 : 0 });
  if (!args.includes('--output') && args[1] !== 'daily') expect(stdout).not.toBe('');
});
