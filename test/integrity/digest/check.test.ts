import { describe, expect, test } from 'vitest';
import { checkDigests, type CheckSettings } from '../../../src/integrity/digest/check.js';
import type { DigestCheck } from '../../../src/report/completeness/digest-check.js';
import {
  digestChain,
  digestOf,
  logFile,
  sha256,
  signed,
  trailOf,
  type DigestContent,
  type MadeDigest,
} from '../../support/digests/chain.js';
import { copyOf, pathOf, putDigest, putLog, type Copy } from '../../support/digests/evidence.js';
import { signingKey, trailKey } from '../../support/digests/keys.js';

const KEYS = [trailKey(signingKey('eu-west-1')), trailKey(signingKey('us-east-1'))];
const SINCE = '2026-03-01T10:00:00Z';
const EVER = { since: undefined, until: undefined };

function check({ digests, logs }: Copy, settings: Partial<CheckSettings> = {}): DigestCheck {
  return checkDigests({
    keys: KEYS,
    window: EVER,
    ...settings,
    digests: digests.values(),
    logs: logs.values(),
  });
}

/** Kinds and paths, as `KIND PATH`. */
function found({ problems }: DigestCheck): readonly string[] {
  return problems.map(({ kind, path }) => `${kind} ${path}`);
}

function uncovered({ uncovered: groups }: DigestCheck): readonly string[] {
  return groups.map(({ why, logs }) => `${logs} ${why}`);
}

/** A day of one region, six hours, from the start of validation. */
const chain = digestChain({ since: SINCE, hours: [2, 3, 1, 0, 2, 2] });

function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}

/** The digest with other content, as an attacker writes it: without CloudTrail's key nobody signs it. */
function rewritten(digest: MadeDigest, change: Partial<DigestContent>): MadeDigest {
  const forged = signed({ ...digest.content, ...change }, signingKey('attacker'));
  return { ...forged, key: digest.key, bucket: digest.bucket, logs: digest.logs };
}

const named = (digest: MadeDigest): string => `${digest.bucket}/${digest.key}`;

