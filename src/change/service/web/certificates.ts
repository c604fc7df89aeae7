/** Certificates of ACM: who has one for a name can pose as its server. */
import type { ChangeEvent } from '../../change.js';
import type { Describers } from '../../describers.js';
import { listOf, memberAt, memberOf, textMember, textOf } from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';
import {
  about,
  alteration,
  deletion,
  lastPart,
  namedInCall,
  stateOf,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const certificateOf = namedInCall('certificate', 'certificateArn');

export const certificates: Describers = {
  RequestCertificate: about(newOf, (certificate, event) => ({
    verb: 'request',
    object: `${certificate.text}${namesText(event)}`,
    begins: [stateOf(certificate, 'exists')],
  })),
  ImportCertificate: about(newOf, (certificate, { requestParameters }) => ({
    verb: 'import',
    object: `${certificate.text}${textMember(requestParameters, 'certificateArn') === undefined ? '' : ', in place of the one before'}`,
    begins: [stateOf(certificate, 'exists')],
  })),
  ExportCertificate: about(certificateOf, (certificate) => ({
    verb: 'export',
    object: `${certificate.text} with its private key`,
  })),
  RenewCertificate: alteration(certificateOf, ({ text }) => `${text}: renewed`),
  RevokeCertificate: about(certificateOf, (certificate) => ({
    verb: 'revoke',
    object: certificate.text,
  })),
  DeleteCertificate: deletion(certificateOf),
  UpdateCertificateOptions: alteration(certificateOf, ({ text }, { requestParameters }) => {
    const logs = textOf(
      memberAt(requestParameters, 'options', 'certificateTransparencyLoggingPreference'),
    );
    const exports = textOf(memberAt(requestParameters, 'options', 'export'));
    const parts = [
      logs === undefined ? [] : [`transparency logs ${logs === 'DISABLED' ? 'off' : 'on'}`],
      exports === undefined ? [] : [`export ${exports === 'ENABLED' ? 'allowed' : 'not allowed'}`],
    ].flat();
    return `${text}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
  }),
};

/** The response names a new certificate. A call that failed names only what it is for. */
function newOf({ requestParameters, responseElements }: ChangeEvent): Subject | undefined {
  const arn =
    textMember(responseElements, 'certificateArn') ??
    textMember(requestParameters, 'certificateArn');
  const domain = textMember(requestParameters, 'domainName');
  if (arn !== undefined) return subjectOf('certificate', lastPart(arn));
  return domain === undefined ? undefined : subjectOf('certificate for', domain, 'certificate');
}

function namesText({ requestParameters, responseElements }: ChangeEvent): string {
  const domain = textMember(requestParameters, 'domainName');
  const others = listOf(memberOf(requestParameters, 'subjectAlternativeNames')).flatMap(
    (name) => textOf(name) ?? [],
  );
  const names = [...new Set([...(domain === undefined ? [] : [domain]), ...others])].map((name) =>
    shortened(name, 80),
  );
  const shown =
    textMember(responseElements, 'certificateArn') === undefined ? names.slice(1) : names;
  if (shown.length === 0) return '';
  return `${shown === names ? ' for' : ','} ${listed(shown, ', ', 4)}`;
}
