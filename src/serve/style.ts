/** The look of the pages: one style sheet and one icon, served from the program itself. A table of rules, no code. */

/** Fonts that have Chinese on macOS, Windows, Android and Linux, in that order; nothing is loaded. */
export const FONTS = 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

export const STYLE = `
:root { --ink: #1b2733; --soft: #51606e; --line: #d5dde4; --paper: #fff; --tint: #f3f6f9; --accent: #0b4f8a; --good: #0f6b4f; --bad: #a3241b; --mark: #fff3c4; }
* { box-sizing: border-box; }
html { font: 16px/1.65 ${FONTS}; color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0; overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999em; top: 0; background: #fff; padding: .6em 1em; z-index: 9; }
.skip:focus { left: 0; }
.top { background: #10324f; color: #fff; }
.top > div, main, .foot > div { max-width: 78rem; margin: 0 auto; padding: 0 1.1rem; }
.top > div { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; align-items: baseline; padding-top: .55rem; padding-bottom: .55rem; }
.top a { color: #fff; text-decoration: none; }
.top .name { font-weight: 700; font-size: 1.15rem; letter-spacing: .02em; }
.top ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0; padding: 0; }
.top li a { padding: .3rem 0; display: inline-block; border-bottom: 3px solid transparent; }
.top li a[aria-current], .top li a:hover { border-bottom-color: #ffc857; }
.top .language { margin-left: auto; border: 1px solid #7f9ab3; border-radius: 4px; padding: .1rem .6rem; }
main { padding-top: 1.2rem; padding-bottom: 3rem; }
h1 { font-size: 1.65rem; line-height: 1.3; margin: .2rem 0 .6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.22rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.04rem; margin: 1.3rem 0 .4rem; }
p { margin: .5rem 0; }
.lead, .quiet { color: var(--soft); }
.quiet { font-size: .9rem; }
.foot { border-top: 1px solid var(--line); background: var(--tint); font-size: .9rem; color: var(--soft); }
.foot > div { padding-top: .9rem; padding-bottom: .9rem; display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; }
.url, code, .digest { overflow-wrap: anywhere; }
code, .digest { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
.wide { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: .92rem; }
caption { text-align: left; font-weight: 600; padding: .9rem 0 .35rem; }
th, td { padding: .3rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--tint); vertical-align: bottom; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th.n { white-space: normal; }
td.when { white-space: nowrap; }
tbody th { font-weight: 500; background: #fafbfc; }
tbody th:not(.n) { min-width: 7.5em; }
tr.group th { background: var(--tint); color: var(--soft); }
.split { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 1rem 2rem; align-items: start; }
.map { width: 100%; height: auto; display: block; }
.map path { stroke: #fff; stroke-width: .7; }
.map a:hover path, .map a:focus-visible path { stroke: #e08a00; stroke-width: 2.2; }
.map a:focus-visible { outline: none; }
.map text { font-size: 11px; text-anchor: middle; pointer-events: none; fill: #14283a; paint-order: stroke; stroke: #ffffffc0; stroke-width: 2.4px; stroke-linejoin: round; }
.map .t4 text, .map .t5 text { fill: #fff; stroke: #14506ac0; }
.none { fill: #e6e9ec; } .s0 { fill: #f6e3d3; } .s1 { fill: #dcecf0; } .s2 { fill: #b2d6dd; } .s3 { fill: #79b6c4; } .s4 { fill: #2f7d97; } .s5 { fill: #0d5570; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem .9rem; list-style: none; padding: 0; margin: .5rem 0; font-size: .88rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend svg { width: 1.1rem; height: 1.1rem; border: 1px solid #8a97a3; }
.swatch { display: inline-flex; width: 1.5rem; height: 1.5rem; align-items: center; justify-content: center; border-radius: 3px; font-size: .8rem; }
.shares { width: 100%; }
.shares td, .shares th { padding: .16rem .5rem; font-size: .88rem; }
.shares meter { width: 6rem; height: .8rem; vertical-align: middle; }
.heat { border-collapse: separate; border-spacing: 2px; }
.heat th, .heat td { border: 0; padding: 0; }
.heat thead th { background: none; font-weight: 500; font-size: .78rem; color: var(--soft); text-align: center; padding: 0 .1rem; }
.heat tbody th { position: sticky; left: 0; background: #fff; font-weight: 400; padding: 0 .7rem 0 0; min-width: 9rem; max-width: 19rem; line-height: 1.35; vertical-align: middle; }
.heat td a { display: flex; width: 2.15rem; height: 1.9rem; align-items: center; justify-content: center; border-radius: 3px; text-decoration: none; font-size: .85rem; }
.heat td a:hover { box-shadow: 0 0 0 2px #e08a00; }
.heat tr.group th { background: none; color: var(--ink); font-weight: 600; padding: .55rem 0 .1rem; position: static; }
.held, .heat a.held { background: #0d5570; color: #fff; } .held-late, .heat a.held-late { background: #2f7d97; color: #fff; } .mirror-only, .heat a.mirror-only { background: #b2d6dd; color: #12303d; }
.removed, .heat a.removed { background: #6b4b8a; color: #fff; } .blocked, .heat a.blocked { background: #a3241b; color: #fff; } .not-found, .heat a.not-found { background: #f3c9a5; color: #4a2606; }
.not-searched, .heat a.not-searched { background: #e6e9ec; color: #3b4650; } .not-due, .heat a.not-due { background: #f7f8f9; color: #5b6670; }
.heat .h0 a { background: #f6e3d3; color: #4a2606; } .heat .h1 a { background: #dcecf0; color: #12303d; } .heat .h2 a { background: #b2d6dd; color: #12303d; }
.heat .h3 a { background: #79b6c4; color: #0a222c; } .heat .h4 a { background: #23708a; color: #fff; } .heat .h5 a { background: #0d5570; color: #fff; } .heat .share a { width: 2.6rem; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1.1rem; margin: .6rem 0; }
@media (min-width: 64rem) { dl.facts { grid-template-columns: max-content minmax(0, 1fr) max-content minmax(0, 1fr); } }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .2rem 0; }
.jumps ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: .55rem .9rem; margin: 1rem 0 0; background: var(--tint); border-radius: 6px; }
.chain { list-style: none; margin: .6rem 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .9rem; counter-reset: step; }
@media (min-width: 64rem) { .chain { grid-template-columns: repeat(6, minmax(0, 1fr)); } }
.chain li { position: relative; border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: 4px; padding: .5rem .7rem; font-size: .88rem; line-height: 1.5; background: #fff; min-width: 0; overflow-wrap: anywhere; }
.chain li:not(:last-child)::after { content: "→"; position: absolute; right: -.85rem; top: .4rem; color: var(--accent); font-weight: 700; }
.chain strong { display: block; font-size: 1rem; }
.chain p { margin: .15rem 0; }
.report { max-width: 52rem; font-size: 1.04rem; line-height: 1.85; }
.report p { text-indent: 2em; margin: .35rem 0; overflow-wrap: anywhere; }
.report h3 { font-size: 1.12rem; margin: 1.6rem 0 .5rem; }
.report td, .report th { line-height: 1.4; }
.toc { columns: 18rem; padding-left: 1.2rem; font-size: .95rem; }
mark { background: var(--mark); color: inherit; padding: .05em .1em; border-bottom: 2px solid #b7791f; }
mark del, .before { color: var(--bad); background: #fdeceb; text-decoration: line-through; margin-right: .2em; }
mark ins, .after { text-decoration: none; color: #084d38; background: #e3f4ec; }
mark sup { font-size: .62em; line-height: 0; }
mark sup a { text-decoration: none; }
.toggle { display: inline-flex; gap: .5rem; align-items: center; }
main:has(#before:not(:checked)) mark del { display: none; }
td.bad { background: #fdeceb; box-shadow: inset 0 0 0 2px var(--bad); }
.warn { color: var(--bad); font-weight: 600; }
.note { border-left: 4px solid #e08a00; background: #fff8e8; padding: .5rem .9rem; margin: .8rem 0; }
.raw { width: 100%; height: 36rem; border: 1px solid var(--line); background: #fff; }
.sides { width: 100%; table-layout: fixed; }
.sides td { overflow-wrap: anywhere; width: 50%; white-space: pre-wrap; }
.sides .gap td { color: var(--soft); background: var(--tint); text-align: center; }
.sides del { background: #fdeceb; color: var(--bad); text-decoration: line-through; } .sides ins { background: #dff3e8; color: #084d38; text-decoration: none; }
form.ask { display: flex; flex-wrap: wrap; gap: .7rem 1rem; align-items: end; background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; margin: .8rem 0 1.2rem; }
form.ask label { display: grid; gap: .15rem; font-size: .9rem; min-width: 0; max-width: 100%; }
form.ask .grow { flex: 1 1 16rem; }
input, select, button { font: inherit; padding: .4rem .6rem; border: 1px solid #6d7d8b; border-radius: 4px; background: #fff; color: inherit; max-width: 100%; min-width: 0; }
input[type=checkbox] { width: 1.15rem; height: 1.15rem; }
form.ask input:not([type=checkbox]), form.ask select { width: 100%; height: 2.5rem; }
button { background: var(--accent); color: #fff; border-color: var(--accent); padding: .4rem 1.2rem; cursor: pointer; }
.hits { list-style: none; padding: 0; } .hits > li { padding: .7rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.hits h3 { margin: 0; } .hits p { margin: .15rem 0; }
.hits mark { border-bottom-width: 1px; }
.chart { width: 100%; height: auto; display: block; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
.actions { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: .6rem 0; }
.sheets { display: flex; gap: 1.2rem; margin: 1rem 0; align-items: baseline; }
@media (max-width: 46rem) {
  html { font-size: 15px; }
  .split { grid-template-columns: minmax(0, 1fr); }
  .heat tbody th { min-width: 7rem; max-width: 9rem; }
  .chain li:not(:last-child)::after { content: "↓"; right: auto; left: .7rem; top: auto; bottom: -1.35rem; }
  .report p { text-indent: 0; }
  dl.facts { grid-template-columns: fit-content(6.5rem) minmax(0, 1fr); }
  .top nav { order: 2; width: 100%; } .top ul { gap: 0 .9rem; }
  .map text { font-size: 14px; }
  .sides, .sides tbody, .sides tr { display: block; } .sides td { display: block; width: 100%; } .sides thead { display: none; }
}
@media print { .top, .foot, form.ask, .sheets, .raw { display: none; } }
`;

export const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#10324f"/><path d="M8 8h16M8 14h16M8 20h10" stroke="#ffc857" stroke-width="3" stroke-linecap="round"/></svg>';
