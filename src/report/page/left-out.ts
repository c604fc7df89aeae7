/** What the exclusions hid: each once, however many rules have it, and those that hid the most events first. */
import { counted } from '../../text/counted.js';
import { pushTo } from '../../memory/grouped.js';
import type { Exclusion, Section } from '../report.js';
import type { Block } from './blocks/block.js';
import { exclusionBlock } from './section/exclusion.js';
import { joined, text, value } from './blocks/text.js';

/** Pairs of principal and user agent. */
const SHOWN = 10;

interface Once {
  /** Of all rules together: an event that two rules look for counts twice. */
  readonly hidden: number;
  /** As the rule has it of which it hid the most. */
  readonly most: Exclusion;
  readonly rules: readonly { readonly id: string; readonly hidden: number }[];
}

/** Exclusions of different rules are one if their names and conditions are the same and both are applied, or neither. */
export function exclusionsOnce(sections: readonly Section[]): readonly Once[] {
  const all = new Map<string, { readonly id: string; readonly exclusion: Exclusion }[]>();
  for (const { rule, exclusions } of sections)
    for (const exclusion of exclusions)
      pushTo(all, JSON.stringify([exclusion.name, exclusion.condition, exclusion.applied]), {
        id: rule.id,
        exclusion,
      });
  return [...all.values()]
    .flatMap((group): readonly Once[] => {
      const sorted = group.toSorted((a, b) => b.exclusion.hidden - a.exclusion.hidden);
      const [first] = sorted;
      if (first === undefined) return [];
      return [
        {
          hidden: group.reduce((sum, { exclusion }) => sum + exclusion.hidden, 0),
          most: first.exclusion,
          rules: sorted.map(({ id, exclusion }) => ({ id, hidden: exclusion.hidden })),
        },
      ];
    })
    .toSorted((a, b) => b.hidden - a.hidden);
}

const MEANING =
  'Each number counts the events that an exclusion alone kept out of the findings; those that two or more cover are counted as "several exclusions". The user agent is written by the caller, and easily forged.';

/** Those that hid events, then one paragraph that names all others. */
export function* leftOutBlocks(sections: readonly Section[]): Generator<Block> {
  const all = exclusionsOnce(sections);
  if (all.length === 0) {
    yield { kind: 'paragraph', text: ['No rule has an exclusion: nothing was left out.'] };
    return;
  }
  yield { kind: 'paragraph', text: [MEANING] };
  const isIdle = ({ most, hidden }: Once): boolean => most.applied && hidden === 0;
  for (const one of all) if (!isIdle(one)) yield blockOf(one);
  const idle = all.filter(isIdle);
  if (idle.length === 0) return;
  const names = idle.map(({ most: { name, condition } }) => [value(name ?? condition)]);
  yield {
    kind: 'paragraph',
    text: text`${[counted(idle.length, 'exclusion')]} hid nothing: ${joined(names, '; ')}`,
    isWhole: true,
  };
}

function blockOf({ most, rules }: Once): Block {
  const block = exclusionBlock(most, SHOWN);
  const [first, ...others] = rules.filter(({ hidden }) => hidden > 0 || !most.applied);
  if (first === undefined || rules.length === 1) return block;
  const more = others.slice(0, SHOWN).map(({ id, hidden }) => text`${hidden} of ${id}`);
  const rest =
    others.length === 0
      ? []
      : most.applied
        ? text`; ${joined(more, ', ')}${others.length > SHOWN ? [` and ${others.length - SHOWN} more rules`] : []}`
        : [` and ${counted(others.length, 'more rule')}`];
  return { ...block, label: text`${block.label} (${first.id}${rest})` };
}