describe('nothing is wrong with', () => {
  const other = digestChain({ since: SINCE, hours: [1, 1, 1], trail: { region: 'us-east-1' } });
  const cases: Record<string, Copy> = {
    'a whole chain': copyOf([chain]),
    'a chain whose newest digest has no signature': copyOf([chain], { hasTail: true }),
    'two regions': copyOf([chain, other]),
    'the newest hours only': copyOf([chain.slice(3)]),
    'an organization': copyOf([
      digestChain({ since: SINCE, hours: [1, 1], trail: { organization: 'o-abc123' } }),
    ]),
    'two trails into one bucket that both validate': copyOf([
      chain,
      digestChain({ since: '2026-03-01T10:20:00Z', hours: [1, 2, 2], trail: { name: 'other' } }),
    ]),
    'another prefix': copyOf([
      digestChain({ since: SINCE, hours: [1, 1], trail: { prefix: 'a/b/' } }),
    ]),
  };
  for (const [name, copy] of Object.entries(cases))
    test(name, () => {
      const answer = check(copy);
      expect([...found(answer), ...uncovered(answer)]).toEqual([]);
      expect(answer.verdict).toBe('intact');
      expect(answer.logCounts.intact + answer.logCounts.unproven).toBe(copy.logs.size);
    });

  test('a bucket that was changed', () => {
    const first = digestChain({ since: SINCE, hours: [1, 1] });
    const second = digestChain({
      since: '2026-03-01T12:00:00Z',
      hours: [1, 1],
      after: at(first, -1),
      trail: { bucket: 'second-bucket' },
    });
    const answer = check(copyOf([[...first, ...second]]));
    expect([found(answer), answer.verdict]).toEqual([[], 'intact']);
    expect(answer.chains.map(({ bucket, spans }) => [bucket, spans.length])).toEqual([
      ['second-bucket', 1],
    ]);
  });

  test('validation that stopped and began again', () => {
    const later = digestChain({ since: '2026-03-01T20:30:00Z', hours: [1, 1] });
    const copy = copyOf([chain, later]);
    const answer = check(copy);
    expect([found(answer), answer.verdict]).toEqual([[], 'intact']);
    expect(answer.chains[0]?.spans.map(({ begins, ends }) => [begins, ends])).toEqual([
      ['start', 'stop'],
      ['start', 'signature'],
    ]);
  });

  test('backfill digests, which are not written in the order of their hours', () => {
    const first = digestChain({ since: '2026-03-01T12:00:00Z', hours: [1, 1], isBackfill: true });
    const then = digestChain({ since: SINCE, hours: [1], isBackfill: true, after: at(first, -1) });
    const last = digestChain({
      since: '2026-03-01T11:00:00Z',
      hours: [1],
      isBackfill: true,
      after: at(then, -1),
    });
    const copy = copyOf([chain, [...first, ...then, ...last]]);
    const answer = check(copy);
    expect([found(answer), answer.verdict]).toEqual([[], 'intact']);
    expect(answer.digestCounts.backfill).toBe(4);
    copy.digests.delete(pathOf(at(then, 0).key));
    expect(check(copy).problems).toMatchObject([
      {
        kind: 'digest missing',
        path: named(at(then, 0)),
        since: '2026-03-01T10:00:00.000Z',
        until: '2026-03-01T11:00:00.000Z',
      },
    ]);
  });

  test('a copy that is unpacked, flat and there twice', () => {
    const copy = copyOf([chain]);
    const logs = Array.from(copy.logs.values());
    const digests = Array.from(copy.digests.values());
    for (const one of logs)
      for (const path of [one.path.replace(/^.*\//, 'flat/'), one.path.replace(/[.]gz$/, '')])
        copy.logs.set(path, { ...one, path });
    for (const one of digests) {
      const path = one.path.replace(/^.*\//, 'flat/').replace(/[.]gz$/, '');
      copy.digests.set(path, { path, text: one.text, signature: null });
    }
    const answer = check(copy);
    expect([found(answer), answer.verdict]).toEqual([[], 'intact']);
    expect(answer.logCounts.intact).toBe(10);
  });

  test('a copy of one day, whose first digest names log files of the day before', () => {
    const long = digestChain({ since: '2026-03-01T22:30:00Z', hours: [4, 4, 1, 1] });
    const copy = copyOf([long]);
    for (const files of [copy.digests, copy.logs])
      for (const path of files.keys()) if (path.includes('/2026/03/01/')) files.delete(path);
    const answer = check(copy);
    expect([found(answer), answer.verdict]).toEqual([[], 'intact']);
  });

  test('log files and digests that nobody looked at', () => {
    const copy = copyOf([chain]);
    const gone = at(at(chain, 1).logs, 0);
    copy.logs.delete(pathOf(gone.key));
    const answer = check(copy, { isExpected: (key) => key !== gone.key });
    expect([found(answer), answer.verdict]).toEqual([[], 'intact']);
  });
});

describe('finds', () => {
  const cases: Record<string, { tamper: (copy: Copy) => void; problems: readonly string[] }> = {
    'an altered log file': {
      tamper: (copy) =>
        putLog(copy, { key: at(at(chain, 1).logs, 0).key, text: Buffer.from('{"Records":[]}') }),
      problems: [`log altered ${pathOf(at(at(chain, 1).logs, 0).key)}`],
    },
    'a deleted log file, the only one of its hour': {
      tamper: ({ logs }) => logs.delete(pathOf(at(at(chain, 2).logs, 0).key)),
      problems: [`log missing trail-bucket/${at(at(chain, 2).logs, 0).key}`],
    },
    'a log file that cannot be unpacked': {
      tamper: ({ logs }) => {
        const path = pathOf(at(at(chain, 1).logs, 0).key);
        logs.set(path, { path, sha256: null });
      },
      problems: [`log unreadable ${pathOf(at(at(chain, 1).logs, 0).key)}`],
    },
    'an added log file with a plausible name': {
      tamper: (copy) =>
        putLog(copy, logFile(trailOf(), Date.parse('2026-03-01T12:22:00Z'), 'added')),
      problems: [
        `log extra ${pathOf(logFile(trailOf(), Date.parse('2026-03-01T12:22:00Z'), 'added').key)}`,
      ],
    },
    'an altered digest': {
      tamper: (copy) => putDigest(copy, rewritten(at(chain, 2), { logFiles: [] })),
      problems: [`digest altered ${pathOf(at(chain, 2).key)}`],
    },
    'an altered newest digest whose signature is at hand': {
      tamper: (copy) =>
        putDigest(copy, rewritten(at(chain, 5), { logFiles: [] }), at(chain, 5).signature),
      problems: [`signature wrong ${pathOf(at(chain, 5).key)}`],
    },
    'a digest rewritten as the start of validation': {
      tamper: (copy) =>
        putDigest(
          copy,
          rewritten(at(chain, 2), {
            previousDigestS3Bucket: null,
            previousDigestS3Object: null,
            previousDigestHashValue: null,
            previousDigestHashAlgorithm: null,
            previousDigestSignature: null,
          }),
        ),
      problems: [`digest altered ${pathOf(at(chain, 2).key)}`],
    },
    'a digest that records another signature': {
      tamper: (copy) =>
        putDigest(copy, rewritten(at(chain, 2), { previousDigestSignature: 'ab'.repeat(256) })),
      problems: [`digest altered ${pathOf(at(chain, 2).key)}`],
    },
    'a digest that states another place': {
      tamper: (copy) =>
        putDigest(
          copy,
          rewritten(at(chain, 2), {
            digestS3Object: at(chain, 2).key.replace('eu-west-1', 'eu-west-2'),
          }),
        ),
      problems: [`digest altered ${pathOf(at(chain, 2).key)}`],
    },
    'a digest that names another one before it': {
      tamper: (copy) =>
        putDigest(copy, rewritten(at(chain, 2), { previousDigestS3Object: at(chain, 0).key })),
      problems: [`digest altered ${pathOf(at(chain, 2).key)}`],
    },
    'a deleted digest': {
      tamper: ({ digests }) => digests.delete(pathOf(at(chain, 2).key)),
      problems: [`digest missing ${named(at(chain, 2))}`],
    },
    'two deleted digests in a row': {
      tamper: ({ digests }) => {
        digests.delete(pathOf(at(chain, 2).key));
        digests.delete(pathOf(at(chain, 3).key));
      },
      problems: [`digest missing ${named(at(chain, 3))}`],
    },
    'a digest that is no digest': {
      tamper: (copy) => putDigest(copy, { key: at(chain, 2).key, text: Buffer.from('[1, {}]') }),
      problems: [`digest unreadable ${pathOf(at(chain, 2).key)}`],
    },
    'a digest replaced by an older one': {
      tamper: (copy) => putDigest(copy, { key: at(chain, 3).key, text: at(chain, 1).text }),
      problems: [
        `digest in another place ${pathOf(at(chain, 3).key)}`,
        `digest missing ${named(at(chain, 3))}`,
      ],
    },
    'a digest that nobody signed, inside a chain': {
      tamper: (copy) =>
        putDigest(
          copy,
          digestOf(trailOf({ key: signingKey('attacker') }), {
            since: Date.parse('2026-03-01T12:10:00Z'),
            until: Date.parse('2026-03-01T12:20:00Z'),
            logs: [],
            previous: at(chain, 1),
          }),
        ),
      problems: [
        `signature wrong ${pathOf(at(chain, 2).key.replace('20260301T130000Z', '20260301T122000Z'))}`,
      ],
    },
  };
  for (const [name, { tamper, problems }] of Object.entries(cases))
    test(name, () => {
      const copy = copyOf([chain]);
      tamper(copy);
      const answer = check(copy);
      expect(found(answer)).toEqual(problems);
      expect(answer.verdict).toBe('not intact');
    });

  test('a log file that was edited together with its digest and all later ones', () => {
    const log = { ...at(at(chain, 1).logs, 0), text: Buffer.from('{"Records":[]}') };
    const copy = copyOf([chain], { hasTail: true });
    putLog(copy, log);
    let previous: MadeDigest | undefined;
    for (const [index, digest] of chain.entries()) {
      if (index === 0) continue;
      const { content } = digest;
      const forged = rewritten(digest, {
        logFiles: content.logFiles.map((file) =>
          file.s3Object === log.key ? { ...file, hashValue: sha256(log.text) } : file,
        ),
        ...(previous === undefined ? {} : { previousDigestHashValue: sha256(previous.text) }),
      });
      putDigest(copy, forged);
      previous = forged;
    }
    const answer = check(copy);
    expect(found(answer)).toEqual(
      chain.slice(1, -1).map(({ key }) => `signature wrong ${pathOf(key)}`),
    );
    expect(answer.chains[0]?.spans[0]).toMatchObject({
      ends: 'tail',
      provenUntil: '2026-03-01T11:00:00.000Z',
    });
  });

  test('a part of a chain that was written anew and signed with another key', () => {
    const copy = copyOf([chain]);
    let previous: MadeDigest | undefined;
    for (const digest of chain.slice(2)) {
      const change =
        previous === undefined
          ? { logFiles: [] }
          : {
              previousDigestHashValue: sha256(previous.text),
              previousDigestSignature: previous.signature,
            };
      const forged: MadeDigest = rewritten(digest, change);
      putDigest(copy, forged, digest === at(chain, -1) ? digest.signature : null);
      previous = forged;
    }
    expect(found(check(copy))).toEqual(
      chain.slice(2).map(({ key }) => `signature wrong ${pathOf(key)}`),
    );
  });

  test('a digest that took the place of one of another region', () => {
    const other = digestChain({
      since: SINCE,
      hours: [1, 1, 1],
      trail: { region: 'us-east-1' },
    });
    const copy = copyOf([chain, other]);
    const [moved, place] = [at(chain, 1), at(other, 1)];
    copy.digests.delete(pathOf(moved.key));
    putDigest(copy, { key: place.key, text: moved.text });
    expect(found(check(copy))).toEqual([
      `digest in another place ${pathOf(place.key)}`,
      `digest missing ${named(place)}`,
    ]);
  });

  test('which of two copies was altered', () => {
    const copy = copyOf([chain]);
    const log = at(at(chain, 1).logs, 0);
    copy.logs.set('second/x', { path: `second/${log.key}`, sha256: sha256(Buffer.from('other')) });
    const forged = rewritten(at(chain, 2), { logFiles: [] });
    const path = `second/${forged.key}`;
    copy.digests.set(path, { path, text: forged.text, signature: null });
    const answer = check(copy);
    expect(found(answer)).toEqual([
      `digest altered second/${forged.key}`,
      `log altered second/${log.key}`,
    ]);
    expect(answer.logCounts.intact).toBe(10);
  });

  test('each hour of which digests are missing', () => {
    const copy = copyOf([chain]);
    for (const index of [1, 3, 4]) copy.digests.delete(pathOf(at(chain, index).key));
    const answer = check(copy);
    expect(answer.problems.map(({ since, until }) => [since, until])).toEqual([
      ['2026-03-01T11:00:00.000Z', '2026-03-01T12:00:00.000Z'],
      ['2026-03-01T13:00:00.000Z', '2026-03-01T15:00:00.000Z'],
    ]);
    expect(answer.digestCounts.missing).toBe(3);
    expect(uncovered(answer)).toEqual(['5 between digests']);
  });
});

describe('says what is not proven', () => {
  test('the newest digests were deleted', () => {
    const copy = copyOf([chain]);
    for (const index of [4, 5]) copy.digests.delete(pathOf(at(chain, index).key));
    const answer = check(copy);
    expect([answer.verdict, found(answer), uncovered(answer)]).toEqual([
      'not proven',
      [],
      ['4 after the last digest'],
    ]);
    const [since, until] = ['2026-03-01T11:00:00Z', '2026-03-01T16:00:00Z'].map(Date.parse);
    expect(check(copy, { window: { since, until } }).problems).toMatchObject([
      {
        kind: 'digest missing',
        path: null,
        since: '2026-03-01T14:00:00.000Z',
        until: '2026-03-01T16:00:00.000Z',
      },
    ]);
  });

  test('nothing of log files whose digest may still be on its way', () => {
    const copy = copyOf([chain]);
    copy.digests.delete(pathOf(at(chain, 5).key));
    const until = Date.parse('2026-03-01T16:00:00Z');
    const window = { since: undefined, until };
    const soon = check(copy, { window, now: Date.parse('2026-03-01T16:10:00Z') });
    expect([soon.verdict, found(soon), uncovered(soon)]).toEqual(['intact', [], []]);
    const late = check(copy, { window, now: Date.parse('2026-03-01T18:10:00Z') });
    expect([late.verdict, found(late), uncovered(late)]).toEqual([
      'not proven',
      ['digest missing null'],
      ['2 after the last digest'],
    ]);
  });

  test('the oldest digests were deleted', () => {
    const copy = copyOf([chain]);
    for (const index of [0, 1]) copy.digests.delete(pathOf(at(chain, index).key));
    const answer = check(copy);
    expect([answer.verdict, found(answer), uncovered(answer)]).toEqual([
      'not proven',
      [],
      ['5 before the first digest'],
    ]);
    expect(answer.chains[0]?.spans[0]?.begins).toBe('copy');
    const since = Date.parse('2026-03-01T10:00:00Z');
    expect(found(check(copy, { window: { since, until: undefined } }))).toEqual([
      `digest missing ${named(at(chain, 1))}`,
    ]);
  });

  test('no public key, or one whose fingerprint lies', () => {
    const key = trailKey(signingKey('attacker'));
    const liar = { ...key, fingerprint: signingKey('eu-west-1').fingerprint };
    for (const keys of [[], [liar]]) {
      const answer = check(copyOf([chain]), { keys });
      expect([answer.verdict, found(answer)]).toEqual(['not proven', ['key missing null']]);
      expect(answer.logCounts).toMatchObject({ intact: 0, unproven: 10 });
    }
  });

  test('without a key, an altered digest and an altered log file are still found', () => {
    const copy = copyOf([chain]);
    putDigest(copy, rewritten(at(chain, 2), { logFiles: [] }));
    putLog(copy, { key: at(at(chain, 4).logs, 0).key, text: Buffer.from('x') });
    expect(found(check(copy, { keys: [] }))).toEqual([
      `digest altered ${pathOf(at(chain, 2).key)}`,
      'key missing null',
      `log altered ${pathOf(at(at(chain, 4).logs, 0).key)}`,
    ]);
  });

  test('only digests were looked at', () => {
    const copy = copyOf([chain]);
    copy.logs.clear();
    const answer = check(copy, { isExpected: (key) => key.includes('CloudTrail-Digest') });
    expect([answer.verdict, found(answer)]).toEqual(['not proven', []]);
  });

  test('no digest at all', () => {
    const copy = copyOf([chain]);
    copy.digests.clear();
    const answer = check(copy);
    expect([answer.verdict, uncovered(answer)]).toEqual(['not proven', ['10 no digest']]);
  });

  test('a second trail that does not validate', () => {
    for (const prefix of ['', 'second/']) {
      const copy = copyOf([chain]);
      for (const digest of digestChain({
        since: SINCE,
        hours: [3, 3, 3, 3, 3, 3],
        trail: { name: 'second', prefix },
      }))
        for (const log of digest.logs) putLog(copy, log);
      const answer = check(copy);
      expect([answer.verdict, found(answer)]).toEqual(['not proven', []]);
      expect(answer.uncovered.some(({ why }) => why === 'another trail')).toBe(true);
    }
  });
});

test('no text stops it', () => {
  const deep = '['.repeat(100_000);
  const texts = ['', 'null', '{"digestS3Object":{}}', deep, '{"logFiles":[[]]}', '\ufeff{}'];
  const digests = texts.map((text, index) => ({
    path: `${index}\u001b[31m.json`,
    text: Buffer.from(text),
    signature: null,
  }));
  const answer = checkDigests({ keys: KEYS, window: EVER, digests, logs: [] });
  expect(answer.problems.map(({ kind }) => kind)).toEqual(texts.map(() => 'digest unreadable'));
  expect(answer.problems.filter(({ path }) => path?.includes('\u001b'))).toEqual([]);
});
