/** Names of workgroups, databases and tables, for the suggestion of a nearest name. Nothing depends on these calls. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { AthenaTableName } from './name.js';

/** The most pages that are fetched. A suggestion is not worth more. */
const MOST_PAGES = 10;

interface NamePage {
  readonly names: readonly (string | undefined)[];
  readonly next: string | undefined;
}

/** The workgroups; empty if Athena does not allow to list them. */
export async function listWorkgroups(
  client: AthenaClient,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { ListWorkGroupsCommand } = await import('@aws-sdk/client-athena');
  return allPages(async (NextToken) => {
    const page = await client.send(new ListWorkGroupsCommand({ NextToken }), {
      abortSignal: signal,
    });
    return { names: (page.WorkGroups ?? []).map(({ Name }) => Name), next: page.NextToken };
  });
}

/** The databases of the catalog; empty if Athena does not allow to list them. */
export async function listDatabases(
  client: AthenaClient,
  { catalog }: AthenaTableName,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { ListDatabasesCommand } = await import('@aws-sdk/client-athena');
  return allPages(async (NextToken) => {
    const page = await client.send(new ListDatabasesCommand({ CatalogName: catalog, NextToken }), {
      abortSignal: signal,
    });
    return { names: (page.DatabaseList ?? []).map(({ Name }) => Name), next: page.NextToken };
  });
}

/** The tables of the database; empty if Athena does not allow to list them. */
export async function listTables(
  client: AthenaClient,
  { catalog, database }: AthenaTableName,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { ListTableMetadataCommand } = await import('@aws-sdk/client-athena');
  return allPages(async (NextToken) => {
    const page = await client.send(
      new ListTableMetadataCommand({ CatalogName: catalog, DatabaseName: database, NextToken }),
      { abortSignal: signal },
    );
    return { names: (page.TableMetadataList ?? []).map(({ Name }) => Name), next: page.NextToken };
  });
}

async function allPages(
  fetchPage: (next: string | undefined) => Promise<NamePage>,
): Promise<readonly string[]> {
  const found: string[] = [];
  let next: string | undefined;
  try {
    for (let page = 0; page < MOST_PAGES; page++) {
      const { names, next: following } = await fetchPage(next);
      found.push(...names.filter((name) => name !== undefined));
      if (!following) break;
      next = following;
    }
  } catch {
    // What was found so far must do.
  }
  return found;
}
