/**
 * Whether the runs of a report are all there. Each manifest has the hash of the one before, so that a removed run or a changed
 * manifest shows in the manifests after it.
 */
import { opendirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { counted } from '../../text/counted.js';
import { sha256Of } from '../manifest/hash.js';
import type { Manifest, ManifestRun } from '../manifest/manifest.js';
import { MANIFEST_ENDING } from '../manifest/names.js';
import { readManifest } from '../manifest/read.js';
import { check, type Check } from './check.js';

/** Bounds for folders of any size. */
const MOST_LEVELS = 4;
const MOST_ENTRIES = 200_000;
export const MOST_BYTES = 64 << 20;

/** A manifest of a run, and the hash of its bytes. */
export interface Link {
  readonly path: string;
  readonly sha256: string;
  readonly run: ManifestRun;
}

/** The folder in which the other runs of a report lie: that of the manifest, or the one above where each period has its own. */
export function folderOfRuns(manifest: string, { run }: Manifest): string {
  const folder = dirname(manifest);
  const hasPeriod = run !== null && basename(folder).includes(run.period.name);
  return hasPeriod ? dirname(folder) : folder;
}

/** The manifests of the runs of a report in a folder, and below. */
export function linksIn(folder: string, report: string): readonly Link[] {
  const links: Link[] = [];
  let entries = 0;
  const walk = (path: string, levels: number): void => {
    const opened = opendirSync(path);
    try {
      for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
        if (++entries > MOST_ENTRIES) return;
        const child = join(path, entry.name);
        if (entry.isDirectory() && levels > 0) tryTo(() => walk(child, levels - 1));
        else if (entry.isFile() && entry.name.endsWith(MANIFEST_ENDING)) tryTo(() => add(child));
      }
    } finally {
      opened.closeSync();
    }
  };
  const add = (path: string): void => {
    if (statSync(path).size > MOST_BYTES) return;
    const bytes = readFileSync(path);
    const manifest = readManifest(bytes.toString());
    if (typeof manifest === 'string' || manifest.run?.report !== report) return;
    links.push({ path, sha256: sha256Of(bytes), run: manifest.run });
  };
  tryTo(() => walk(folder, MOST_LEVELS));
  return links;
}

/** What cannot be read is as if it were not there. */
function tryTo(step: () => void): void {
  try {
    step();
  } catch {
    // The run whose manifest it may be is then missing.
  }
}

/** What the schedule itself knows of its last run. */
export interface LastKnown {
  readonly number: number;
  /** The SHA-256 of its manifest; null if it has none. */
  readonly manifest: string | null;
}

export interface Surroundings {
  readonly folder: string;
  /** The manifests in the folder, also of other runs of the same report. */
  readonly others: readonly Link[];
  /** Undefined where nothing is known. */
  readonly last: LastKnown | undefined;
}

/**
 * The line `chain` of the answer: what is wrong before, after and at the end of this run, or how many runs before it are
 * there.
 */
export function checkChain(own: Link, { folder, others, last }: Surroundings): Check {
  const problems = [
    ...(last === undefined ? [] : problemsAtEnd(own, others, last)),
    ...problemsAfter(own, others),
    ...problemsBefore(own, others),
  ];
  const before = own.run.number - 1;
  const where = `in ${folder}`;
  if (problems.length > 0)
    return check('chain', 'no', {
      text: `the chain of runs is broken ${where}`,
      details: problems,
    });
  return check('chain', 'yes', {
    text:
      before === 0
        ? 'this is the first run'
        : `${counted(before, 'earlier run')} ${where}, each as the next one recorded it`,
  });
}

/** Only the checkpoint can show that the last runs were removed. */
function problemsAtEnd(
  own: Link,
  others: readonly Link[],
  { number, manifest }: LastKnown,
): readonly string[] {
  const known = [own, ...others];
  const highest = Math.max(...known.map(({ run }) => run.number));
  if (highest > number) return [`changed: the checkpoint knows no run after run ${number}`];
  if (highest < number)
    return [
      `removed: ${highest === number - 1 ? `run ${number}` : `runs ${highest + 1} to ${number}`}, the last that the checkpoint knows`,
    ];
  return known.some(({ run, sha256 }) => run.number === number && sha256 === manifest)
    ? []
    : [`changed: the manifest of run ${number} is not the one that the checkpoint recorded`];
}

/** The run after this one recorded the hash of this one. */
function problemsAfter(own: Link, others: readonly Link[]): readonly string[] {
  const next = others.filter(({ run }) => run.number === own.run.number + 1);
  return next.every(({ run }) => run.previous === own.sha256)
    ? []
    : [`changed: this manifest is not the one that run ${own.run.number + 1} recorded`];
}

function problemsBefore(own: Link, others: readonly Link[]): readonly string[] {
  const byHash = new Map(others.map((link) => [link.sha256, link]));
  const problems: string[] = [];
  let link = own;
  while (link.run.number > 1) {
    const { number, previous } = link.run;
    const before = previous === null ? undefined : byHash.get(previous);
    if (before !== undefined) problems.push(...gapBetween(before, link));
    else problems.push(whyNot(number, others, previous));
    // From a changed or a missing run on, the walk goes on with what is there.
    const next = before ?? nearestBefore(number, others);
    if (next === undefined || next.run.number >= number) break;
    if (before === undefined && next.run.number < number - 2)
      problems.push(`removed: runs ${next.run.number + 1} to ${number - 2}`);
    link = next;
  }
  if (link.run.number <= 1 && link.run.previous !== null)
    problems.push('changed: the first run records a run before it');
  return problems;
}

function whyNot(number: number, others: readonly Link[], previous: string | null): string {
  if (previous === null) return `changed: run ${number} records no run before it`;
  const same = others.find(({ run }) => run.number === number - 1);
  return same === undefined
    ? `removed: run ${number - 1}`
    : `changed: ${same.path} is not the manifest of run ${number - 1} that run ${number} recorded`;
}

function gapBetween(before: Link, after: Link): readonly string[] {
  const [one, two] = [before.run, after.run];
  if (one.number !== two.number - 1) return [`gap: run ${two.number} follows run ${one.number}`];
  return one.period.until === two.period.since
    ? []
    : [`gap: no run for the time from ${one.period.until} to ${two.period.since}`];
}

/** The run with the highest number before this one. */
function nearestBefore(number: number, others: readonly Link[]): Link | undefined {
  const earlier = others.filter(({ run }) => run.number < number);
  return earlier.toSorted((a, b) => b.run.number - a.run.number)[0];
}
