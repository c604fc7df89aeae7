/**
 * Providers of web identities that everybody may use: whom they sign in, and whom a role lets in that trusts one of them.
 *
 * Whoever may create a provider in IAM chooses its URL: only a host that belongs to a vendor says what signed in, and nothing beside the
 * host does. A GitLab, a Jenkins or a cluster with a host of its own is not here: nobody else can tell it from a page of an attacker.
 * The vendors name their hosts where they describe how to sign in to AWS.
 */

interface IdentityProvider {
  /** A regular expression. `queries/origins.yml` repeats it for SQL. */
  readonly host: string;
  readonly signsIn: SignedIn;
  /**
   * Whether one host signs in everybody who has an account with the vendor, or who asks. `audience chosen`: whoever asks for a token
   * chooses the audience, so that it tells nobody apart. `audience known`: it stands for one app or team. `no`: the URL of the provider
   * is of one customer, or its tokens are for one.
   */
  readonly everyone: 'audience chosen' | 'audience known' | 'guests too' | 'no';
}

export type SignedIn =
  | 'pipelines'
  /** In clusters. */
  | 'pods'
  /** Others, such as Entra and Okta, sign in people and programs, and the URL does not say which. */
  | 'people'
  /** They have no password for the console: pages of the application call AWS. */
  | 'users of an application';

const PROVIDERS: readonly IdentityProvider[] = [
  one('token.actions.githubusercontent.com', 'pipelines', 'audience chosen'),
  one('gitlab.com', 'pipelines', 'audience chosen'),
  one('app.terraform.io', 'pipelines', 'audience chosen'),
  one('app.eu.terraform.io', 'pipelines', 'audience chosen'),
  one('agent.buildkite.com', 'pipelines', 'audience chosen'),
  // A team may have a URL of its own, with a path.
  one('oidc.vercel.com', 'pipelines', 'audience known'),
  many(String.raw`token\.actions\.[\w-]+\.ghe\.com`, 'pipelines'),
  one('oidc.circleci.com', 'pipelines'),
  one('api.bitbucket.org', 'pipelines'),
  one('vstoken.dev.azure.com', 'pipelines'),
  many(String.raw`[\w-]+\.semaphoreci\.com`, 'pipelines'),
  many(String.raw`[\w-]+\.app\.(?:us\.)?spacelift\.io`, 'pipelines'),
  many(String.raw`oidc\.eks\.[\w-]+\.amazonaws\.(?:com|com\.cn|eu)`, 'pods'),
  many(
    String.raw`oidc-eks\.[\w-]+\.api\.(?:aws|amazonwebservices\.com\.cn|amazonwebservices\.eu)`,
    'pods',
  ),
  one('container.googleapis.com', 'pods'),
  many(String.raw`[\w-]+\.oic\.prod-aks\.azure\.com`, 'pods'),
  one('accounts.google.com', 'people', 'audience known'),
  one('www.amazon.com', 'users of an application', 'audience known'),
  one('graph.facebook.com', 'users of an application', 'audience known'),
  // GovCloud and China have hosts of their own: `cognito-identity-us-gov.amazonaws.com`, `cognito-identity.us-gov-east-1.amazonaws.com`.
  {
    host: String.raw`cognito-identity(?:-us-gov|\.[\w-]+)?\.amazonaws\.(?:com|com\.cn|eu)`,
    signsIn: 'users of an application',
    everyone: 'guests too',
  },
];

function one(
  host: string,
  signsIn: SignedIn,
  everyone: IdentityProvider['everyone'] = 'no',
): IdentityProvider {
  return { host: host.replaceAll('.', String.raw`\.`), signsIn, everyone };
}

function many(host: string, signsIn: SignedIn): IdentityProvider {
  return { host, signsIn, everyone: 'no' };
}

/** A regular expression for the providers that sign these in, by their URL, their ARN or their host. */
export function providersOf(signedIn: SignedIn): string {
  const hosts = PROVIDERS.filter(({ signsIn }) => signsIn === signedIn).map(({ host }) => host);
  return `^(?:arn:[^:/]*:iam::[^:/]*:oidc-provider/|https://)?(?:${hosts.join('|')})(?:/|$)`;
}

const WHOLE = PROVIDERS.filter(({ everyone }) => everyone !== 'no').map(({ host, everyone }) => ({
  pattern: new RegExp(`^${host}$`, 'i'),
  everyone,
}));

/** Whether a provider without a path, by its host, signs in everyone, and what of its tokens tells them apart. */
export function everyoneAt(host: string): IdentityProvider['everyone'] {
  return WHOLE.find(({ pattern }) => pattern.test(host))?.everyone ?? 'no';
}
