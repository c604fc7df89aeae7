/**
 * Where calls of Lake Formation have a database or a table of Glue's data catalog: who may use it is decided there. Elsewhere in such a
 * call the same text may be a role, or the value of a tag.
 */
import type { Condition } from '../condition/condition.js';
import { membersHave } from './mentions.js';

/** A batch has a list of entries, each with a resource. */
const RESOURCES = ['resource', 'entries.resource'];
const HOLDERS = RESOURCES.flatMap((one) => [
  `${one}.table`,
  `${one}.tableWithColumns`,
  `${one}.dataCellsFilter`,
]);
const DATABASES = [
  ...RESOURCES.map((one) => `${one}.database.name`),
  ...HOLDERS.map((one) => `${one}.databaseName`),
  'tableData.databaseName',
];
const TABLES = [
  ...HOLDERS.flatMap((one) => [`${one}.name`, `${one}.tableName`]),
  'tableData.tableName',
];

export function namesDatabase(database: string): Condition {
  return membersHave(DATABASES.map(ofRequest), [database]);
}

export function namesTable(database: string, table: string): Condition {
  return {
    kind: 'all',
    of: [namesDatabase(database), membersHave(TABLES.map(ofRequest), [table])],
  };
}

function ofRequest(member: string): string {
  return `requestParameters.${member}`;
}
