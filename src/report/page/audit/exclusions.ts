/** Which events the exclusions hid, and who made them, so that an auditor can check what counts as automation. */
import type { Exclusion, Report } from '../../report.js';
import type { Block } from '../blocks/block.js';
import { exclusionBlock } from '../section/exclusion.js';
import { text } from '../blocks/text.js';

/** Pairs of principal and user agent. */
const SHOWN = 20;

/** Exclusions that hid nothing come last, each once. */
export function* exclusionBlocks({ sections }: Report): Generator<Block> {
  yield { kind: 'title', text: ['What the exclusions hid'] };
  yield { kind: 'paragraph', text: [MEANING], isWhole: true };
  const idle = new Map<string, Exclusion>();
  const busy = new Set<string>();
  for (const { rule, exclusions } of sections)
    for (const exclusion of exclusions) {
      const key = `${exclusion.name ?? ''}\n${exclusion.condition}`;
      if (exclusion.applied && exclusion.hidden === 0) {
        idle.set(key, exclusion);
        continue;
      }
      busy.add(key);
      const block = exclusionBlock(exclusion, SHOWN);
      yield sections.length === 1 ? block : { ...block, label: text`${rule.id}: ${block.label}` };
    }
  // Most rules share their exclusions.
  for (const [key, exclusion] of idle) if (!busy.has(key)) yield exclusionBlock(exclusion);
}

const MEANING =
  'Each number counts the events that this exclusion alone kept out of the findings, by principal and user agent. An event that two or more exclusions cover is counted by none of them, but once as "several exclusions".';
