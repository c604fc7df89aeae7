/** Flow logs: the record of who connected with whom. */
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import { details, resource, shortIds } from '../details.js';
import { list, requestOf, responseOf, texts } from '../../../../request/ec2-shape.js';

export const flowLogs: Describers = {
  CreateFlowLogs: describeCreation,
  DeleteFlowLogs: describeDeletion,
};

function describeCreation(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const of = texts(list(request, 'resourceId', 'resourceIds', 'resourceIdSet'), 'resourceId');
  const ids = texts(list(responseOf(event), 'flowLogIdSet', 'flowLogIds'), 'flowLogId');
  if (of.length === 0) return undefined;
  return {
    verb: 'create',
    object: phrase(
      'flow logs',
      ids.length === 0 ? undefined : shortIds(ids),
      `of ${shortIds(of)}`,
      details(request, [
        ['to', 'logDestination', 'logGroupName'],
        ['for traffic', 'trafficType'],
      ]),
    ),
    resources: [
      ...ids.map((id) => resource('flow logs', id)),
      ...of.map((id) => resource('resource', id)),
    ],
    begins: ids.map((id) => ({ resource: id, what: 'exists' })),
  };
}

function describeDeletion(event: ChangeEvent): Description | undefined {
  const ids = texts(list(requestOf(event), 'flowLogId', 'flowLogIds', 'flowLogIdSet'), 'flowLogId');
  if (ids.length === 0) return undefined;
  return {
    verb: 'delete',
    object: `flow logs ${shortIds(ids)}`,
    resources: ids.map((id) => resource('flow logs', id)),
    removes: ids,
  };
}
