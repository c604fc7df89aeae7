/**
 * The whole JSON report, packed into a page: so a page alone is enough to show each raw event, and to print the report again in
 * any format.
 *
 * The packs are `script` elements of the type `text/plain`, which a browser does not run. The text of each is base64 of a deflated
 * stream without a header (RFC 1951, "deflate-raw") of UTF-8:
 *
 * - `<script type="text/plain" class="pack" data-first="101">`: at most 100 findings, from the one with that number on (they count
 *   from 1). Each is a line of compact JSON, as in the `ndjson` format, and ends with a line feed. A pack with large findings has
 *   fewer of them.
 * - `<script type="text/plain" id="model">`, after the packs: one JSON object, the JSON report with another `findings`, a
 *   `PackedFindings`. With the list of all findings in its place, it is the JSON report.
 */
import { deflateSync } from 'fflate';
import { safeJson } from '../../../text/safe-text.js';
import { renderNdjson } from '../../ndjson.js';
import type { Report } from '../../report.js';

/** What the model says of the findings, which are in the packs. */
export interface PackedFindings {
  readonly length: number;
}

const MOST_FINDINGS = 100;
/** In UTF-16 units. A pack with this much text takes no further finding, so that the memory for it is bounded. */
const ENOUGH_TEXT = 1024 * 1024;

/** The packs of a report, one at a time. */
export function* packPieces(report: Report): Generator<string> {
  yield* findingPacks(report);
  const { findings, ...rest } = report;
  const packed: PackedFindings = { length: findings.length };
  const model = safeJson(JSON.stringify({ ...rest, findings: packed }));
  yield `<script type="text/plain" id="model">${pack(model)}</script>\n`;
}

function* findingPacks(report: Report): Generator<string> {
  let text = '';
  let count = 0;
  let first = 1;
  const element = (): string =>
    `<script type="text/plain" class="pack" data-first="${first}">${pack(text)}</script>\n`;
  for (const line of renderNdjson(report)) {
    text += line;
    count += 1;
    if (count < MOST_FINDINGS && text.length < ENOUGH_TEXT) continue;
    yield element();
    first += count;
    text = '';
    count = 0;
  }
  if (count > 0) yield element();
}

/** The same bytes on every machine: those of zlib differ between its builds. */
function pack(text: string): string {
  return Buffer.from(deflateSync(Buffer.from(text))).toString('base64');
}
