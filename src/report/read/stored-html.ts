/** A report in a page: the packs that `src/report/html/pack/pack.ts` describes. */
import { inflateRawSync } from 'node:zlib';
import { bisectRight } from 'd3-array';
import { isObject, member, parseJson, type Json } from '../../cloudtrail/json.js';
import type { ByteRange, ReportFile } from './file.js';
import { htmlLayout } from './html-layout.js';
import { LONGEST } from './json-layout.js';
import type { StoredReport } from './stored-report.js';

/** Findings are unpacked when somebody asks for them. Throws a HuntError then, or at once, if the page is damaged. */
export function storedHtml(file: ReportFile): StoredReport {
  const { model, packs, firsts } = htmlLayout(file);
  const members = modelIn(file, model);
  const length = member(member(members, 'findings'), 'length');
  if (!isObject(members) || typeof length !== 'number' || (firsts.length === 0 && length > 0))
    throw file.refused('its model is damaged');
  // Neighbours are asked for one after the other.
  let last: { readonly pack: number; readonly texts: readonly string[] } | undefined;
  const textsOf = (pack: number): readonly string[] => {
    if (last?.pack === pack) return last.texts;
    const { [pack]: first = 0, [pack + 1]: next = length } = firsts;
    const texts = unpacked(file, packs.at(pack))?.split('\n').slice(0, -1);
    if (texts?.length !== next - first)
      throw file.refused(`the pack of its findings from ${first + 1} on is damaged`);
    last = { pack, texts };
    return texts;
  };
  return {
    file,
    members: { ...members, findings: [] },
    length,
    *texts() {
      for (let pack = 0; pack < packs.length; pack++) yield* textsOf(pack);
    },
    textAt: (index) => {
      const pack = bisectRight(firsts, index) - 1;
      const text = textsOf(pack)[index - (firsts[pack] ?? 0)];
      if (text === undefined) throw new RangeError(`there is no finding ${index}`);
      return text;
    },
  };
}

function modelIn(file: ReportFile, position: ByteRange): Json {
  const text = unpacked(file, position);
  try {
    return text === undefined ? null : parseJson(text);
  } catch {
    return null;
  }
}

/** Undefined if it is damaged, or unpacks to more than hunt writes. */
function unpacked(file: ReportFile, position: ByteRange): string | undefined {
  file.checkUnchanged();
  const base64 = file.part(position).toString('latin1');
  try {
    return inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: LONGEST }).toString();
  } catch {
    return undefined;
  }
}
