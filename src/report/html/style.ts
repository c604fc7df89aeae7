/**
 * The style sheet of a page. It depends on nothing in the report, so its hash in the policy is always the same. Sizes are those of
 * a phone (320 px) first. Without it, as in viewers that forbid styles, the page is complete and in order.
 */
import { properties } from './colours.js';
import { SIZES } from './sizes.js';

const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** About how high a list of so many findings is, before a browser has laid it out. */
const HEIGHTS = SIZES.map(
  (size) => `.c${size}{contain-intrinsic-size:auto calc(${size}*var(--row))}`,
).join('');

const SCREEN = `
:root{--row:2.4rem;color-scheme:light dark;${properties('light')}}
@media screen and (prefers-color-scheme:dark){:root{${properties('dark')}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
bdi,code{font-family:${MONO};font-size:.92em}
a{color:var(--link)}
h1{font-size:1.25rem;line-height:1.35;font-weight:600;margin:.2rem 0 .8rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--line)}
h3{font-size:1rem;line-height:1.3;margin:1.4rem 0 .4rem}
p{margin:.4rem 0}
ul{margin:.4rem 0;padding-left:1.3rem}
li{margin:.15rem 0}
.skip{position:absolute;left:-100vw}
.skip:focus{position:static}
.kind,.when,.event,dt{color:var(--dim)}
.kind{margin:0}
.verdict{list-style:none;padding:0}
.verdict li{padding:.35rem .7rem;margin:.3rem 0;border-left:4px solid var(--line);background:var(--panel)}
.verdict .danger,ul.loss>li{border-color:var(--danger);background:var(--danger-ground)}
.verdict .danger{color:var(--danger);font-weight:600}
.verdict .warn,ul.warning>li{border-color:var(--warn);background:var(--warn-ground)}
.verdict .warn{color:var(--warn)}
ul.loss,ul.warning{list-style:none;padding:0}
ul.loss>li,ul.warning>li{padding:.35rem .7rem;margin:.3rem 0;border-left:4px solid}
nav{margin-top:1rem}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
ul.records{list-style:none;padding:0}
.story,ul.records>li{padding:.5rem .9rem;margin:.6rem 0;border-left:4px solid var(--line);background:var(--panel)}
.story h3{margin:.1rem 0 .3rem}
ul.findings,ul.findings ul{list-style:none;padding-left:0;margin:0}
ul.findings{content-visibility:auto}
${HEIGHTS}
.run>p{margin:.8rem 0 .2rem;color:var(--dim)}
.finding{margin:0;border-top:1px solid var(--rule)}
.finding>details>summary{display:grid;grid-template-columns:5.4rem 1fr;gap:0 .6rem;padding:.28rem .4rem;cursor:pointer}
.finding>details>summary:hover{background:var(--panel)}
.finding>details[open]{background:var(--panel);padding-bottom:.5rem}
.finding dl,.finding .raw,.finding>details>ul{margin:.2rem .4rem .2rem 6.4rem}
.finding dl{font-size:.87em}
.raw>summary{cursor:pointer;color:var(--link);font-size:.87em}
pre{margin:.3rem 0;padding:.6rem;border:1px solid var(--rule);background:var(--ground);white-space:pre-wrap;font:12px/1.45 ${MONO}}
.mark{padding:0 .3em;border-radius:3px;font-weight:600}
.mark.danger{color:var(--danger);background:var(--danger-ground)}
.mark.warn{color:var(--warn);background:var(--warn-ground)}
.severity.high{color:var(--danger);font-weight:600}
.severity.medium{font-weight:600}
dl{margin:.4rem 0}
dl>div{margin:.25rem 0}
dd{margin:0}
table{border-collapse:collapse;margin:.5rem 0}
th,td{padding:.25rem .4rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600;overflow-wrap:normal}
.number{text-align:right;font-variant-numeric:tabular-nums}
.signature dd{height:2.5rem;border-bottom:1px solid var(--ink)}
@media (min-width:40rem){
body{padding:1.5rem 2rem}
h1{font-size:1.6rem}
th,td{padding-right:.9rem}
dl>div{display:grid;grid-template-columns:8rem 1fr;gap:0 1rem}
}
@media (forced-colors:active){.mark{border:1px solid}}
`;

const PRINT = `
@page{size:A4;margin:18mm 15mm;@bottom-left{content:"hunt report";font:9pt sans-serif}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
@media print{
body{max-width:none;padding:0;font-size:9.5pt}
h1{font-size:15pt}h2{font-size:12pt}h3{font-size:10.5pt}
h2,h3,.run{break-after:avoid}
tr,.story,.finding,.records>li{break-inside:avoid}
nav,.skip{display:none}
ul.findings{content-visibility:visible}
details::details-content{content-visibility:visible;display:block}
.raw:not([open]){display:none}
.finding dl{margin:.1rem 0 .3rem 6rem;line-height:1.35}
.finding dl>div,.finding dt,.finding dd{display:inline}
.finding dt::after{content:": "}.finding dl>div:not(:last-child)::after{content:" · "}
.verdict li,.mark,ul.loss>li,ul.warning>li,  .story,ul.records>li{print-color-adjust:exact}
}
`;

export const STYLE = SCREEN + PRINT;
