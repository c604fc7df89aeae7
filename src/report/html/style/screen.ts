/** How a page looks on a screen. Sizes are those of a phone (320 px) first. */
import { properties } from '../colours.js';
import { SIZES } from '../sizes.js';

const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** About how high a list of so many findings is, before a browser has laid it out. */
const HEIGHTS = SIZES.map(
  (size) => `.c${size}{contain-intrinsic-size:auto calc(${size}*var(--row))}`,
).join('\n');

const GROUND = `
:root{--row:2.6rem;color-scheme:light dark;${properties('light')}}
@media screen and (prefers-color-scheme:dark){:root{${properties('dark')}}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
bdi,code{font-family:${MONO};font-size:.9em;white-space:pre-wrap}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
h1{font-size:1.25rem;line-height:1.35;font-weight:650;margin:.2rem 0 .7rem;max-width:66rem}
h1.long{font-size:1.05rem}
h1 bdi,h3 bdi{font-size:.87em}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .8rem}
h3{font-size:1rem;line-height:1.3;margin:1.4rem 0 .4rem}
p{margin:.4rem 0;max-width:62rem}
ul{margin:.4rem 0;padding-left:1.3rem}
li{margin:.15rem 0}
summary{cursor:pointer}
.part{margin-top:2.6rem;padding-top:.9rem;border-top:2px solid var(--ink)}
.skip{position:absolute;left:-100vw}
.skip:focus{position:static}
.kind,.when,dt,small,figcaption,.times,.no-script{color:var(--dim)}
.kind,.no-script,small,figcaption{font-size:.87rem}
.kind{margin:0}
`;

const TOP = `
.trust{list-style:none;padding:0;margin:.5rem 0 1rem;max-width:62rem}
.trust .good{color:var(--good);font-weight:600}
.trust .loss,.trust .void{padding:.4rem .8rem;border-left:4px solid var(--danger);background:var(--danger-ground);color:var(--danger);font-weight:600}
.trust .void{border-color:var(--warn);background:var(--warn-ground);color:var(--warn)}
.trust .caution{color:var(--warn);font-weight:600}
.trust .plain:last-child{color:var(--dim)}
.tiles{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(8.6rem,1fr));gap:.6rem}
.tiles li{margin:0;display:grid}
.tile{display:block;padding:.6rem .8rem;border:1px solid var(--rule);border-radius:5px;background:var(--panel);color:var(--ink);text-decoration:none}
.tile:hover{border-color:var(--link)}
.tile strong{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tile span,.tile small{display:block;line-height:1.35}
.tile.bad{border-color:var(--danger)}
.tile.bad strong{color:var(--danger)}
nav{margin-top:1rem}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
`;

const PARTS = `
.attention,.warning,.loss{list-style:none;padding:0;max-width:66rem}
.attention>li,ul.warning>li,ul.loss>li{padding:.45rem .9rem;margin:.4rem 0;border-left:4px solid var(--danger);background:var(--panel)}
.attention>li.caution,ul.warning>li{border-color:var(--warn)}
.attention>.danger>strong{color:var(--danger)}
.attention>.caution>strong{color:var(--warn)}
.attention ul{margin:.1rem 0 0;padding-left:1.1rem}
ul.loss>li{background:var(--danger-ground)}
.advice{margin-top:.9rem}
.advice>summary,.gaps>summary,.rule>summary,.breakdown-of summary{color:var(--link)}
figure{margin:.4rem 0}
svg{display:block;overflow:hidden}
svg text{font-size:12px;fill:var(--ink)}
svg tspan,.tick text{fill:var(--dim)}
.chart line{stroke:var(--rule)}
rect.bar{fill:var(--bar)}rect.danger{fill:var(--danger)}rect.failed{fill:var(--failed)}rect.silence{fill:var(--quiet)}rect.none{fill:var(--quiet)}rect.dark{fill:var(--warn-ground)}
rect.slot:hover{fill:var(--ink);fill-opacity:.08}
.wide-only,.tick.wide{display:none}
figcaption{margin-top:.5rem}
.key{margin-right:1rem;color:var(--ink);white-space:nowrap}
.key::before{content:"";display:inline-block;width:.8em;height:.8em;margin-right:.35em;background:var(--bar);forced-color-adjust:none}
.key.danger::before{background:var(--danger)}.key.failed::before{background:var(--failed)}.key.silence::before,.key.none::before{background:var(--quiet)}.key.dark::before{background:var(--warn-ground);outline:1px solid var(--warn)}
.strip .ends{display:flex;justify-content:space-between;font-size:.8rem;color:var(--dim);gap:1rem}
.breakdowns{display:grid;gap:0 2.5rem}
.breakdown-of{min-width:0;margin-bottom:1.4rem}
.breakdown-of summary{font-size:.9rem}
.breakdown{width:100%}
.breakdown th{font-size:.85rem}
.breakdown .times{font-size:.85rem}
.share{margin-top:3px}
.story,ul.records>li{padding:.6rem .9rem;margin:.7rem 0;border-left:4px solid var(--bar);background:var(--panel);scroll-margin-top:1rem}
.story h3{margin:0 0 .3rem;overflow-wrap:anywhere}
ul.records{list-style:none;padding:0}
.rule{margin:.5rem 0;padding:.3rem 0;border-top:1px solid var(--rule)}
.mark{padding:0 .35em;border-radius:3px;font-weight:600;font-size:.87em}
.mark.danger{color:var(--danger);background:var(--danger-ground)}
.mark.warn{color:var(--warn);background:var(--warn-ground)}
.mark.settled{color:var(--dim);font-weight:400}
.severity.high{color:var(--danger);font-weight:600}
.severity.medium{font-weight:600}
dl{margin:.4rem 0}
dl>div{margin:.2rem 0}
dd{margin:0;min-width:0}
table{border-collapse:collapse;margin:.5rem 0}
th,td{padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th{font-weight:600;overflow-wrap:normal;color:var(--dim)}
td.danger{color:var(--danger);font-weight:600}
.number{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
.signature dd{height:2.5rem;border-bottom:1px solid var(--ink)}
`;

