/**
 * Makes `data/sample`, a small CloudTrail tree laid out as S3 lays it out: `node test/support/sample/make.mjs`.
 * Everything in it follows from the rule's tests and the files beside this one: no clock, no chance.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { cases } from './cases.mjs';
import { letters, OTHER } from './events.mjs';
import { beside, noise } from './noise.mjs';
import { readme } from './readme.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const SAMPLE = join(root, 'data/sample');

const MINUTE = 60_000;

/** The sample as it should be: each file's path in it, and its text before compression. */
export function sampleFiles() {
  const rule = parse(
    readFileSync(join(root, 'queries/manual-security-group-changes/rule.yml'), 'utf8'),
  );
  const told = cases(rule.Tests).map((entry) => ({
    entry,
    files: entry.events.map((event, i) => logPath(event, entry.delivered?.[i])),
  }));
  const records = new Map();
  const add = (event, path) => records.set(path, [...(records.get(path) ?? []), event]);
  for (const { entry, files } of told)
    for (const [i, event] of entry.events.entries()) add(event, files[i]);
  for (const event of noise) add(event, logPath(event));

  const logs = [...records].map(([path, events]) => ({
    path,
    text: JSON.stringify({ Records: events }),
  }));
  const others = beside.map(({ path, content }) => ({
    path: `AWSLogs/${path}`,
    text: JSON.stringify(content),
  }));
  return [...logs, ...others, { path: 'README.md', text: readme(told, beside, noise.length) }];
}

/** Where S3 has a log file: named after the time of its delivery, about five minutes after the event. */
function logPath(event, delivered) {
  const time = new Date(
    delivered ?? instantOf(event) + 10 * MINUTE - (instantOf(event) % (5 * MINUTE)),
  );
  const [date, clock] = time.toISOString().split('T');
  const { recipientAccountId: account, awsRegion: region } = event;
  const stem = `${account}_CloudTrail_${region}_${date.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z`;
  const owner = account === OTHER ? `o-exampleorgid/${account}` : account;
  return `AWSLogs/${owner}/CloudTrail/${region}/${date.replaceAll('-', '/')}/${stem}_${letters(stem, 16)}.json.gz`;
}

function instantOf(event) {
  return Date.parse(event.eventTime.replace(/ (.*)/, 'T$1Z'));
}

/** Gzip whose header names neither a time nor the system it was made on. */
function gzip(text) {
  const bytes = gzipSync(text, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}

function write() {
  rmSync(SAMPLE, { recursive: true, force: true });
  for (const { path, text } of sampleFiles()) {
    const file = join(SAMPLE, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path.endsWith('.gz') ? gzip(text) : text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
