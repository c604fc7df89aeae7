/** Inspector and Detective: whether they look, and what they hide. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  firstText,
  itemsOf,
  listOf,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import {
  alteration,
  answeredCreation,
  deletion,
  namedInCall,
  stateOf,
  type Subject,
} from '../../../request/subject.js';
import { counted } from '../../../../text/counted.js';
import { listed, shortened } from '../../../sentence.js';
import { accountOf, offState, wholeService } from './off.js';
import { SUPPRESSED, suppressingCreation } from './suppression.js';

const filterOf = namedInCall('filter of Inspector', 'filterArn', 'name');

export const inspector: Describers = {
  Enable: (event) => scans(event, true),
  Disable: (event) => scans(event, false),
  CreateFilter: suppressingCreation(
    answeredCreation(namedInCall('filter of Inspector', 'name'), ['arn'], actionText),
    suppresses,
  ),
  UpdateFilter: (event) => {
    const filter: Subject | undefined = filterOf(event);
    const changed = alteration(filterOf, ({ text }) => `${text}${actionText(event)}`)(event);
    if (changed === undefined || filter === undefined) return changed;
    const states = [stateOf(filter, SUPPRESSED)];
    if (suppresses(event)) return { ...changed, begins: states };
    return textMember(event.requestParameters, 'action') === 'NONE'
      ? { ...changed, ends: states }
      : changed;
  },
  DeleteFilter: deletion(namedInCall('filter of Inspector', 'arn')),
};

const graphOf = namedInCall('behavior graph', 'graphArn', 'GraphArn');

export const detective: Describers = {
  CreateGraph: (event) => wholeService(event, 'Detective', true),
  // All that Detective knows of the past is in the graph.
  DeleteGraph: (event) => {
    const deleted = deletion(graphOf)(event);
    return deleted && { ...deleted, begins: [offState(event, 'Detective')] };
  },
  CreateMembers: (event) => {
    const accounts = listOf(
      memberOf(event.requestParameters, 'accounts') ??
        memberOf(event.requestParameters, 'Accounts'),
    );
    return { verb: 'add', object: `${counted(accounts.length, 'account')} to Detective` };
  },
  DisassociateMembership: () => ({
    verb: 'disassociate',
    object: 'this account from the behavior graph of Detective',
  }),
};

/** Each kind of resource is scanned or not: `Inspector for EC2`. */
function scans(event: ChangeEvent, on: boolean): Description {
  const { requestParameters: request } = event;
  const types = textsOf(request, 'resourceTypes');
  const accounts = textsOf(request, 'accountIds').filter((id) => id !== event.recipientAccountId);
  const whose = accounts.length === 0 ? '' : ` of ${counted(accounts.length, 'other account')}`;
  const states = types.map((type) => offState(event, `Inspector for ${shortened(type)}`));
  const object = `Inspector${
    types.length === 0
      ? ''
      : ` for ${listed(
          types.map((type) => shortened(type)),
          ', ',
          6,
        )}`
  }${whose}`;
  const resources = [accountOf(event).resource];
  // The call says nothing of whether this account is scanned.
  if (accounts.length > 0) return { verb: on ? 'switch on' : 'switch off', object, resources };
  return on
    ? { verb: 'switch on', object, resources, ends: states }
    : { verb: 'switch off', object, resources, begins: states };
}

function textsOf(request: ChangeEvent['requestParameters'], name: string): readonly string[] {
  return itemsOf(memberOf(request, name)).flatMap((item) => textOf(item) ?? []);
}

function suppresses({ requestParameters: request }: ChangeEvent): boolean {
  return firstText(request, 'action') === 'SUPPRESS';
}

function actionText(event: ChangeEvent): string {
  return suppresses(event) ? ': it suppresses findings' : '';
}
