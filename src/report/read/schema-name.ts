/** Which version of the JSON report a file says that it has. */
import { REPORT_SCHEMA } from '../../cloudtrail/own-report.js';
import type { StoredReport } from './stored-report.js';

const SCHEMA = new RegExp(`^${REPORT_SCHEMA.replace(/1$/, '')}[1-9][0-9]{0,5}$`);

/** `hunt-report/1`, or a later one. Throws a HuntError if it says none. */
export function schemaOf({ members, file }: Pick<StoredReport, 'members' | 'file'>): string {
  const { schema } = members;
  if (typeof schema === 'string' && SCHEMA.test(schema)) return schema;
  throw file.refused(`its schema is not ${REPORT_SCHEMA}`);
}
