/** How a page looks on paper: A4, in light colours, with every finding open, and without what only a screen can do. */
export const PRINT = `
@page{size:A4;margin:16mm 14mm;@bottom-left{content:"hunt report";font:9pt sans-serif}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
@media print{
:root{font-size:13px}
body{max-width:none;padding:0;font-size:9pt;line-height:1.4}
h1{font-size:15pt}h2{font-size:12pt}h3{font-size:10pt}
.part{margin-top:1.4rem;padding-top:.5rem}
h2,h3,.run>p,summary{break-after:avoid}
tr,.finding,.records>li,.attention>li,.tile,figure{break-inside:avoid}
nav,.skip,.toolbar,.no-script{display:none}
.filtered{display:block;font-weight:600}
.filtered[hidden]{display:none}
ul.findings{content-visibility:visible}
.finding>details::details-content,.gaps::details-content,.rule::details-content{content-visibility:visible;display:block}
.raw:not([open]){display:none}
.finding .when::before{content:none!important}
.finding>details>summary{padding:.12rem 0;grid-template-columns:5.9rem 1fr}
.finding .brief{margin:0 0 .15rem 6.4rem;font-size:8pt}
.finding dl{margin:0 0 .2rem 6.4rem;font-size:7.5pt;line-height:1.25}
.finding dl>div,.finding dt,.finding dd{display:inline}
.finding dt::after{content:": "}.finding dl>div:not(:last-child)::after{content:" · "}
.finding>details>ul{margin-left:6.4rem}
dl>div{display:grid;grid-template-columns:8rem 1fr}
.rule dl,.rule table{font-size:8pt;line-height:1.3}
.rule dl>div{margin:.05rem 0}.rule th,.rule td{padding-top:.05rem;padding-bottom:.05rem}
.tiles{grid-template-columns:repeat(6,1fr);gap:.3rem}
.tile strong{font-size:13pt}
.tick.wide{display:inline}
.breakdowns{grid-template-columns:1fr 1fr;gap:0 1.5rem}
.breakdown-of.wide{grid-column:1/-1}
.breakdown-of{margin-bottom:.6rem}
.breakdown-of:not(.wide) .times{display:none}
.breakdown th,.breakdown td{padding-top:.1rem;padding-bottom:.1rem;font-size:8pt}
.breakdown .times{font-size:8pt}
pre{max-height:none}
a{color:inherit}
.trust li,.mark,.story,.attention>li,ul.loss>li,ul.warning>li,ul.records>li,.tile,svg,.key::before,.caution{print-color-adjust:exact}
}
`;
