/** The test server's workgroups, which decide where results are written, and the tables of its catalog. */
import {
  type AthenaClient,
  GetTableMetadataCommand,
  GetWorkGroupCommand,
  InvalidRequestException,
  type WorkGroup,
} from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import { FOLDER, openAthena, poll, start } from './session.js';
import { documentedTable } from './tables.js';

describe('a workgroup', () => {
  const withFolder = (more: object): WorkGroup => ({
    Name: 'hunters',
    Configuration: { ResultConfiguration: { OutputLocation: 's3://groups/own' }, ...more },
  });
  const locationWith = async (group: WorkGroup, own: string | undefined) => {
    const { client } = await openAthena({ workGroups: [group] });
    const id = await start(client, {
      WorkGroup: 'hunters',
      ResultConfiguration: own === undefined ? undefined : { OutputLocation: own },
    });
    const { ResultConfiguration: configuration } = await poll(client, id);
    return configuration?.OutputLocation?.replace(id, 'ID');
  };

  test('gives the output location where the client gives none, or where it overrides', async () => {
    expect(await locationWith(withFolder({}), undefined)).toBe('s3://groups/own/ID.csv');
    expect(await locationWith(withFolder({}), FOLDER)).toBe(`${FOLDER}ID.csv`);
    expect(await locationWith(withFolder({ EnforceWorkGroupConfiguration: true }), FOLDER)).toBe(
      's3://groups/own/ID.csv',
    );
  });

  test('with managed results needs no location, and refuses one', async () => {
    const group = {
      Name: 'hunters',
      Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } },
    };
    expect(await locationWith(group, undefined)).toBeUndefined();
    await expect(locationWith(group, FOLDER)).rejects.toThrow(InvalidRequestException);
  });

  test('is told of as it is', async () => {
    const group = withFolder({ BytesScannedCutoffPerQuery: 10_000_000 });
    const { client } = await openAthena({ workGroups: [group] });
    const { WorkGroup: told } = await client.send(
      new GetWorkGroupCommand({ WorkGroup: 'hunters' }),
    );
    expect(told).toMatchObject(group);
    await expect(client.send(new GetWorkGroupCommand({ WorkGroup: 'nobody' }))).rejects.toThrow(
      'WorkGroup nobody is not found.',
    );
  });

  test('without a location leaves a query without one refused', async () => {
    const { client } = await openAthena();
    await expect(start(client, { ResultConfiguration: undefined })).rejects.toThrow(
      'No output location provided',
    );
  });
});

describe('a table', () => {
  const metadata = (client: AthenaClient, table: string) =>
    client.send(
      new GetTableMetadataCommand({
        CatalogName: 'AwsDataCatalog',
        DatabaseName: 'logs',
        TableName: table,
      }),
    );

  test('is told of with its columns, partitions and properties', async () => {
    const table = documentedTable('cloudtrail_logs', 'projection');
    const { client } = await openAthena({ tables: [{ database: 'logs', metadata: table }] });
    const { TableMetadata: told } = await metadata(client, 'CloudTrail_Logs');
    expect(told?.Columns).toContainEqual({ Name: 'eventtime', Type: 'string' });
    expect(told?.Columns).toContainEqual({
      Name: 'tlsdetails',
      Type: 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>',
    });
    expect(told?.PartitionKeys).toEqual([
      { Name: 'region', Type: 'string' },
      { Name: 'timestamp', Type: 'string' },
    ]);
    expect(told?.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.timestamp.format': 'yyyy/MM/dd',
    });
    expect(told?.CreateTime).toEqual(table.CreateTime);
  });

  test('that there is not is a MetadataException', async () => {
    const { client } = await openAthena();
    await expect(metadata(client, 'nothing')).rejects.toMatchObject({ name: 'MetadataException' });
  });
});
