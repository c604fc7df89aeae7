/** The answer of `hunt prove`, for people and for programs. */
import type { Answer, Check } from '../../integrity/prove/check.js';
import type { Manifest } from '../../integrity/manifest/manifest.js';
import { safeJson, safeLine } from '../../text/safe-text.js';
import { truncate, truncateStart } from '../../text/width.js';

/** In lines, and in columns. */
const MOST_DETAILS = 20;
const LONGEST = 300;

const WORDS: Readonly<Record<Answer, string>> = { yes: 'yes', no: 'NO', unknown: '?', none: '-' };

export interface Proven {
  readonly path: string;
  readonly sha256: string;
  readonly manifest: Manifest;
  readonly checks: readonly Check[];
}

/** The answer for people: a line for each check, then the conclusion. */
export function proofText({ path, sha256, manifest, checks }: Proven): string {
  const { run, versions } = manifest;
  const of = run === null ? '' : `run ${run.number} of ${run.report}, ${run.period.name}; `;
  const name = Math.max(...checks.map((one) => one.name.length));
  return [
    line(path),
    line(`${of}made by hunt ${versions.hunt}; SHA-256 ${sha256}`),
    '',
    ...checks.flatMap(({ name: word, answer, text, details }) => [
      line(`${WORDS[answer].padEnd(3)}  ${word.padEnd(name)}  ${text}`),
      ...details.slice(0, MOST_DETAILS).map((detail) => `       ${end(detail)}`),
      ...(details.length > MOST_DETAILS
        ? [`       … and ${details.length - MOST_DETAILS} more`]
        : []),
    ]),
    '',
    conclusion(checks),
    '',
  ].join('\n');
}

function conclusion(checks: readonly Check[]): string {
  const named = (answer: Answer): string =>
    checks
      .filter((one) => one.answer === answer)
      .map(({ name }) => name)
      .join(', ');
  if (named('no') !== '') return `NOT PROVEN. What differs: ${named('no')}.`;
  if (named('unknown') !== '') return `Nothing differs. Not checked: ${named('unknown')}.`;
  const missing = missingProof(checks);
  return missing === undefined
    ? 'Proven: nothing differs.'
    : `Nothing differs. Not proven: ${missing}.`;
}

/** Why it proves nothing that nothing differs: who could change the report could have changed what it is compared with. */
function missingProof(checks: readonly Check[]): string | undefined {
  const answerOf = (name: string): Answer | undefined =>
    checks.find((one) => one.name === name)?.answer;
  if (answerOf('signature') !== 'yes') return 'the manifest is not signed';
  return answerOf('hunted again') === undefined ? 'the logs were not read' : undefined;
}

/** The answer for programs, in the form `hunt-proof/1`. */
export function proofJson({ path, sha256, manifest, checks }: Proven): string {
  const { run } = manifest;
  const answer = {
    schema: 'hunt-proof/1',
    manifest: { path, sha256 },
    run: run === null ? null : { report: run.report, number: run.number, period: run.period.name },
    isProven:
      checks.every((one) => one.answer === 'yes' || one.answer === 'none') &&
      missingProof(checks) === undefined,
    checks,
  };
  return `${safeJson(JSON.stringify(answer, null, 2))}\n`;
}

function line(text: string): string {
  return safeLine(truncate(text, LONGEST));
}

/** Of a path, its end says which file it is. */
function end(detail: string): string {
  const [word = '', ...rest] = detail.split(': ');
  return safeLine(`${truncate(word, LONGEST)}: ${truncateStart(rest.join(': '), LONGEST)}`);
}
