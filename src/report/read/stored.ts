/** A report in a file, JSON or HTML: its findings as JSON texts, one at a time, and the rest of it. Its values may be anything. */
import { isObject, parseJson, type Json } from '../../cloudtrail/json.js';
import { ReportFile } from './file.js';
import { jsonLayout } from './json-layout.js';
import type { Positions } from './positions.js';
import type { StoredReport } from './stored-report.js';
import { storedHtml } from './stored-html.js';

const LESS_THAN = 0x3c;
const LAST_OF_ASCII = 0x7f;
/** The first bytes of UTF-16. Shells of Windows write it where the output of hunt is redirected. */
const UTF_16 = new Set([0xfe, 0xff]);
/** In bytes. */
const MOST_TOGETHER = 1024 * 1024;

/** Opens a report. `name` is what errors call it. Throws a HuntError if it cannot be read, or is none. */
export function openStored(path: string, name = path): StoredReport {
  const file = new ReportFile(path, name);
  try {
    return firstSign(file) === LESS_THAN ? storedHtml(file) : storedJson(file);
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The first byte that is neither space nor part of a byte-order mark. */
function firstSign(file: ReportFile): number | undefined {
  for (const chunk of file.chunks())
    for (const byte of chunk) {
      if (UTF_16.has(byte)) throw file.refused('it is no UTF-8 text');
      if (byte > 0x20 && byte <= LAST_OF_ASCII) return byte;
    }
  throw file.refused('it is empty');
}

function storedJson(file: ReportFile): StoredReport {
  const { rest, findings } = jsonLayout(file);
  const members = parsed(rest, file);
  if (!isObject(members)) throw file.refused('it is no JSON object');
  return {
    file,
    members,
    length: findings.length,
    *texts() {
      for (const { first, next } of together(findings)) {
        file.checkUnchanged();
        const { from } = findings.at(first);
        const bytes = file.part({ from, to: findings.at(next - 1).to });
        for (let index = first; index < next; index++) {
          const finding = findings.at(index);
          yield bytes.toString('utf8', finding.from - from, finding.to - from);
        }
      }
    },
    textAt: (index) => {
      file.checkUnchanged();
      return file.part(findings.at(index)).toString();
    },
  };
}

function parsed(text: string, file: ReportFile): Json {
  try {
    return parseJson(text);
  } catch {
    throw file.refused('it is not JSON');
  }
}

/** Findings that are read at once: the index of the first, and of the first of the next. */
function* together(
  findings: Positions,
): Generator<{ readonly first: number; readonly next: number }> {
  for (let first = 0; first < findings.length;) {
    const { from } = findings.at(first);
    let next = first + 1;
    while (next < findings.length && findings.at(next).to - from <= MOST_TOGETHER) next += 1;
    yield { first, next };
    first = next;
  }
}
