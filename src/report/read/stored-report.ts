/** A report in a file, whatever its format. Its values may be anything. */
import type { JsonObject } from '../../cloudtrail/json.js';
import type { ReportFile } from './file.js';

export interface StoredReport {
  readonly file: ReportFile;
  /** The members of the report. The list of its findings is empty. */
  readonly members: JsonObject;
  readonly length: number;
  /** The JSON text of each finding, in the order of the report. */
  readonly texts: () => Generator<string>;
  /** The JSON text of the finding with this index, from 0. */
  readonly textAt: (index: number) => string;
}
