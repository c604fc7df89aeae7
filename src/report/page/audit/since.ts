/** The differences from the last report: what is new, what came late, and what is gone. */
import { counted } from '../../../text/counted.js';
import { truncate } from '../../../text/width.js';
import { calledText } from '../../called.js';
import type { GoneFinding } from '../../disposition.js';
import type { Report } from '../../report.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { text, value, type Text } from '../blocks/text.js';
import type { AuditWords } from './words.js';

// In columns.
const SENTENCE = 300;
const SHOWN = 100;

export function* sinceBlocks(report: Report, words: AuditWords): Generator<Block> {
  const { run, dispositions, gone } = report;
  yield { kind: 'title', text: ['Since the last report'] };
  const last = run?.previous ?? null;
  if (last === null && gone === null)
    yield {
      kind: 'paragraph',
      text: [run === null ? 'No earlier report was compared.' : 'This is the first report.'],
    };
  const facts: readonly Fact[] = [
    ...(last === null
      ? []
      : [{ label: 'last report', text: text`run ${last.number}, ${last.period}` }]),
    ...(dispositions === null
      ? []
      : (['new', 'late', 'known', 'accepted', 'expired'] as const).map((kind) => ({
          label: kind,
          text: text`${dispositions[kind]}${[kind === 'late' ? ' of earlier periods, counted in the other lines too' : '']}`,
        }))),
    ...(run === null || last === null
      ? []
      : [
          {
            label: 'told before',
            text: text`${run.alreadyReported} of earlier periods, which are not here`,
          },
        ]),
    ...(gone === null ? [] : [{ label: 'gone', text: text`${gone.length}` }]),
  ];
  if (facts.length > 0) yield { kind: 'facts', facts };
  yield* under(['Gone: the earlier report has them, this one has not'], goneBlocks(gone, words));
}

function goneBlocks(gone: readonly GoneFinding[] | null, words: AuditWords): readonly Block[] {
  if (gone === null) return [];
  const more = gone.length - SHOWN;
  return [
    ...gone.slice(0, SHOWN).map((one): Block => ({
      kind: 'item',
      head: headOf(one, words),
      details: [],
    })),
    ...(more > 0
      ? [{ kind: 'paragraph', text: [`and ${counted(more, 'more')}, in the json report`] } as const]
      : []),
  ];
}

function headOf(gone: GoneFinding, words: AuditWords): Text {
  const { eventTime, sentence, eventName, eventID, account } = gone;
  const what = truncate(sentence ?? calledText(eventName), SENTENCE);
  const event = eventID === null ? [] : text`, event ${truncate(eventID, SENTENCE)}`;
  return text`${[eventTime === null ? 'no time' : words.time(eventTime)]} ${value(what)}, account ${words.account(account)}${event}`;
}
