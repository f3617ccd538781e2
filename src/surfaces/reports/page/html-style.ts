// Owns how pages of HTML look: on a light and on a dark ground, on paper, and for eyes that tell few colours apart.

/** The style sheet; it fetches nothing. */
export const htmlStyle = `
:root{color-scheme:light dark;--text:#1b1f24;--soft:#57606a;--ground:#fff;--panel:#f4f6f8;--line:#d0d7de;
--work:#0969da;--people:#8250df;--approval:#bf8700;--waiting:#9aa4af;--paused:#d0d7de;--good:#1a7f37;--bad:#cf222e}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#a8b3bf;--ground:#0d1117;--panel:#161b22;--line:#3d444d;
--work:#4493f8;--people:#ab7df8;--approval:#d29922;--waiting:#656c76;--paused:#30363d;--good:#3fb950;--bad:#f85149}}
*{box-sizing:border-box}
body{font:15px/1.55 system-ui,"DejaVu Sans",sans-serif;margin:0;background:var(--ground);color:var(--text)}
main{max-width:66rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 1.25rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2.25rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:600;white-space:nowrap;overflow-wrap:normal}
tbody th{font-weight:600;white-space:nowrap;overflow-wrap:normal}
.facts{width:auto;min-width:50%}.facts tbody th{color:var(--soft)}
.right{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9em}
code{background:var(--panel);border-radius:4px;padding:.1em .3em}
pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;overflow:auto;max-height:32rem}
pre code{background:none;padding:0;font-size:1em}
details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;padding:0 .9rem}
details[open]{padding-bottom:.6rem}
summary{cursor:pointer;padding:.5rem 0;overflow-wrap:anywhere}
figure{margin:1rem 0}
svg{width:100%;height:auto;font:13px system-ui,"DejaVu Sans",sans-serif}
svg text{fill:var(--text)}svg .scale{fill:var(--soft);font-size:11px}svg .ground{fill:var(--panel)}
figcaption{color:var(--soft)}
figcaption ul{display:inline;list-style:none;padding:0;margin:0}
figcaption li{display:inline-block;margin-left:1rem}
.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.4em}
${['work', 'people', 'approval', 'waiting', 'paused', 'good', 'bad'].map((kind) => `.${kind}{fill:var(--${kind});background:var(--${kind})}`).join('\n')}
.other{fill:var(--waiting);background:var(--waiting)}
@media (max-width:45rem){main{padding:1.25rem .9rem 3rem}.facts td{overflow-wrap:anywhere}.facts tbody th{white-space:normal}
figure .wide svg{min-width:40rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}}
@media print{details{border:0;padding:0}pre{max-height:none;white-space:pre-wrap;overflow-wrap:anywhere}main{max-width:none;padding:0}}
`;
