/** Random chains, each tampered with in a random way, against what is known to have been done to them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigests } from '../../../src/integrity/digest/check.js';
import { digestChain, logFile, trailOf, type MadeDigest } from '../../support/digests/chain.js';
import { copyOf, pathOf, putDigest, putLog, type Copy } from '../../support/digests/evidence.js';
import { signingKey, trailKey } from '../../support/digests/keys.js';

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;
const KEYS = REGIONS.map((region) => trailKey(signingKey(region)));
const SINCE = '2026-03-01T21:17:00Z';
const HOUR = 3_600_000;

/** What a tampering must be found as, and whether it takes the proof from log files that are here. */
interface Expected {
  readonly problems: readonly string[];
  readonly isDoubtful: boolean;
}

interface Target {
  readonly copy: Copy;
  readonly chain: readonly MadeDigest[];
  readonly hasTail: boolean;
  /** An hour of the chain, and how many hours from there. */
  readonly hour: number;
  readonly hours: number;
}

const NOTHING: Expected = { problems: [], isDoubtful: false };

const problem = (kind: string, path: string): Expected => ({
  problems: [`${kind} ${path}`],
  isDoubtful: false,
});

const TAMPERINGS: Readonly<Record<string, (target: Target) => Expected>> = {
  nothing: () => NOTHING,
  'a log file is altered': ({ copy, chain, hour }) => {
    const log = chain[hour]?.logs[0];
    if (log === undefined) return NOTHING;
    putLog(copy, { key: log.key, text: Buffer.concat([log.text, Buffer.from(' ')]) });
    return problem('log altered', pathOf(log.key));
  },
  'a log file is deleted': ({ copy, chain, hour }) => {
    const log = chain[hour]?.logs.at(-1);
    if (log === undefined) return NOTHING;
    copy.logs.delete(pathOf(log.key));
    return problem('log missing', `${log.bucket}/${log.key}`);
  },
  'a log file is added': ({ copy, chain, hour }) => {
    const region = chain[0]?.content.digestS3Object.split('/')[3] ?? '';
    const log = logFile(trailOf({ region }), Date.parse(SINCE) + (hour + 0.4) * HOUR, 'added');
    putLog(copy, log);
    return problem('log extra', pathOf(log.key));
  },
  'a digest is altered': ({ copy, chain, hour, hasTail }) => {
    const digest = chain[hour];
    if (digest === undefined) return NOTHING;
    const isNewest = hour === chain.length - 1;
    const text = Buffer.concat([digest.text, Buffer.from('\n')]);
    putDigest(copy, { key: digest.key, text }, isNewest && !hasTail ? digest.signature : null);
    // Of the newest one, nobody can know without its signature.
    if (isNewest && hasTail) return NOTHING;
    const kind = isNewest ? 'signature wrong' : 'digest altered';
    return { ...problem(kind, pathOf(digest.key)), isDoubtful: true };
  },
  'digests are deleted': ({ copy, chain, hour, hours }) => {
    const gone = chain.slice(hour, hour + hours);
    const last = gone.at(-1);
    if (last === undefined || gone.length === chain.length) return NOTHING;
    for (const { key } of gone) copy.digests.delete(pathOf(key));
    const isInside = hour > 0 && hour + hours < chain.length;
    return {
      problems: isInside ? [`digest missing ${last.bucket}/${last.key}`] : [],
      isDoubtful: gone.some(({ logs }) => logs.length > 0),
    };
  },
  'a digest is replaced by the first one': ({ copy, chain, hour }) => {
    const [first, digest] = [chain[0], chain[hour]];
    if (first === undefined || digest === undefined || hour === 0) return NOTHING;
    putDigest(copy, { key: digest.key, text: first.text });
    const isNewest = hour === chain.length - 1;
    return {
      problems: [
        `digest in another place ${pathOf(digest.key)}`,
        ...(isNewest ? [] : [`digest missing ${digest.bucket}/${digest.key}`]),
      ],
      isDoubtful: true,
    };
  },
};

const plan = fc.record({
  hours: fc.array(fc.nat(2), { minLength: 3, maxLength: 6 }),
  tampering: fc.constantFrom(...Object.keys(TAMPERINGS)),
  at: fc.nat(5),
  hours2: fc.integer({ min: 1, max: 3 }),
});

test('finds what was done, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.tuple(plan, plan, plan),
      fc.boolean(),
      fc.boolean(),
      (plans, hasTail, isReversed) => {
        const chains = plans.map(({ hours }, index) =>
          digestChain({ since: SINCE, hours, trail: { region: REGIONS[index] ?? '' } }),
        );
        const copy = copyOf(chains, { hasTail });
        const expected = plans.map(({ tampering, at, hours2 }, index) => {
          const chain = chains[index] ?? [];
          const target = { copy, chain, hasTail, hour: at % chain.length, hours: hours2 };
          return TAMPERINGS[tampering]?.(target) ?? NOTHING;
        });
        const inOrder = <T>(files: Map<string, T>): readonly T[] =>
          isReversed ? [...files.values()].toReversed() : [...files.values()];
        const answer = checkDigests({
          keys: KEYS,
          window: { since: undefined, until: undefined },
          digests: inOrder(copy.digests),
          logs: inOrder(copy.logs),
        });
        const problems = expected.flatMap((one) => one.problems);
        expect(answer.problems.map(({ kind, path }) => `${kind} ${path}`).toSorted()).toEqual(
          problems.toSorted(),
        );
        if (problems.length > 0) expect(answer.verdict).toBe('not intact');
        else if (expected.some(({ isDoubtful }) => isDoubtful))
          expect(answer.verdict).toBe('not proven');
      },
    ),
    { numRuns: 40, seed: 23 },
  );
});
