/** All describers of EC2, those that know more of a call first. */
import type { Describers } from '../../../describers.js';
import { attachments } from './attachment.js';
import { instanceAccess } from './instance/access.js';
import { instanceAttributes } from './instance/attribute.js';
import { instances } from './instance/run.js';
import { lifecycles } from './lifecycle.js';
import { modifications, tags } from './modification.js';
import { addresses } from './network/address.js';
import { connections } from './network/connection.js';
import { endpoints } from './network/endpoint.js';
import { endpointServices } from './network/endpoint-service.js';
import { flowLogs } from './network/flow-log.js';
import { networkAcls } from './network/network-acl.js';
import { prefixLists } from './network/prefix-list.js';
import { routes } from './network/route.js';
import { securityGroups } from './security-group/changes.js';
import { images } from './storage/image.js';
import { sharing } from './storage/sharing.js';
import { switches } from './switch.js';

export const ec2: readonly Describers[] = [
  securityGroups,
  instances,
  instanceAttributes,
  instanceAccess,
  sharing,
  images,
  routes,
  networkAcls,
  connections,
  endpoints,
  endpointServices,
  flowLogs,
  addresses,
  attachments,
  prefixLists,
  lifecycles,
  switches,
  tags,
  modifications,
];
