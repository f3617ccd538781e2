// Owns how the pages of a server look, beside what all pages of the tool have in common.
import { htmlStyle } from '../reports/page/html-style.ts';

/** The style sheet; it fetches nothing. */
export const webStyle = `${htmlStyle}
:root{--wait:#7a5200}
body>header{border-bottom:1px solid var(--line);background:var(--panel)}
body>header nav{max-width:66rem;margin:0 auto;padding:.5rem 1.25rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
nav .who{margin-left:auto;color:var(--soft)}nav form{display:inline}
a{color:var(--work)}nav a[aria-current]{color:var(--text);font-weight:600;text-decoration:none}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.25rem .5rem}
:focus-visible{outline:3px solid var(--work);outline-offset:2px}
form.box,section.box{border:1px solid var(--line);border-left:4px solid var(--approval);border-radius:6px;padding:.25rem 1rem 1rem;margin:1.25rem 0}
.box pre{white-space:pre-wrap;overflow-wrap:anywhere;max-height:none}
label{display:block;margin:.75rem 0 .25rem;font-weight:600}
fieldset{border:1px solid var(--line);border-radius:6px;margin:.75rem 0;padding:.25rem 1rem .75rem}
fieldset label{font-weight:400;margin:.35rem 0}
input[type=text],input[type=password],select,textarea{font:inherit;width:100%;max-width:40rem;padding:.4rem .5rem;color:var(--text);background:var(--ground);border:1px solid var(--soft);border-radius:6px}
button,a.button{font:inherit;padding:.4rem .9rem;margin:.75rem .5rem 0 0;border-radius:6px;border:1px solid var(--soft);background:var(--panel);color:var(--text);cursor:pointer}
button.main,a.main{background:var(--work);border-color:var(--work);color:#fff;font-weight:600}
a.button{display:inline-block;text-decoration:none}
nav button{margin:0;padding:.1rem .5rem}
.hint{color:var(--soft);margin:.15rem 0}
.status{font-weight:600;white-space:nowrap}
.notice{border:1px solid var(--line);border-left:4px solid var(--work);border-radius:6px;padding:.5rem 1rem}
.notice.alert{border-left-color:var(--bad)}
.mark{font-weight:600}.mark.is-good{color:var(--good)}.mark.is-bad{color:var(--bad)}.mark.is-work{color:var(--work)}.mark.is-waiting{color:var(--wait)}
.under{display:block;color:var(--soft);font-size:.9em;overflow-wrap:anywhere}td ul{margin:0;padding-left:1.1rem}td li{overflow-wrap:anywhere}
.words{display:grid;grid-template-columns:max-content 1fr;gap:.4rem .9rem;align-items:baseline;margin:.75rem 0 0}.words button{margin:0;width:100%}
.box h2{margin-top:.75rem}
@media (prefers-color-scheme:dark){:root{--wait:var(--approval)}button.main,a.main{background:#1f6feb;border-color:#1f6feb}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
`;
