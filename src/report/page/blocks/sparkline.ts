/** A chart as one line of text. */
import type { ChartBlock } from './block.js';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** A slot without findings, and a long silence. */
const NONE = '·';
const SILENCE = '…';

/** `▂▁··█…▃`: all findings, a character for each slot. The highest bar is the slot with the most. Null for a single slot. */
export function sparkline({ slots, lanes }: Pick<ChartBlock, 'slots' | 'lanes'>): string | null {
  if (slots.length < 2) return null;
  const counts = lanes[0]?.counts ?? [];
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return slots
    .map(({ isSilence }, index) => {
      const count = counts[index] ?? 0;
      if (count === 0) return isSilence ? SILENCE : NONE;
      return BARS[Math.ceil((count / most) * BARS.length) - 1] ?? NONE;
    })
    .join('');
}
