/** What somebody can do who has read the answer of `hunt verify`: commands to copy. */
import { HOUR } from '../../cloudtrail/time/window.js';
import type { DigestChain } from '../../report/completeness/digest-check.js';
import { isCutAfter } from '../../report/completeness/span-edges.js';
import { inShell } from '../../text/in-shell.js';
import type { Verified } from './verified.js';

/** So many commands of one kind. */
const MOST = 5;

export interface NextStep {
  readonly why: string;
  readonly commands: readonly string[];
}

/** The steps in the order to take them; none where nothing is left to do. */
export function nextSteps({ paths, check, window }: Verified): readonly NextStep[] {
  const { chains, problems, uncovered } = check;
  const here = paths.map(inShell).join(' ');
  const steps: NextStep[] = [];
  const hasNoKeys = problems.some(({ kind }) => kind === 'key missing');
  if (hasNoKeys)
    steps.push({
      why: 'Get the public keys, with credentials of any account, and verify again:',
      commands: [
        ...some(keyCommands(chains)),
        `hunt verify ${here} --public-keys keys.json`,
        `hunt verify ${here} --fetch-keys`,
      ],
    });
  if (check.keysBesideLogs.length > 0)
    steps.push({
      why: 'Whoever altered the logs may have put the public keys beside them, too. Take them from AWS, with credentials of any account:',
      commands: [`hunt verify ${here} --fetch-keys`],
    });
  // The next digest has the signature, and after the window it was not read.
  const tails = chains.flatMap(({ unverifiedTail, spans }) =>
    spans.some((span) => span.ends === 'tail' && !isCutAfter(span, window))
      ? (unverifiedTail ?? [])
      : [],
  );
  if (check.verdict !== 'not intact' && tails.length > 0 && !hasNoKeys)
    steps.push({
      why: 'Get the signature of the newest digests from S3, and put each beside its copy:',
      commands: some(tails.map(headCommand)),
    });
  if (uncovered.some(({ why }) => why === 'after the last digest')) {
    const ends = chains.flatMap(({ spans }) => spans.at(-1)?.until ?? []).toSorted();
    steps.push({
      why: 'To check only the time that digests cover:',
      commands: [`hunt verify ${here} --until ${ends[0] ?? ''}`],
    });
  }
  return steps;
}

/** A key belongs to the region of the digest, and AWS's own tool asks the home region of the trail. */
function keyCommands(chains: readonly DigestChain[]): readonly string[] {
  const regions = new Set(chains.flatMap(({ region, homeRegion }) => [region, homeRegion]));
  const times = chains.flatMap(({ spans }) =>
    spans.flatMap(({ since, until }) => [Date.parse(since), Date.parse(until)]),
  );
  const since = times.reduce((first, time) => Math.min(first, time), Infinity);
  const until = times.reduce((last, time) => Math.max(last, time), -Infinity);
  return [...regions]
    .toSorted()
    .map(
      (region) =>
        `aws cloudtrail list-public-keys --region ${inShell(region)} --start-time ${seconds(since - HOUR)} --end-time ${seconds(until + HOUR)} --output json >> keys.json`,
    );
}

function headCommand(tail: string): string {
  const slash = tail.indexOf('/');
  const [bucket, key] = [tail.slice(0, slash), tail.slice(slash + 1)];
  const name = key.slice(key.lastIndexOf('/') + 1);
  return `aws s3api head-object --bucket ${inShell(bucket)} --key ${inShell(key)} --output json > ${inShell(`${name}.head.json`)}`;
}

function some(commands: readonly string[]): readonly string[] {
  const more = commands.length - MOST;
  return more > 0 ? [...commands.slice(0, MOST), `# … and ${more} more of the same`] : commands;
}

function seconds(instant: number): string {
  return Number.isFinite(instant) ? new Date(instant).toISOString().replace(/[.]\d{3}Z$/, 'Z') : '';
}
