/**
 * Layers that AWS publishes, and in which of its accounts: another account may give a layer the same name, and these accounts are
 * those of their layers only. Source: the documentation of each layer; that of the first three, and of `aws-otel`, as the AWS CDK
 * (region-info, 2.276.0) has it.
 */

const PUBLISHED: readonly { readonly name: RegExp; readonly accounts: ReadonlySet<string> }[] = [
  {
    name: /^LambdaInsightsExtension(?:-Arm64)?$/,
    accounts: accounts(`
      012438385374 033019950311 066549572091 122132214140 145023102084 158895979263 194566237122 198461476570
      285320876703 339249233099 352183217350 439286490199 459530977127 488211338238 519774774795 580247275435
      590183865173 605207715842 727646510379 732604637566 751350123760 761018874580 761377655185 879381266642
      891564319516 946466191631`),
  },
  {
    name: /^AWS-Parameters-and-Secrets-Lambda-Extension(?:-Arm64)?$/,
    accounts: accounts(`
      015030872274 044395824272 070087711984 127562683043 129776340158 133256977650 133490724326 176022468876
      177933569100 187925254637 200266452380 287114880934 287310001119 317013901791 325218067255 345057560386
      427196147048 490737872127 524103009944 576959938190 590474943231 665172237481 738900069198 768336418462
      772501565639 780235371811 832021897121 858974508948 933737806257 997803712105`),
  },
  {
    name: /^AWS-AppConfig-Extension(?:-Arm64)?$/,
    accounts: accounts(`
      000010852771 027255383542 039592058896 066940009817 080788657173 203683718741 282860088358 307021474294
      359756378197 418787028745 421114256042 434848589818 489524808438 493207061005 554480029851 559955524753
      574348263942 586093569114 615057806174 615084187847 630222743974 646970417810 662846165436 706869817123
      728743619870 758369105281 826293736237 946561847325 946746059096 958113053741 980059726660`),
  },
  // Powertools, by language; then the accounts that its guides name for GovCloud (West, East) and China.
  { name: /^AWSLambdaPowertools[A-Za-z0-9_-]*$/, accounts: accounts('017000801446') },
  { name: /^AWSLambdaPowertoolsTypeScript[A-Za-z0-9_-]*$/, accounts: accounts('094274105915') },
  {
    name: /^AWSLambdaPowertools(?:Python|TypeScript)[A-Za-z0-9_-]*$/,
    accounts: accounts('165093116878 165087284144 498634801083'),
  },
  // AWS SDK for pandas.
  { name: /^AWSSDKPandas-Python[A-Za-z0-9_-]*$/, accounts: accounts('336392948345') },
  // The distribution of OpenTelemetry: as a collector, and for signals of applications.
  { name: /^aws-otel-[a-z0-9-]+$/, accounts: accounts('901920570463') },
  {
    name: /^AWSOpenTelemetryDistro[A-Za-z0-9_-]*$/,
    accounts: accounts(`
      615299751070 904233096616 888577020596 412664885777 796973505492 039612877180 713881805771 152034782359
      313828097273 980416031188 595944127152 440179912924 440180067931 156041407956 257394471194 490004653786
      746669239226 739275441131 610118373846`),
  },
];

/** Whether an ARN names a layer that AWS publishes. */
export function isLayerOfAws(arn: string): boolean {
  const [, account = '', layer = ''] =
    /^arn:[^:]*:lambda:[^:]*:([0-9]{12}):layer:([^:]+)/.exec(arn) ?? [];
  return PUBLISHED.some((one) => one.accounts.has(account) && one.name.test(layer));
}

function accounts(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
