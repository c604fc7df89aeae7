/** A DuckDB database in memory and the connection to it. */
import duckdb, { type Connection, type Database } from '@duckdb/node-bindings';

export interface OpenDatabase {
  readonly connection: Connection;
  close(): void;
}

/**
 * Opens a database with DuckDB's settings by name. It never loads extensions, whatever the statements ask, and its time
 * zone is UTC.
 * Source of the settings: https://duckdb.org/docs/stable/configuration/overview
 */
export async function openDatabase(
  settings: Readonly<Record<string, string>>,
): Promise<OpenDatabase> {
  const config = duckdb.create_config();
  duckdb.set_config(config, 'autoinstall_known_extensions', 'false');
  duckdb.set_config(config, 'autoload_known_extensions', 'false');
  for (const [name, value] of Object.entries(settings)) duckdb.set_config(config, name, value);
  const database: Database = await duckdb.open(':memory:', config);
  const connection = await duckdb.connect(database);
  await duckdb.query(connection, "SET TimeZone = 'UTC'");
  return {
    connection,
    close: () => {
      duckdb.disconnect_sync(connection);
      duckdb.close_sync(database);
    },
  };
}
