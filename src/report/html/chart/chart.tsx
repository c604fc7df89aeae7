/**
 * Findings over time, as a picture. It has no picture of its own size: places are in per cent of the width and heights in pixels, so
 * that its letters are as large on a phone as on a desk. Colours are attributes too, for viewers that drop the style sheet.
 *
 * A `rect.slot` covers a slot from top to bottom, with its bounds in `data-since` and `data-until`, in milliseconds.
 */
import { scaleBand, scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { ChartBlock, ChartLane } from '../../page/blocks/block.js';
import { counted } from '../../../text/counted.js';
import type { TimeSlot } from '../../overview.js';
import { instant } from '../../page/blocks/words.js';
import { safePlain, Words } from '../text.js';
import { ticksOf } from './ticks.js';

/** In pixels. */
const HEIGHTS = { all: 64, actor: 20, others: 20 } as const;
const LABEL = 18;
const AXIS = 20;
const SEAM = 1;
/** What is there must be seen. */
const LOWEST = 3;

interface PlacedLane {
  readonly lane: ChartLane;
  /** The base line of its bars. */
  readonly base: number;
  readonly highest: number;
}

export function Chart({ block }: { readonly block: ChartBlock }): VNode {
  const { slots, dark, label, description, step } = block;
  // The lane of the only actor would be that of all again.
  const lanes = block.lanes.length === 2 ? block.lanes.slice(0, 1) : block.lanes;
  const { placed, height } = placedLanes(lanes);
  const x = scaleBand<number>()
    .domain(slots.map((_, index) => index))
    .range([0, 100]);
  const width = x.bandwidth();
  const axis = HEIGHTS.all + LABEL;
  const failed = lanes[0]?.failed.some((count) => count > 0) === true;
  const exposed = lanes[0]?.exposed.some((count) => count > 0) === true;
  const silence = slots.some(({ isSilence }) => isSilence);
  return (
    <figure class="chart">
      <svg role="img" width="100%" height={height} aria-labelledby="chart-title chart-words">
        <title id="chart-title">{safePlain(label)}</title>
        <desc id="chart-words">{safePlain(description)}</desc>
        {slots.map((slot, index) =>
          slot.isSilence ? (
            <rect
              class="silence"
              x={per(x(index))}
              y={LABEL}
              width={per(width)}
              height={height - LABEL}
              fill="#e6ebf0"
            />
          ) : null,
        )}
        {slots.map((_, index) =>
          dark[index] === true ? (
            <rect
              class="dark"
              x={per(x(index))}
              y={LABEL}
              width={per(width)}
              height={height - LABEL}
              fill="#fff3dc"
            />
          ) : null,
        )}
        {ticksOf(slots).map(({ slot, label: words, isForPhones }) => (
          <g class={isForPhones ? 'tick' : 'tick wide'}>
            <line x1={per(x(slot))} x2={per(x(slot))} y1={LABEL} y2={axis + 4} stroke="#d5dae0" />
            <text x={per(x(slot))} y={axis + 15} dx="2" fill="#57606a">
              {words}
            </text>
          </g>
        ))}
        {placed.map(({ lane, base, highest }) => (
          <g class="lane">
            <text y={base - HEIGHTS[lane.kind] - 5} fill="#1b1f24">
              {safePlain(lane.label)}
              <tspan fill="#57606a">{` ${laneWords(lane, highest, step)}`}</tspan>
            </text>
            <line x1="0" x2="100%" y1={base} y2={base} stroke="#d5dae0" />
            <Bars
              lane={lane}
              base={base}
              x={(index) => x(index) ?? 0}
              width={width}
              highest={highest}
            />
          </g>
        ))}
        {slots.map((slot, index) => (
          <rect
            class="slot"
            x={per(x(index))}
            y={LABEL}
            width={per(width)}
            height={height - LABEL}
            fill="transparent"
            data-since={String(Date.parse(slot.since))}
            data-until={String(Date.parse(slot.until))}
          >
            <title>{slotWords(slot, index, lanes[0])}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span class="key bar">findings</span>
        {exposed ? <span class="key danger">let others in</span> : null}
        {failed ? <span class="key failed">failed</span> : null}
        {silence ? <span class="key silence">a long silence, left out</span> : null}
        {dark.includes(true) ? (
          <span class="key dark">logging was off in an account</span>
        ) : null}{' '}
        <Words of={description} /> Times are UTC.
      </figcaption>
    </figure>
  );
}

/** The lanes from the top down. Actors share one scale; all others together would flatten it. */
function placedLanes(lanes: readonly ChartLane[]): {
  readonly placed: readonly PlacedLane[];
  readonly height: number;
} {
  const highestOf = (some: readonly ChartLane[]): number =>
    some.reduce((most, { counts }) => counts.reduce((a, b) => Math.max(a, b), most), 1);
  const ofActors = highestOf(lanes.filter(({ kind }) => kind === 'actor'));
  let base = 0;
  const placed = lanes.map((lane) => {
    base += LABEL + HEIGHTS[lane.kind];
    const own = { lane, base, highest: lane.kind === 'actor' ? ofActors : highestOf([lane]) };
    base += lane.kind === 'all' ? AXIS : 4;
    return own;
  });
  return { placed, height: base + 2 };
}

interface BarsProps {
  readonly lane: ChartLane;
  readonly base: number;
  readonly highest: number;
  readonly x: (index: number) => number;
  readonly width: number;
}

/** What let others in stands at the bottom, and what failed at the top. */
function Bars({ lane, base, highest, x, width }: BarsProps): VNode {
  const heightOf = scaleLinear().domain([0, highest]).range([0, HEIGHTS[lane.kind]]);
  const gap = width * 0.12;
  return (
    <>
      {lane.counts.map((count, index) => {
        if (count === 0) return null;
        const exposed = lane.exposed[index] ?? 0;
        const failed = lane.failed[index] ?? 0;
        let top = base;
        return [
          ['danger', '#b42318', exposed] as const,
          ['bar', '#5a86c5', count - exposed - failed] as const,
          ['failed', '#8a7a4f', failed] as const,
        ].map(([name, fill, of]) => {
          if (of <= 0) return null;
          const height = Math.max(LOWEST, heightOf(of) - SEAM);
          top -= height + SEAM;
          return (
            <rect
              class={name}
              x={per(x(index) + gap / 2)}
              y={round(top + SEAM)}
              width={per(width - gap)}
              height={round(height)}
              fill={fill}
            />
          );
        });
      })}
    </>
  );
}

function laneWords(
  { kind, findings, exposed, failed }: ChartLane,
  highest: number,
  step: string,
): string {
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const [open, lost] = [sum(exposed), sum(failed)];
  return [
    counted(findings, 'finding'),
    ...(open > 0 ? [`${open} let others in`] : []),
    ...(lost > 0 ? [`${lost} failed`] : []),
    ...(kind === 'all' ? [`at most ${highest} in ${step}`] : []),
  ].join(' · ');
}

function slotWords(slot: TimeSlot, index: number, all: ChartLane | undefined): string {
  const span = `${instant(slot.since)} to ${instant(slot.until)}`;
  if (slot.isSilence) return `${span}: nothing`;
  return `${span}: ${counted(all?.counts[index] ?? 0, 'finding')}`;
}

function per(part: number | undefined): string {
  return `${round(part ?? 0)}%`;
}

/** Fewer digits, and the same on every machine. */
function round(number: number): number {
  return Math.round(number * 100) / 100;
}