const FINDINGS = `
ul.findings,ul.findings ul{list-style:none;padding-left:0;margin:0}
ul.findings{content-visibility:auto}
${HEIGHTS}
.day>h3{margin:1.6rem 0 .2rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
.run{margin:0 0 .6rem}
.run>p{margin:.7rem 0 .15rem;color:var(--dim);max-width:none}
.finding{margin:0;border-top:1px solid var(--rule);scroll-margin-top:8rem}
.finding>details>summary{display:grid;grid-template-columns:4.9rem 1fr;gap:0 .5rem;padding:.3rem .3rem;list-style:none}
.finding>details>summary::-webkit-details-marker{display:none}
.finding .when{font-variant-numeric:tabular-nums;font-size:.9em;white-space:nowrap}
.what>[id]{scroll-margin-top:8rem}
.finding .when::before{content:"▸";display:inline-block;width:.9em;color:var(--link)}
.finding>details[open]>summary .when::before{content:"▾"}
.finding>details>summary:hover{background:var(--panel)}
.finding:target>details>summary,.finding:has(.what>:target)>details>summary{background:var(--warn-ground)}
.finding>details[open]{background:var(--panel);padding-bottom:.5rem}
.finding dl,.finding .raw,.finding>details>ul{margin:.2rem .4rem .2rem 1.2rem}
.finding .brief{margin:.1rem .4rem .2rem 1.2rem;max-width:none}
.finding dl,.finding .brief,.finding>details>ul{font-size:.87em}
.raw>summary{color:var(--link);font-size:.87em}
pre{margin:.3rem 0;padding:.6rem;border:1px solid var(--rule);background:var(--ground);white-space:pre-wrap;font:12px/1.45 ${MONO};max-height:32rem;overflow:auto}
p.caution{padding:.35rem .7rem;border-left:4px solid var(--warn);background:var(--warn-ground);color:var(--warn)}
.toolbar{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:end;position:sticky;top:0;z-index:1;padding:.5rem 0;background:var(--ground);border-bottom:1px solid var(--line)}
.toolbar label{display:grid;min-width:0;max-width:100%;font-size:.8rem;color:var(--dim)}
.toolbar p{margin:0;flex-basis:100%;font-weight:600}
input,select,button{font:inherit;font-size:.9rem;min-width:0;max-width:100%;padding:.25rem .45rem;border:1px solid var(--line);border-radius:4px;background:var(--ground);color:var(--ink)}
button{cursor:pointer}
select{max-width:11rem}
th button,td button{padding:0;border:0;background:none;color:inherit;font:inherit;text-align:inherit;cursor:pointer;text-decoration:underline dotted;text-underline-offset:3px}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
.filtered{display:none}
`;

const WIDE = `
@media (min-width:40rem){
body{padding:1.5rem 2rem}
h1{font-size:1.5rem}
h1.long{font-size:1.2rem}
.tick.wide{display:inline}
th,td{padding-right:.9rem}
dl>div{display:grid;grid-template-columns:8rem 1fr;gap:0 1rem}
.finding dl>div{grid-template-columns:5rem 1fr}
.finding>details>summary{grid-template-columns:5.9rem 1fr}
.finding dl,.finding .brief,.finding .raw,.finding>details>ul{margin-left:6.6rem}
}
@media (min-width:62rem){
.breakdowns{grid-template-columns:1fr 1fr}
.breakdown-of.wide{grid-column:1/-1}
}
@media (max-width:24rem){svg text{font-size:10px}}
@media (max-width:39.99rem){.toolbar{position:static}.breakdown .times{display:none}}
@media (forced-colors:active){
.mark,.tile,.trust .loss,.trust .void{border:1px solid}
rect.bar{fill:CanvasText}rect.danger{fill:Highlight}rect.failed,rect.silence,rect.none,rect.dark{fill:GrayText}
}
`;

export const SCREEN = GROUND + TOP + PARTS + FINDINGS + WIDE;
