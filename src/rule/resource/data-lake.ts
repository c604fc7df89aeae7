/**
 * Where calls of Lake Formation have a database or a table of Glue's data catalog: who may use it is decided there. Elsewhere in such a
 * call the same text may be a role, or the value of a tag.
 */
import { anyOf, OF_OPTIONS, testOf } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';

/** The members of a resource that name a table, or some of its columns or cells. */
const HOLDERS = ['table', 'tableWithColumns', 'dataCellsFilter'];

/** The names of one kind of thing, by member: of a resource, and of the data of a filter. */
interface Members {
  readonly ofResource: readonly string[];
  readonly ofData: string;
}

const DATABASE: Members = {
  ofResource: ['database.name', ...HOLDERS.map((holder) => `${holder}.databaseName`)],
  ofData: 'databaseName',
};
const TABLE: Members = {
  ofResource: HOLDERS.flatMap((holder) => [`${holder}.name`, `${holder}.tableName`]),
  ofData: 'tableName',
};

export function namesDatabase(database: string): Condition {
  return has(DATABASE, database);
}

export function namesTable(database: string, table: string): Condition {
  return { kind: 'all', of: [namesDatabase(database), has(TABLE, table)] };
}

/**
 * A batch has a list of entries, each with a resource. Nothing else is in a list: a test that looks for lists on the whole way takes
 * Trino many seconds to analyse.
 */
function has({ ofResource, ofData }: Members, name: string): Condition {
  const tests = (path: string, members: readonly string[]) =>
    members.map((member) => testOf(`${path}.${member}`, 'in', [name]));
  return anyOf([
    ...tests('requestParameters.resource', ofResource),
    {
      kind: 'element',
      quantifier: 'any',
      field: ['requestParameters', 'entries'],
      of: anyOf(tests('resource', ofResource)),
      at: OF_OPTIONS,
    },
    ...tests('requestParameters.tableData', [ofData]),
  ]);
}
