/**
 * Where the packs of a JSON report lie in an HTML report: `src/report/html/pack/pack.ts` describes them. All other parts of the page
 * are not looked at.
 */
import type { ByteRange, ReportFile } from './file.js';
import { Positions } from './positions.js';

export interface HtmlLayout {
  /** The position of the packed report without its findings. */
  readonly model: ByteRange;
  readonly packs: Positions;
  /** The index of the first finding of each pack, from 0. */
  readonly firsts: readonly number[];
}

const MARK = Buffer.from('<script type="text/plain" ');
const PACK_TAG = /^class="pack" data-first="([0-9]{1,15})">/;
const MODEL_TAG = /^id="model">/;
const LONGEST_TAG = 64;
const TAG_END = 0x3c;

/** Reads the whole file. Throws a HuntError where it holds no report. */
export function htmlLayout(file: ReportFile): HtmlLayout {
  const scanner = new Scanner(file);
  for (const chunk of file.chunks()) scanner.read(chunk);
  return scanner.layout();
}

class Scanner {
  readonly #file: ReportFile;
  readonly #packs = new Positions();
  readonly #firsts: number[] = [];
  #model: ByteRange | undefined;
  /** What was read and may be the start of a tag. */
  #carried = Buffer.alloc(0);
  #before = 0;
  /** The content that is being read. */
  #content: { readonly from: number; readonly first: number | undefined } | undefined;

  constructor(file: ReportFile) {
    this.#file = file;
  }

  read(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#carried, chunk]);
    let at = 0;
    while (at < bytes.length) {
      if (this.#content !== undefined) {
        const end = bytes.indexOf(TAG_END, at);
        if (end === -1) {
          at = bytes.length;
          break;
        }
        this.#endContent(this.#content, this.#before + end);
        at = end;
        continue;
      }
      const mark = bytes.indexOf(MARK, at);
      const tag = mark + MARK.length;
      if (mark === -1 || tag + LONGEST_TAG > bytes.length) {
        // The mark, or its tag, may go on in the next chunk.
        at = mark === -1 ? Math.max(at, bytes.length - MARK.length + 1) : mark;
        break;
      }
      at = tag + this.#beginContent(bytes.toString('latin1', tag, tag + LONGEST_TAG), tag);
    }
    this.#carried = Buffer.from(bytes.subarray(at));
    this.#before += at;
  }

  layout(): HtmlLayout {
    if (this.#model === undefined || this.#content !== undefined)
      throw this.#file.refused(
        'it is a page without a whole JSON report in it, as other programs and earlier versions write',
      );
    return { model: this.#model, packs: this.#packs, firsts: this.#firsts };
  }

  /** How long the tag is. */
  #beginContent(tag: string, at: number): number {
    const [pack, first] = PACK_TAG.exec(tag) ?? [];
    const [model] = MODEL_TAG.exec(tag) ?? [];
    const length = (pack ?? model)?.length;
    if (length === undefined) return 0;
    if (pack === undefined && this.#model !== undefined)
      throw this.#file.refused('it holds two JSON reports');
    this.#content = {
      from: this.#before + at + length,
      first: pack === undefined ? undefined : Number(first),
    };
    return length;
  }

  #endContent(
    { from, first }: { readonly from: number; readonly first: number | undefined },
    to: number,
  ): void {
    this.#content = undefined;
    if (first === undefined) {
      this.#model = { from, to };
      return;
    }
    const last = this.#firsts.at(-1) ?? -1;
    if (first - 1 <= last || (last === -1 && first !== 1))
      throw this.#file.refused(`the pack of finding ${first} is in the wrong place`);
    this.#packs.add({ from, to });
    this.#firsts.push(first - 1);
  }
}
