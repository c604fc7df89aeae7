/** Asks Trino for the columns of a table, its partition keys, and the properties of its projection. */
import { HuntError } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { literal, quoted } from '../../sql/literal.js';
import type { TrinoEngine } from './engine.js';
import type { NamedType, TableDescription, TableStorage } from '../../table/description.js';
import { storageIn } from '../../table/storage.js';
import { TrinoFailure } from './failure.js';
import type { TrinoServer } from './server.js';

/**
 * The columns in the order of the table. Throws a HuntError USAGE that suggests the nearest name where the catalog, the
 * schema or the table does not exist, and other errors as the engine does.
 */
export async function describeTrinoTable(
  engine: TrinoEngine,
  { url, catalog, schema, table }: TrinoServer,
): Promise<TableDescription> {
  const within = `${quoted(catalog)}.${quoted(schema)}`;
  const missing = async (what: string, name: string, listing: string): Promise<HuntError> => {
    const near = didYouMean(name, await names(engine, listing));
    return new HuntError('USAGE', `Trino at ${url} has no ${what}.${near}`);
  };
  try {
    const columns: NamedType[] = [];
    const partitionKeys: NamedType[] = [];
    for await (const row of engine.rows(`SHOW COLUMNS FROM ${within}.${quoted(table)}`)) {
      const column = { name: row['Column'] ?? '', type: row['Type'] ?? '' };
      (row['Extra'] === 'partition key' ? partitionKeys : columns).push(column);
    }
    const isPartitioned = partitionKeys.length > 0;
    const properties = isPartitioned ? await projection(engine, within, table) : [];
    const storage = await storageFrom(engine, catalog, `${within}.${quoted(table)}`);
    return { columns, partitionKeys, properties: new Map(properties), storage };
  } catch (error) {
    switch (error instanceof TrinoFailure ? error.errorName : undefined) {
      case 'CATALOG_NOT_FOUND':
        throw await missing(`catalog "${catalog}"`, catalog, 'SHOW CATALOGS');
      case 'SCHEMA_NOT_FOUND':
        throw await missing(
          `schema "${schema}" in catalog "${catalog}"`,
          schema,
          `SHOW SCHEMAS FROM ${quoted(catalog)}`,
        );
      case 'TABLE_NOT_FOUND':
        throw await missing(
          `table "${table}" in ${catalog}.${schema}`,
          table,
          `SHOW TABLES FROM ${within}`,
        );
      default:
        throw error;
    }
  }
}

/**
 * The table properties of a partition projection, which the Hive connector shows; empty if Trino does not show them.
 * Source: https://trino.io/docs/current/connector/hive.html
 */
async function projection(
  engine: TrinoEngine,
  within: string,
  table: string,
): Promise<readonly (readonly [name: string, value: string])[]> {
  try {
    const found: [string, string][] = [];
    for await (const row of engine.rows(`SELECT * FROM ${within}.${quoted(`${table}$properties`)}`))
      for (const [name, value] of Object.entries(row))
        if (name.startsWith('projection.') && value !== null) found.push([name, value]);
    return found;
  } catch (error) {
    if (error instanceof TrinoFailure) return [];
    throw error;
  }
}

/** How the table's files are stored; undefined where Trino does not show it, as for a view. */
async function storageFrom(
  engine: TrinoEngine,
  catalog: string,
  table: string,
): Promise<TableStorage | undefined> {
  const [statement] = await names(engine, `SHOW CREATE TABLE ${table}`);
  if (statement === undefined) return undefined;
  const connector = `SELECT connector_name FROM system.metadata.catalogs WHERE catalog_name = ${literal(catalog)}`;
  return storageIn(statement, (await names(engine, connector))[0]);
}

/** The names in a listing; empty if Trino does not allow it. */
async function names(engine: TrinoEngine, listing: string): Promise<readonly string[]> {
  try {
    const found: string[] = [];
    for await (const row of engine.rows(listing))
      found.push(...Object.values(row).filter((name) => name !== null));
    return found;
  } catch (error) {
    if (error instanceof TrinoFailure) return [];
    throw error;
  }
}
