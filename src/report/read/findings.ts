/** The findings of a report in a file, whatever is in them: for what needs a few of their members, also of an earlier version. */
import { isObject, parseJson, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { schemaOf } from './schema-name.js';
import type { StoredReport } from './stored-report.js';
import { openStored } from './stored.js';

/** The findings of a JSON or HTML report, one at a time. Throws a HuntError if it cannot be read, or is none. */
export function* findingsInFile(path: string): Generator<JsonObject> {
  const stored = openStored(path);
  try {
    schemaOf(stored);
    let index = 0;
    for (const text of stored.texts()) yield parsedFinding(text, index++, stored);
  } finally {
    stored.file.close();
  }
}

/** Throws a HuntError if the text of a finding is no JSON object. */
export function parsedFinding(
  text: string,
  index: number,
  { file }: Pick<StoredReport, 'file'>,
): JsonObject {
  let value: Json;
  try {
    value = parseJson(text);
  } catch {
    throw file.refused(`findings[${index}] is not JSON`);
  }
  if (!isObject(value)) throw file.refused(`findings[${index}] is no object`);
  return value;
}
