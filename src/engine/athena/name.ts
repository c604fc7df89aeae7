/** The name of a table in Athena: `[catalog.]database.table`. */
import { HuntError } from '../../errors.js';
import { quoted } from '../../sql/literal.js';

export interface AthenaTableName {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
}

/** The catalog of AWS Glue, which is the default. */
const GLUE = 'AwsDataCatalog';

/** Reads a name. A part that contains dots stands in double quotes. Throws a HuntError if the text is no such name. */
export function readAthenaName(text: string): AthenaTableName {
  const parts = [...text.matchAll(/"((?:[^"]|"")+)"|([^."\s]+)/g)].map(
    ([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? '',
  );
  const [table, database, catalog = GLUE, ...more] = parts.toReversed();
  if (table === undefined || database === undefined || more.length > 0)
    throw new HuntError(
      'USAGE',
      `--athena ${text}: write database.table or catalog.database.table`,
    );
  return { catalog, database, table };
}

/**
 * The table as it stands in FROM, without the catalog, which is a parameter of the execution. `suffix` names one of its
 * metadata tables: `$partitions`.
 */
export function fromName({ database, table }: AthenaTableName, suffix = ''): string {
  return `${quoted(database)}.${quoted(table + suffix)}`;
}
